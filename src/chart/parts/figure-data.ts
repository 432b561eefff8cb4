import type { Estimate } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { statusText } from "../../wording/status-text.js";

/** One estimate as it stands in the chart's data: keys to place it, numbers to draw it, words to read it. */
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
	/** Ends of the interval, or the value itself where there is no interval. */
	start: number | null;
	end: number | null;
	/** The value, or why there is none. */
	text: string;
}

/** An estimate as numbers of the chart's data. */
export function figuresOf({ estimate, ciLow, ciHigh, n }: Estimate) {
	return { estimate, low: ciLow, high: ciHigh, n };
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
