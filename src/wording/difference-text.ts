import type { Comparison, ComparisonKind, Status } from "../results/result-set.js";
import type { Locale } from "./locale.js";
import { signedText } from "./numbers.js";
import { type ShownStatus, statusText } from "./status-text.js";

/** "+7.5 *": with its sign, a true minus, and a star where it is significant. */
export function differenceText(
	difference: number,
	digits: number,
	significant: boolean | null,
	locale: Locale,
): string {
	return `${signedText(difference, digits, locale)}${significant === true ? " *" : ""}`;
}

/** What a pair is without its difference. */
type Untested = { status: Status; kind?: ComparisonKind };

/** Why a pair has no difference; nothing to say where two figures were set beside each other and not tested. */
export function whyWithoutDifference({ status, kind }: Untested): ShownStatus | undefined {
	if (status !== "ok") return status;
	return kind === "same-data" ? kind : undefined;
}

/** The same in words; empty where there is nothing to say. */
export function withoutDifference(pair: Untested, locale: Locale): string {
	const why = whyWithoutDifference(pair);
	return why === undefined ? "" : statusText(why, locale);
}

/** Whether there is a difference to show: not where a side is hidden or both are one figure. */
export function isShown({ difference, kind }: Comparison): boolean {
	return difference !== null && kind !== "same-data";
}
