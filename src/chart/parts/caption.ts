import { cautionNotes } from "../../results/caution-marks.js";
import type { ResultSet } from "../../results/result-set.js";
import { combinedMethods, intervalName, methodText } from "../../wording/design-line.js";
import type { Locale } from "../../wording/locale.js";
import { levelText } from "../../wording/numbers.js";

/** Code of the note that says that not all rows are shown. */
export const TOP_NOTE = "rows-top";

/** Notes on what a figure is that it may not be taken for. */
const WARNINGS = ["countries-alike", "countries-pooled", "populations-pooled", "cycle-forced"];

/**
 * Paragraphs of the caption: where the numbers come from and how their intervals were made.
 * @param intervals False where the chart draws no intervals of estimates.
 */
export function caption(results: ResultSet, locale: Locale, intervals = true): string[] {
	const files = [...new Set(results.source.map(({ file }) => file))].join(", ");
	const { name, version } = results.tool;
	const methods = [
		intervals ? intervalText(results, locale) : null,
		intervals ? combinedText(results, locale) : null,
		methodText(results.design, locale),
		isUnweighted(results) ? locale.text("chart.unweighted") : null,
		`${name} ${version}`,
	];
	return [
		...(isWithoutMarked(results) ? [] : cautionNotes(results)),
		...warnings(results),
		...(files === "" ? [] : [locale.text("chart.source", { files })]),
		...publishedSource(results, locale),
		methods.filter((part) => part !== null && part !== "").join("; "),
	];
}

/** Whether so few rows are left that none bears a caution mark. */
function isWithoutMarked({ notes, estimates, comparisons, models = [] }: ResultSet): boolean {
	const compared = comparisons.flatMap(({ a, b }) => [a, b]);
	const isMarked = [...estimates, ...compared, ...models].some(({ flag }) => flag !== undefined);
	return !isMarked && notes.some(({ code }) => code === TOP_NOTE);
}

/** The countries or levels that a figure combines; cycles that differ in meaning; and how many rows are shown. */
function warnings({ notes }: ResultSet): string[] {
	const texts = notes
		.filter(({ code }) => WARNINGS.includes(code) || code === TOP_NOTE)
		.map(({ text }) => text);
	return [...new Set(texts)];
}

/** The publisher of figures shown beside the data's own, in the words of their note. */
function publishedSource({ estimates, notes }: ResultSet, locale: Locale): string[] {
	const shown = estimates.some(({ group }) => group.country?.includes("@"));
	const note = notes.find(({ code }) => code === "benchmark-source");
	if (!shown || note === undefined) return [];
	const [before = "", after = ""] = locale.text("note.benchmark-source", { source: "\n" }).split("\n");
	const isSpoken = note.text.startsWith(before) && note.text.endsWith(after);
	const source = note.text.slice(before.length, note.text.length - after.length);
	return [isSpoken ? locale.text("chart.published-source", { source }) : note.text];
}

/** A warning that must not be overlooked; null for real data. */
export function syntheticLine(results: ResultSet, locale: Locale): string | null {
	return results.source.some(({ synthetic }) => synthetic) ? locale.text("chart.synthetic") : null;
}

/** Whether every teacher has weight 1 because the codebook declares that there are no weights. */
function isUnweighted({ design: { weight, method } }: ResultSet): boolean {
	return weight === null && method === "taylor";
}

/** The intervals of averages and published figures, where they are made in another way. */
function combinedText(results: ResultSet, locale: Locale): string | null {
	const methods = intervalLevel(results, locale) === "" ? [] : combinedMethods(results.estimates, locale);
	return methods.length === 0 ? null : locale.text("table.interval-combined", { ci: methods.join(", ") });
}

function intervalText(results: ResultSet, locale: Locale): string | null {
	const level = intervalLevel(results, locale);
	if (level === "") return null;
	const used = new Set(results.estimates.flatMap(({ ciMethod }) => ciMethod ?? []));
	const asked = String(results.settings.ci ?? "");
	const [only] = used;
	// Published figures and averages have no replicates to make the asked interval from.
	const ci = used.size === 1 && only !== undefined ? only : asked;
	const methods = [...new Set([...methodsOfMeans(results), ci])];
	const method = methods.map((one) => intervalName(one, locale)).join(", ");
	return locale.text("chart.interval", { level, method });
}

/** Means stand above the percentages of their distribution, and have intervals of another kind. */
function methodsOfMeans({ estimates }: ResultSet): string[] {
	return estimates.flatMap(({ statistic, ciMethod }) => (statistic === "mean" ? (ciMethod ?? []) : []));
}

/** Level of the intervals of percentages; empty where none is drawn or it is not known. */
export function intervalLevel({ settings, estimates }: ResultSet, locale: Locale): string {
	const drawn = estimates.some(({ statistic, ciLow }) => statistic === "percent" && ciLow !== null);
	return drawn ? levelText(settings, locale) : "";
}
