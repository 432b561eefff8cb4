import { finite } from "../estimate/finite.js";
import { printedInterval } from "../estimate/interval.js";
import type { EstimateRow, Group, IntervalMethod, Status } from "../results/result-set.js";
import type { PublishedRow } from "./load.js";

/** OECD's symbols: does not apply or not collected; too few observations; removed; withdrawn. */
const SYMBOLS: Record<string, Status> = {
	a: "not-administered",
	c: "suppressed",
	m: "no-data",
	w: "no-data",
};

export interface IntervalOptions {
	level: number;
	ci: IntervalMethod;
	df: "design" | number;
}

/** A published figure as an estimate; its intervals are ours, from the published standard error. */
export function estimateOf(
	row: PublishedRow,
	variable: string | null,
	group: Group,
	{ level, ci, df: asked }: IntervalOptions,
): EstimateRow {
	const { topic, item, base, statistic, estimate, se, symbol, flag } = row;
	const df = asked === "design" ? Number.POSITIVE_INFINITY : asked;
	return {
		...{ topic, item, variable, group, base, statistic, estimate, se },
		...printedInterval({ statistic, estimate, se, n: null }, df, level, ci),
		df: finite(df),
		...{ n: null, schools: null, weightedN: null, coverage: null, deff: null },
		...(flag === "" ? {} : { flag }),
		status: symbol === null ? "ok" : (SYMBOLS[symbol] ?? "no-data"),
	};
}
