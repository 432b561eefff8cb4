import type { Statistic } from "../results/result-set.js";
import type { Settings } from "../results/result-settings.js";
import type { Locale } from "./locale.js";

/** Stands for a number that is not there. */
export const DASH = "–";

const MINUS = "−";
const LEAST_P = 0.001;
const P_DIGITS = 3;

/** Decimals a statistic is printed with. */
export function digitsOf(statistic: Statistic): number {
	if (statistic === "count") return 0;
	return statistic === "percent" ? 1 : 2;
}

/** A number in print: the language's decimals, a true minus, – where there is none. */
export function numberText(value: number | null, digits: number, locale: Locale): string {
	return value === null ? DASH : locale.number(value, digits).replace("-", MINUS);
}

/** A change in print: "+7.5", "−7.5", and no sign where nothing but zeros shows. */
export function signedText(value: number | null, digits: number, locale: Locale): string {
	const rises = value !== null && printedNumber(value, digits) > 0;
	return `${rises ? "+" : ""}${numberText(value, digits, locale)}`;
}

/** "36.1%" from 36.1, as the language writes it. */
export function percentText(percent: number, locale: Locale, digits = 1): string {
	return locale.text("chart.percent", { value: numberText(percent, digits, locale) });
}

/** "95%" from 0.95, and "99.5%" from 0.995. */
export function shareText(share: number, locale: Locale): string {
	const percent = 100 * share;
	return percentText(percent, locale, Number.isInteger(Math.round(percent * 1e6) / 1e6) ? 0 : 1);
}

/** A p-value with three decimals. */
export function pText(p: number | null, locale: Locale): string {
	if (p === null) return DASH;
	return p < LEAST_P ? `<${locale.number(LEAST_P, P_DIGITS)}` : locale.number(p, P_DIGITS);
}

/** What a sentence says of a p-value, on one line: p = 0.031, p < 0.001. */
export function pSaid(p: number | null, locale: Locale): string {
	const text = pText(p, locale);
	return text.startsWith("<") ? `p\u00a0<\u00a0${text.slice(1)}` : `p\u00a0=\u00a0${text}`;
}

/** A number rounded as it is printed in every language, for programs that sort what is printed. */
export function printedNumber(value: number, digits: number): number {
	let format = roundings.get(digits);
	if (format === undefined) {
		// Neither toFixed nor Math.round rounds 0.15 and its like as Intl does.
		format = new Intl.NumberFormat("en", {
			maximumFractionDigits: digits,
			useGrouping: false,
			signDisplay: "negative",
		});
		roundings.set(digits, format);
	}
	return Number(format.format(value));
}

const roundings = new Map<number, Intl.NumberFormat>();

/** A p-value as it is printed, the least one for all below it. */
export function printedP(p: number): number {
	return printedNumber(Math.max(p, LEAST_P), P_DIGITS);
}

/** Confidence level of a run; null where results read back from a file do not say. */
function levelOf(settings: Settings): number | null {
	return typeof settings.level === "number" ? settings.level : null;
}

/** "95%", or nothing where the level is not known. */
export function levelText(settings: Settings, locale: Locale): string {
	const level = levelOf(settings);
	return level === null ? "" : shareText(level, locale);
}

/** Head of a column of confidence intervals. */
export function intervalHead(level: string, locale: Locale): string {
	return locale.text("table.ci", { level }).trim();
}
