import type { Estimate } from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import type { Locale } from "../../wording/locale.js";
import { levelText, numberText, percentText } from "../../wording/numbers.js";
import { statusText } from "../../wording/status-text.js";

/** One estimate in the chart's data: keys to place it, numbers to draw it, words to read it. */
export interface Datum {
	panel: string;
	row: string;
	series: string;
	item: string;
	group: string;
	estimate: number | null;
	low: number | null;
	high: number | null;
	n: number | null;
	/** The value with its interval and number of teachers, in words. */
	about: string;
	/** Ends of the interval, or the value itself where there is no interval. */
	start: number | null;
	end: number | null;
	/** The value, or why there is none. */
	text: string;
}

/** An estimate as numbers of the chart's data, and as it is said where it is pointed at. */
export function figuresOf(row: Estimate, settings: Settings, locale: Locale) {
	const { estimate, ciLow, ciHigh, n } = row;
	return { estimate, low: ciLow, high: ciHigh, n, about: aboutText(row, settings, locale) };
}

/** Value, interval and number of teachers, as far as they are known. */
function aboutText(
	{ estimate, ciLow, ciHigh, n, status }: Estimate,
	settings: Settings,
	locale: Locale,
): string {
	if (estimate === null) return statusText(status, locale);
	const ends = { low: ciLow, high: ciHigh };
	const figure = withInterval(percentText(estimate, locale), ends, 1, settings, locale);
	return n === null ? figure : `${figure}; n = ${locale.number(n, 0)}`;
}

/** A figure in words with its interval, where it has one. */
export function withInterval(
	value: string,
	{ low, high }: { low: number | null; high: number | null },
	digits: number,
	settings: Settings,
	locale: Locale,
): string {
	if (low === null || high === null) return value;
	const ends = { low: numberText(low, digits, locale), high: numberText(high, digits, locale) };
	return locale.text("chart.about", { value, level: levelText(settings, locale), ...ends });
}

/** Where a percentage's interval is drawn: one that leaves 0 to 100 ends with the scale. */
export function endsOf({ estimate, ciLow, ciHigh }: Estimate) {
	const [start, end] = [ciLow ?? estimate, ciHigh ?? estimate];
	return { start: start && Math.max(0, start), end: end && Math.min(100, end) };
}

/** A value printed in spite of its status says so. */
export function valueText({ estimate, status }: Estimate, locale: Locale, digits: number): string {
	const reason = status === "ok" ? [] : [statusText(status, locale)];
	const value = estimate === null ? [] : [locale.number(estimate, digits)];
	return [...value, ...reason].join(" · ");
}
