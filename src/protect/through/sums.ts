import { groupBy } from "../../base/group-by.js";
import {
	cellKey,
	type PublishedCell,
	type PublishedCells,
	SHARES,
	scaled,
	sumOfBounds,
	type Told,
} from "./cells.js";

/** How far the sum of items and the mean number of kinds may differ, because not everybody answers every question. */
const NONRESPONSE = 1;

/** Hidden items beside the mean number of them, and hidden answers of an item, which come to 100 together. */
export function throughSums(cells: PublishedCells): Told[] {
	const topics = groupBy([...cells.values()], ({ survey, row, group, average }) =>
		cellKey(survey, { ...row, item: "" }, group, average ?? undefined),
	);
	return [...topics.values()].flatMap((own) => {
		const shares = own.filter(({ row, statistic }) => statistic === "percent" && row.variable !== null);
		const items = shares.filter(({ row }) => !isAnswer(row));
		const answers = groupBy(
			shares.filter(({ row }) => isAnswer(row)),
			({ row }) => itemOf(row),
		);
		const kinds = own.find(({ row, statistic }) => statistic === "mean" && row.item === "types");
		const sums =
			kinds?.value == null
				? []
				: partsOf(items, scaled(kinds.value, 100), NONRESPONSE).map((one) => ({ ...one, by: kinds.rows }));
		return [
			...sums,
			...[...answers.values()].flatMap((parts) =>
				partsOf(parts, [100, 100], 0).map((one) => ({
					...one,
					by: parts.filter(({ value }) => value !== null).flatMap(({ rows }) => rows),
				})),
			),
		];
	});
}

/** A row of `--answers` is KEY=CODE. */
const isAnswer = ({ item }: PublishedCell["row"]) => item.includes("=");
const itemOf = ({ item }: PublishedCell["row"]) => item.slice(0, item.lastIndexOf("="));

/** The bounds of hidden parts of a sum of percentages. */
function partsOf(parts: readonly PublishedCell[], whole: readonly [number, number], off: number) {
	const hidden = parts.filter(({ value }) => value === null);
	if (parts.length < 2 || hidden.length === 0) return [];
	const shown = sumOfBounds(parts.flatMap(({ value }) => (value === null ? [] : [value])));
	const others = scaled(SHARES, hidden.length - 1);
	const low = Math.max(0, whole[0] - shown[1] - others[1] - off);
	const high = whole[1] - shown[0] - others[0] + off;
	return hidden.map((cell) => ({ cell, between: [low, high] as const }));
}
