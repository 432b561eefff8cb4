import { printedInterval } from "../estimate/interval.js";
import type { Estimate, IntervalMethod, ResultSet } from "../results/result-set.js";

/**
 * Recomputes what follows from a figure's estimate, standard error, degrees of freedom and n: interval, design effect
 * and effective sample size. Rows without an error, 0 and 100 %, counts and quantiles are not checked.
 */
export function followingFrom(row: Estimate, { settings, source, kind }: ResultSet): Partial<Estimate> {
	// Rows compared from saved results keep the level and rounding of their source.
	if ("cycles" in settings || settings.protection !== undefined) return {};
	return { ...intervalOf(row, settings.level), ...effectOf(row), ...sizeOf(row, kind, source) };
}

function intervalOf(row: Estimate, level: number | undefined): Partial<Estimate> {
	const { statistic, estimate, se, ciLow, ciHigh, ciMethod } = row;
	if (level === undefined || estimate === null || se === null || ciLow === null || ciHigh === null) return {};
	if (statistic === "count" || statistic.startsWith("q")) return {};
	if (statistic === "percent" && (!isInner(estimate) || ciMethod === null || !OF_SHARES.includes(ciMethod)))
		return {};
	if (statistic !== "percent" && ciMethod !== "wald") return {};
	if (ciMethod === "logit") return aroundLogit(estimate, ciLow, ciHigh);
	const df = row.df ?? Number.POSITIVE_INFINITY;
	const { ciLow: low, ciHigh: high } = printedInterval(row, df, level, ciMethod as IntervalMethod);
	return { ciLow: low, ciHigh: high };
}

const OF_SHARES: readonly string[] = ["logit", "wald", "xlogit", "beta", "wilson"];

/** Closer to 0 or 100 % a double has too few digits left to check. */
function isInner(percent: number): boolean {
	return percent > 1e-3 && percent < 100 - 1e-3;
}

/**
 * The width of a logit interval comes from the replicates, which are not saved. Only its symmetry about the logit of
 * the estimate can be checked.
 */
function aroundLogit(estimate: number, low: number, high: number): Partial<Estimate> {
	if (!isInner(low) || !isInner(high)) return {};
	const half = (logit(high) - logit(low)) / 2;
	const back = (x: number) => 100 / (1 + Math.exp(-x));
	return { ciLow: back(logit(estimate) - half), ciHigh: back(logit(estimate) + half) };
}

function logit(percent: number): number {
	return Math.log(percent / (100 - percent));
}

/** Design effect of percentages, se² / (p(1−p)/(n−1)), and n divided by it. */
function effectOf({ statistic, estimate, se, n, deff, nEff }: Estimate): Partial<Estimate> {
	if (deff === null || deff === 0 || n === null) return {};
	const size = typeof nEff === "number" ? { nEff: n / deff } : {};
	if (statistic !== "percent" || estimate === null || se === null || !isInner(estimate) || n < 2) return size;
	return { deff: ((se / 100) ** 2 * (n - 1)) / ((estimate / 100) * (1 - estimate / 100)), ...size };
}

/** n must not exceed the rows of the file. With several files, the file of a row is unknown. */
function sizeOf({ n }: Estimate, kind: ResultSet["kind"], source: ResultSet["source"]): Partial<Estimate> {
	const files = source.filter(({ role }) => role !== "schools");
	const rows = files.length === 1 ? files[0]?.rows : undefined;
	if (n === null || rows === undefined || n <= rows || kind === "reach") return {};
	return { n: rows };
}
