import type { Comparison } from "../../results/result-set.js";
import { type Bounds, figureBounds } from "../bounds.js";
import { conditionsOf, type Published } from "../figures.js";
import { sidesOf } from "../hidden.js";
import { throughAverages } from "./averages.js";
import { cellKey, cellsOf, disclosing, type PublishedCells, surveyOf, type Told } from "./cells.js";
import { throughDefinitions } from "./definitions.js";
import { throughModel } from "./models.js";
import { throughSums } from "./sums.js";

export { asDisclosure, type Teller } from "./cells.js";

/**
 * Hidden figures that follow from figures of another kind: an average over systems from the other systems, a mean
 * number of kinds from the other items, an answer from the others, the parts of a definition from the definition, a
 * difference from its other side, and a group of a model from its coefficients.
 */
export function throughOthers(published: readonly Published[]): Told[] {
	const cells = cellsOf(published);
	const told = [
		...throughAverages(published, cells),
		...throughSums(cells),
		...throughDefinitions(published, cells),
		...published.flatMap((one) =>
			one.results.comparisons.flatMap((row) => throughDifference(row, one, cells)),
		),
		...published.flatMap((one) =>
			(one.results.models ?? []).flatMap((model) => throughModel(model, one, cells)),
		),
	];
	return disclosing(told, cells);
}

/** A hidden side of a published difference whose other side is published. */
function throughDifference(row: Comparison, from: Published, cells: PublishedCells): Told[] {
	const { between, statistic, difference } = row;
	if (difference === null || (statistic !== "percent" && statistic !== "mean")) return [];
	const survey = surveyOf(from);
	const conditions = conditionsOf(from.results);
	const bounds = (value: number | null) =>
		value === null ? null : figureBounds(value, statistic, from.decimals);
	const apart = bounds(difference) as Bounds;
	const cellOf = (side: string) =>
		sidesOf(row, between.variable, side).flatMap(
			([subject, own]) => cells.get(cellKey(survey, subject, { ...conditions, ...own })) ?? [],
		)[0];
	const [a, b] = [cellOf(between.a), cellOf(between.b)];
	const [valueA, valueB] = [bounds(row.a.estimate) ?? a?.value, bounds(row.b.estimate) ?? b?.value];
	const by = [row];
	return [
		...(a?.value === null && valueB != null
			? [{ cell: a, between: [valueB[0] + apart[0], valueB[1] + apart[1]] as const, by }]
			: []),
		...(b?.value === null && valueA != null
			? [{ cell: b, between: [valueA[0] - apart[1], valueA[1] - apart[0]] as const, by }]
			: []),
	];
}
