import { finite } from "../estimate/finite.js";
import { printedInterval } from "../estimate/interval.js";
import type { EstimateRow, Group, IntervalMethod, Status } from "../results/result-set.js";
import type { PublishedRow } from "./load.js";

export interface IntervalOptions {
	level: number;
	ci: IntervalMethod;
	df: "design" | number;
}

/**
 * A published figure as an estimate; its intervals are ours, from the published standard error.
 * @param symbols What the publisher prints where there is no number.
 */
export function estimateOf(
	row: PublishedRow,
	variable: string | null,
	group: Group,
	{ level, ci, df: asked }: IntervalOptions,
	symbols: Readonly<Record<string, Status>>,
): EstimateRow {
	const { topic, item, base, statistic, estimate, se, symbol, flag } = row;
	const df = asked === "design" ? Number.POSITIVE_INFINITY : asked;
	return {
		...{ topic, item, variable, group, base, statistic, estimate, se },
		...printedInterval({ statistic, estimate, se, n: null }, df, level, ci),
		df: finite(df),
		...{ n: null, schools: null, weightedN: null, coverage: null, deff: null },
		...(flag === "" ? {} : { flag }),
		status: symbol === null ? "ok" : (symbols[symbol] ?? "no-data"),
	};
}
