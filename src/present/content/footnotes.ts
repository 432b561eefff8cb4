import { tablesOf } from "../../results/kinds.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import { alphaOf, isAdjusted } from "../../results/significance.js";
import { designLine } from "../../wording/design-line.js";
import type { Locale } from "../../wording/locale.js";
import { markedStatuses } from "./figure.js";

const MOST_DIGITS = 6;

/**
 * Explains the marks in a table and how errors were computed, one line each.
 * @param intervals Whether the table shows intervals.
 */
export function methodLines(results: ResultSet, locale: Locale, intervals = true): string[] {
	const marked = markedStatuses(results, locale);
	return [
		...(results.comparisons.length === 0 ? [] : [testLine(results.settings, locale)]),
		...(marked === "" ? [] : [`! ${marked}`]),
		designLine(results, locale, intervals),
	];
}

/** Names the layout or format with the numbers that a table leaves out; empty if it leaves out none. */
export function detailsLine(results: ResultSet, locale: Locale, intervals = true): string {
	const [first] = tablesOf(results);
	if (first === "comparisons") return locale.text("compare.details");
	if (first === "gaps") return locale.text("gaps.details");
	const more = results.estimates.some(({ df, schools, coverage }) => (df ?? schools ?? coverage) !== null);
	return more ? locale.text(intervals ? "table.details" : "table.details-groups") : "";
}

/** The meaning of * and the number of tests it accounts for. */
function testLine(settings: Settings, locale: Locale): string {
	const alpha = alphaText(alphaOf(settings), locale);
	const { adjust, family, df } = settings;
	const line = isAdjusted(settings)
		? locale.text("compare.adjusted", {
				alpha,
				method: locale.text(`compare.adjust.${adjust}`),
				family: locale.text(`compare.family.${family ?? "group"}`),
			})
		: locale.text("compare.unadjusted", { alpha });
	if (df === "inf") return `${line}; ${locale.text("compare.df-infinite")}`;
	return typeof df === "number" ? `${line}; ${locale.text("compare.df", { df })}` : line;
}

/** 0.05 and 0.001 without trailing zeros. */
function alphaText(alpha: number, locale: Locale): string {
	const digits = Math.min(MOST_DIGITS, String(alpha).split(".")[1]?.length ?? 0);
	return locale.number(alpha, digits);
}
