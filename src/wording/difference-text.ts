import type { Comparison, ComparisonKind, Status } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** "+7.5 *": with its sign, a true minus, and a star where it is significant. */
export function differenceText(
	difference: number,
	digits: number,
	significant: boolean | null,
	locale: Locale,
): string {
	const number = locale.number(difference, digits).replace("-", "−");
	return `${Number(difference.toFixed(digits)) > 0 ? "+" : ""}${number}${significant === true ? " *" : ""}`;
}

/** Why a pair has no difference; nothing to say where two figures were set beside each other and not tested. */
export function withoutDifference(
	{ status, kind }: { status: Status; kind?: ComparisonKind },
	locale: Locale,
): string {
	if (status !== "ok") return locale.text(`status.${status}`);
	return kind === "same-data" ? locale.text("compare.kind.same-data") : "";
}

/** Whether there is a difference to show: not where a side is hidden or both are one figure. */
export function isShown({ difference, kind }: Comparison): boolean {
	return difference !== null && kind !== "same-data";
}
