import { plain } from "../base/escape.js";
import { groupKey } from "../results/group-key.js";
import { topicLabel } from "../results/labels.js";
import type { Comparison, ResultSet } from "../results/result-set.js";
import { isAdjusted, isSignificant } from "../results/significance.js";
import { isShown, withoutDifference } from "./difference-text.js";
import { groupName, sideNames } from "./group-names.js";
import type { Locale } from "./locale.js";
import { digitsOf, levelText, numberText } from "./numbers.js";

const MOST_DIGITS = 6;

/** A comparison in a sentence: "Coaching: female 7.7 points lower than male, 95% CI …, not significant". */
export function readingOf(comparison: Comparison, results: ResultSet, locale: Locale): string {
	const sides = sentenceSides(comparison, results, locale);
	const subject = subjectOf(comparison, results);
	const parts = isShown(comparison)
		? [
				differenceText(comparison, sides, locale),
				...intervalText(comparison, results, locale),
				verdict(comparison, results, locale),
			]
		: [locale.text("compare.reading.none", { ...sides, status: withoutDifference(comparison, locale) })];
	return plain(`${subject === "" ? "" : `${subject}: `}${parts.join(", ")}`);
}

/** What is compared; topics and groups only where the results have several. */
function subjectOf({ topic, item, group, label, between }: Comparison, results: ResultSet): string {
	const { comparisons } = results;
	const several = {
		topics: comparisons.some((other) => other.topic !== topic),
		groups: comparisons.some((other) => groupKey(other.group) !== groupKey(group)),
	};
	return [
		several.topics ? topicLabel(topic, results) : "",
		several.groups ? groupName(group, results) : "",
		between.variable === "item" ? "" : label || item,
	]
		.filter((part) => part !== "")
		.join(" · ");
}

/**
 * An English word that is a name only by standing alone, such as Female, is not a name in a sentence; items stay
 * names.
 */
function sentenceSides(comparison: Comparison, results: ResultSet, { language }: Locale) {
	const { a, b } = sideNames(comparison, results);
	const { between } = comparison;
	const spoken = (name: string, id: string) =>
		language === "en" &&
		between.variable !== "item" &&
		name.toLowerCase() === id &&
		/^[A-Z][a-z]+$/.test(name)
			? id
			: name;
	return { a: spoken(a, between.a), b: spoken(b, between.b) };
}

/** Higher and lower go by the sign of the full number, however small it is. */
function differenceText(
	{ difference, statistic, between }: Comparison,
	sides: { a: string; b: string },
	locale: Locale,
): string {
	if (difference === null || difference === 0) return locale.text("compare.reading.equal", sides);
	const amount = amountText(Math.abs(difference), digitsOf(statistic), locale);
	const direction = difference > 0 ? "higher" : "lower";
	return locale.text(`compare.reading.${direction}${formOf(between.variable, sides.a)}`, {
		...sides,
		amount: statistic === "percent" ? locale.text("compare.points", { number: amount }) : amount,
	});
}

/** English has other words for years, and keeps a name that ends in a number apart from the difference. */
function formOf(variable: string, a: string): "-cycle" | "-for" | "" {
	if (variable === "cycle") return "-cycle";
	return /\d$/.test(a) ? "-for" : "";
}

/** More decimals where the usual ones would show nothing but zeros. */
function amountText(amount: number, digits: number, locale: Locale): string {
	const vanishes = amount < 0.5 * 10 ** -digits;
	const enough = vanishes ? Math.min(MOST_DIGITS, Math.ceil(-Math.log10(amount))) : digits;
	return numberText(amount, enough, locale);
}

function intervalText({ ciLow, ciHigh, statistic }: Comparison, { settings }: ResultSet, locale: Locale) {
	if (ciLow === null || ciHigh === null) return [];
	const number = (value: number) => numberText(value, digitsOf(statistic), locale);
	const level = levelText(settings, locale);
	return [
		locale.text("compare.reading.interval", { level, low: number(ciLow), high: number(ciHigh) }).trim(),
	];
}

function verdict(comparison: Comparison, { settings }: ResultSet, locale: Locale): string {
	const significant = isSignificant(comparison, settings);
	if (significant === null) return locale.text("compare.reading.untested");
	if (significant) return locale.text("compare.reading.significant");
	// Beside an interval that excludes 0 "not significant" alone would look like a mistake.
	const isAfter = excludesZero(comparison) && isAdjusted(settings);
	return locale.text(`compare.reading.not-significant${isAfter ? "-adjusted" : ""}`);
}

function excludesZero({ ciLow, ciHigh }: Comparison): boolean {
	return ciLow !== null && ciHigh !== null && (ciLow > 0 || ciHigh < 0);
}

const MOST_SENTENCES = 12;

/** The first comparisons in sentences: significant ones, then the others, then those without a difference. */
export function readings(results: ResultSet, locale: Locale): string[] {
	const rank = (row: Comparison) => (isShown(row) ? (isSignificant(row, results.settings) ? 0 : 1) : 2);
	// Items that differ in meaning between cycles stand so in the table, and a note names them.
	const comparisons = results.comparisons.filter(
		({ status, between }) => status !== "not-comparable" || between.variable !== "cycle",
	);
	const ordered = [0, 1, 2].flatMap((wanted) => comparisons.filter((row) => rank(row) === wanted));
	const shown = ordered.slice(0, MOST_SENTENCES).map((row) => readingOf(row, results, locale));
	return ordered.length <= MOST_SENTENCES
		? shown
		: [...shown, locale.text("compare.more", { count: ordered.length - MOST_SENTENCES })];
}
