const ZERO = 1e-9;

/**
 * Unknowns that follow from equations between unknowns and known numbers, whatever the known numbers are: those whose unit
 * vector lies in the row space of the matrix (reduced row echelon form).
 * @param equations Factors of unknowns, by their place.
 */
export function determined(equations: readonly ReadonlyMap<number, number>[]): Set<number> {
	const rows = equations.map((equation) => new Map(equation)).filter(({ size }) => size > 0);
	const reduced: { pivot: number; row: Map<number, number> }[] = [];
	for (const row of rows) {
		for (const { pivot, row: other } of reduced) subtract(row, other, row.get(pivot) ?? 0);
		const [first] = row;
		if (first === undefined) continue;
		const [pivot, factor] = first;
		for (const [place, value] of row) row.set(place, value / factor);
		for (const { row: other } of reduced) subtract(other, row, other.get(pivot) ?? 0);
		reduced.push({ pivot, row });
	}
	return new Set(reduced.flatMap(({ pivot, row }) => (row.size === 1 ? [pivot] : [])));
}

function subtract(row: Map<number, number>, other: ReadonlyMap<number, number>, times: number): void {
	if (times === 0) return;
	for (const [place, value] of other) {
		const left = (row.get(place) ?? 0) - times * value;
		if (Math.abs(left) < ZERO) row.delete(place);
		else row.set(place, left);
	}
}
