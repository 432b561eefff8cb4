// The solutions of linear programs for other cells already show that most cells are open.

/** A margin in points, because programs are solved to a limited number of digits. */
const MARGIN = 0.1;

/** A cell with a smaller share of the weights in a solution is determined too roughly by it. */
const LEAST_TOTAL = 1e-3;

/**
 * Shares that solutions have shown to be possible for each cell. They stay possible when more is hidden. Up to a
 * factor, each solution of a program holds for all cells, whichever cell it was solved for (Charnes and Cooper).
 */
export class Attained {
	private readonly shares = new Map<number, [least: number, most: number]>();

	/**
	 * Notes a solution.
	 * @param cells Columns of the cells' values; the weights are each in the next one.
	 * @param value Of a column.
	 */
	note(cells: Iterable<number>, value: (column: number) => number): void {
		for (const y of cells) {
			const total = value(y + 1);
			if (total < LEAST_TOTAL) continue;
			const share = value(y) / total;
			const met = this.shares.get(y);
			if (met === undefined) this.shares.set(y, [share, share]);
			else {
				met[0] = Math.min(met[0], share);
				met[1] = Math.max(met[1], share);
			}
		}
	}

	/** Whether a cell's share is known to be open by at least this many percentage points. */
	isOpen(y: number, points: number): boolean {
		const met = this.shares.get(y);
		return met !== undefined && 100 * (met[1] - met[0]) >= points + MARGIN;
	}
}
