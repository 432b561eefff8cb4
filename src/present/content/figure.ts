import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { DASH, digitsOf, numberText } from "../../wording/numbers.js";

/** Whether a number is shown in spite of its status. */
export function isMarked({ estimate, status }: Estimate): boolean {
	return estimate !== null && status !== "ok";
}

/** Number, bracketed error and mark; undefined where the number is hidden. */
export function figureParts(row: Estimate, locale: Locale) {
	if (row.estimate === null) return undefined;
	const digits = digitsOf(row.statistic);
	return {
		number: numberText(row.estimate, digits, locale),
		error: `(${numberText(row.se, digits, locale)})`,
		mark: isMarked(row) ? " !" : "",
	};
}

/** "94.0 (0.6)", a status where the number is hidden, both where it is shown in spite of its status. */
export function figure(row: Estimate | undefined, locale: Locale): string {
	if (row === undefined) return "";
	const parts = figureParts(row, locale);
	if (parts === undefined) return hiddenText(row.status, locale);
	return `${parts.number} ${parts.error}${parts.mark}`;
}

/** What stands in the place of a number: why it is not there, – where nothing says so. */
export function hiddenText(status: Estimate["status"], locale: Locale): string {
	return status === "ok" ? DASH : locale.text(`status.${status}`);
}

/** Statuses that stand beside a number in these results, for the legend of "!". */
export function markedStatuses({ estimates, comparisons }: ResultSet, locale: Locale): string {
	const marked = [
		...estimates.filter(isMarked),
		...comparisons.filter(({ difference, status }) => difference !== null && status !== "ok"),
	];
	return [...new Set(marked.map(({ status }) => locale.text(`status.${status}`)))].join(", ");
}
