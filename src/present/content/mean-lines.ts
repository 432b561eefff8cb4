import type { Estimate, Statistic } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { numberText } from "../../wording/numbers.js";
import type { Cell } from "./cells.js";
import { figureParts, hiddenText } from "./figure.js";
import { figureCells } from "./figure-cells.js";

const EMPTY: Cell = { text: "" };

/** One variable in one group. */
export interface Measured {
	label: string;
	group: string;
	/** By statistic. */
	figures: ReadonlyMap<Statistic, Estimate>;
}

/** What lines are made of. */
export interface Making {
	rows: readonly Estimate[];
	measured: readonly Measured[];
	statistics: readonly Statistic[];
	locale: Locale;
}

/** The lines of one variable, each with its cells. */
export type LineMaker = (making: Making) => (measured: Measured) => Cell[][];

/** The error beside each figure. */
export function besideLines({ rows, statistics, locale }: Making) {
	const cellOf = new Map(
		statistics.map((statistic) => [
			statistic,
			figureCells(
				rows.filter((row) => row.statistic === statistic),
				locale,
			),
		]),
	);
	return (one: Measured): Cell[][] => {
		const cells = statistics.map((statistic) => cellOf.get(statistic)?.(one.figures.get(statistic)) ?? EMPTY);
		return [[...(hiddenCells(one, statistics, locale) ?? cells), sizeCell(one, locale)]];
	};
}

/** The error below each figure, its last digit under the figure's. */
export function stackedLines({ statistics, locale }: Making) {
	return (one: Measured): Cell[][] => {
		const hidden = hiddenCells(one, statistics, locale);
		if (hidden !== undefined) return [[...hidden, sizeCell(one, locale)]];
		const parts = statistics.map((statistic) => {
			const row = one.figures.get(statistic);
			return row && figureParts(row, locale);
		});
		return [
			[
				...parts.map((part) => ({
					text: part === undefined ? "" : `${part.number}${part.mark.trim() || " "}`,
				})),
				sizeCell(one, locale),
			],
			parts.map((part) => ({ text: part?.error ?? "", hidden: true })),
		];
	};
}

/** One status in the place of all figures; undefined where there are some. */
function hiddenCells(
	{ figures }: Measured,
	statistics: readonly Statistic[],
	locale: Locale,
): Cell[] | undefined {
	const rows = [...figures.values()];
	if (rows.some(({ estimate }) => estimate !== null)) return undefined;
	const { status } = rows[0] as Estimate;
	return [{ text: hiddenText(status, locale), hidden: true, span: statistics.length }];
}

function sizeCell({ figures }: Measured, locale: Locale): Cell {
	return { text: numberText([...figures.values()][0]?.n ?? null, 0, locale) };
}
