// The linear system of what is told of one item: unknown are, of every cell of all breakdowns crossed, how many there are and
// how many of them say yes. What is told is sums of those.
import loadHighs from "highs";

const highs = await loadHighs();

/** Those without a value of a breakdown. */
export const NONE = "";
export const TOTAL = "total";

/** What cannot be more cells than these. */
const MOST_ATOMS = 3000;

/** All cells of breakdowns crossed, those without a value among them. @param excludes Whether two values cannot go together. */
export function atomsOf(groups, excludes) {
	const values = new Map();
	for (const group of groups) {
		for (const [id, value] of Object.entries(group))
			values.set(id, (values.get(id) ?? new Set([NONE])).add(value));
	}
	let atoms = [{}];
	for (const [id, own] of values) {
		// Of a value that all have, there are no others.
		const isCommon =
			own.size === 2 && groups.every((group) => Object.hasOwn(group, id) && group[id] !== TOTAL);
		const all = [...own].filter((value) => value !== TOTAL && !(isCommon && value === NONE));
		atoms = atoms.flatMap((atom) =>
			all
				.filter((value) => !Object.entries(atom).some((other) => excludes(other, [id, value])))
				.map((value) => ({ ...atom, [id]: value })),
		);
		if (atoms.length > MOST_ATOMS) throw new Error("more breakdowns than this script can cross");
	}
	return atoms;
}

/** Places of the atoms of a group; a total is of those with a value. */
export function within(atoms, group) {
	const own = Object.entries(group);
	return atoms.flatMap((atom, place) =>
		own.every(([id, value]) => (value === TOTAL ? atom[id] !== NONE : atom[id] === value)) ? [place] : [],
	);
}

/** Whether a sum of atoms follows from other sums by adding and subtracting: whether it adds nothing to their rank. */
export function follows(sums, target, atoms) {
	const vector = (places) => {
		const row = new Float64Array(atoms);
		for (const place of places) row[place] = 1;
		return row;
	};
	const rows = sums.map(vector);
	return rank(rows) === rank([...rows, vector(target)]);
}

function rank(rows) {
	const left = rows.map((row) => Float64Array.from(row));
	let found = 0;
	for (let column = 0; column < (left[0]?.length ?? 0) && found < left.length; column++) {
		let best = found;
		for (let row = found + 1; row < left.length; row++) {
			if (Math.abs(left[row][column]) > Math.abs(left[best][column])) best = row;
		}
		if (Math.abs(left[best][column]) < 1e-9) continue;
		[left[found], left[best]] = [left[best], left[found]];
		const pivot = left[found];
		for (let row = found + 1; row < left.length; row++) {
			const times = left[row][column] / pivot[column];
			if (times === 0) continue;
			for (let place = column; place < pivot.length; place++) left[row][place] -= times * pivot[place];
		}
		found++;
	}
	return found;
}

/**
 * Least and largest of Σ numerator / Σ denominator over all non-negative values that keep the constraints, which may be
 * scaled at will (Charnes and Cooper); null where nothing keeps them.
 * @param constraints Each `{ terms: [[variable, factor]…], low, high }`; bounds other than 0 and ∞ are times the scale.
 */
export function ratioBounds(constraints, numerator, denominator) {
	const SCALE = "z";
	const text = (terms) =>
		terms.map(([name, factor]) => `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} ${name}`).join(" ");
	const rows = constraints.flatMap(({ terms, low, high }) => [
		...(low > Number.NEGATIVE_INFINITY ? [`${text([...terms, [SCALE, -low]])} >= 0`] : []),
		...(high < Number.POSITIVE_INFINITY ? [`${text([...terms, [SCALE, -high]])} <= 0`] : []),
	]);
	rows.push(`${text(denominator)} = 1`);
	const solve = (direction) => {
		const problem = `${direction}\n obj: ${text(numerator)}\nSubject To\n${rows.map((row, place) => ` c${place}: ${row}`).join("\n")}\nEnd\n`;
		const { Status, ObjectiveValue } = highs.solve(problem);
		if (Status === "Infeasible") return null;
		if (Status === "Optimal") return ObjectiveValue;
		return direction === "Minimize" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	};
	const low = solve("Minimize");
	const high = solve("Maximize");
	return low === null || high === null ? null : [low, high];
}
