import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import type { Products } from "./cross-products.js";
import { type DesignColumn, type DesignColumns, NUMBER } from "./design-columns.js";
import type { Fit } from "./linear.js";
import { smooth } from "./smooth.js";

/**
 * Mean prediction of a linear model over its rows, with some variables set to one value for all, under every weight.
 * @param products As the model was fitted to.
 * @param at Levels or numbers by variable.
 * @returns In the outcome's unit; null where an interaction stands without a column that is part of it.
 */
export function linearMargin(
	products: Products,
	{ columns, coefficients }: Fit,
	design: DesignColumns,
	at: ReadonlyMap<number, number>,
	estimator: Estimator,
): Theta | null {
	const totals = (column: number) =>
		Float64Array.from({ length: 1 + products.terms }, (_, term) => products.at(0, column, term));
	const all = totals(0);
	const parts = columns.map((column) => partOf(design.columns[column] as DesignColumn, at));
	const places = parts.map(({ rest }) => design.find(rest.term, rest.levels));
	if (parts.some(({ factor }, i) => factor !== 0 && places[i] === undefined)) return null;
	const means = places.map((place) => estimator.ratio(totals(place ?? 0), all));
	const count = columns.length;
	return smooth(
		estimator,
		[...coefficients, ...means],
		(values) =>
			parts.reduce((sum, { factor }, i) => sum + factor * valueAt(values, i) * valueAt(values, count + i), 0),
		(values) => [
			...parts.map(({ factor }, i) => factor * valueAt(values, count + i)),
			...parts.map(({ factor }, i) => factor * valueAt(values, i)),
		],
	);
}

function valueAt(values: readonly number[], place: number): number {
	return values[place] as number;
}

/** The rest of a column once some variables are fixed, and its multiplier. */
function partOf({ term, levels }: DesignColumn, at: ReadonlyMap<number, number>) {
	let factor = 1;
	const rest = { term: [] as number[], levels: [] as number[] };
	for (const [i, variable] of term.entries()) {
		const level = levels[i] as number;
		const given = at.get(variable);
		if (given === undefined) {
			rest.term.push(variable);
			rest.levels.push(level);
		} else factor *= level === NUMBER ? given : Number(level === given);
	}
	return { factor, rest };
}
