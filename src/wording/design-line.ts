import { tablesOf } from "../results/kinds.js";
import { AVERAGE, type DesignSummary, type Estimate, type ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";
import { levelText } from "./numbers.js";

const NAMES: Record<string, string> = {
	"fay-brr": "Fay-BRR",
	brr: "BRR",
	jk1: "JK1",
	jk2: "JK2",
	jkn: "JKn",
	sdr: "SDR",
};

/** Methods with words of their own. */
const WORDED = ["bootstrap", "simple", "taylor", "weights-only", "published", "counts"];

/**
 * How errors and intervals were made, in a line.
 * @param intervals Whether intervals of estimates are shown.
 */
export function designLine(results: ResultSet, locale: Locale, intervals = true): string {
	const parts = [methodText(results.design, locale), ...intervalTexts(results, locale, intervals)];
	return parts.filter((part) => part !== "").join("; ");
}

/** How variances are estimated, and from how many replicates; empty where results that were read back do not say. */
export function methodText({ method, replicates, strata, psu }: DesignSummary, locale: Locale): string {
	if (method === "unknown") return "";
	if (method === "taylor" && strata !== undefined && psu === undefined) {
		return locale.text("table.method.taylor-strata");
	}
	const name = WORDED.includes(method) ? locale.text(`table.method.${method}`) : (NAMES[method] ?? method);
	return replicates > 0 ? locale.text("table.replicates", { method: name, replicates }) : name;
}

/** Intervals of estimates and of differences are made in different ways; each is said where it is shown. */
function intervalTexts(results: ResultSet, locale: Locale, intervals: boolean): string[] {
	const { settings, estimates, comparisons } = results;
	const level = levelText(settings, locale);
	if (level === "") return [];
	const [first] = tablesOf(results);
	const own = first === "comparisons" || !intervals ? "" : intervalMethod(settings.ci, estimates, locale);
	return [
		...(own === "" ? [] : [locale.text("table.intervals", { level, ci: own })]),
		...(intervals ? edgeTexts(estimates, locale) : []),
		...(comparisons.length > 0 ? [locale.text("compare.intervals", { level })] : []),
	];
}

/** Rows whose interval could not be made as asked, as the percentage or a replicate is 0 or 100. */
function edgeTexts(estimates: readonly Estimate[], locale: Locale): string[] {
	const used = new Set(estimates.filter((row) => !isCombined(row)).map(({ ciMethod }) => ciMethod));
	const others = combinedMethods(estimates, locale);
	return [
		...(used.has("logit") && used.has("xlogit") ? [locale.text("table.interval-xlogit")] : []),
		...(used.has("exact") ? [locale.text("table.interval-exact")] : []),
		...(others.length === 0 ? [] : [locale.text("table.interval-combined", { ci: others.join(", ") })]),
	];
}

/** Whether a row combines other figures or is published: it has no replicates to make an interval from. */
function isCombined({ group }: Pick<Estimate, "group">): boolean {
	return Object.values(group).some((value) => value.startsWith(AVERAGE) || value.includes("@"));
}

/** How the intervals of averages and published figures were made, where that is not how the others were. */
export function combinedMethods(estimates: readonly Estimate[], locale: Locale): string[] {
	const methods = (rows: readonly Estimate[]) => new Set(rows.flatMap(({ ciMethod }) => ciMethod ?? []));
	const own = methods(estimates.filter((row) => !isCombined(row)));
	const others = [...methods(estimates.filter(isCombined))].filter((method) => !own.has(method));
	return own.size === 0 ? [] : others.map((method) => intervalName(method, locale));
}

/** The method asked for where a row was made by it: means have another than percentages. */
function intervalMethod(asked: unknown, estimates: readonly Estimate[], locale: Locale): string {
	const used = [...new Set(estimates.flatMap(({ ciMethod }) => ciMethod ?? []))];
	const shown = used.filter((method) => method === asked);
	return (shown.length > 0 ? shown : used).map((method) => intervalName(method, locale)).join(", ");
}

/** How an interval was made, in the words of the field; saved results may name a method that is not one of ours. */
export function intervalName(method: string, locale: Locale): string {
	const key = `interval.${method}`;
	return locale.knows(key) ? locale.text(key) : method;
}
