import { marked } from "../results/caution-marks.js";
import { valueName } from "../results/labels.js";
import { AVERAGE, type Group, type ResultSet } from "../results/result-set.js";
import type { Locale } from "../wording/locale.js";

export function groupKey(group: Group): string {
	return Object.values(group).join(" | ");
}

/** The group's values in words, for the breakdowns asked for. */
export function groupLabel(results: ResultSet, locale: Locale, group: Group, breakdowns: string[]): string {
	return breakdowns
		.map((breakdown) => valueLabel(results, locale, breakdown, group[breakdown], group))
		.join(" · ");
}

/** A breakdown's value in words, or a side of a comparison. */
export function valueLabel(
	results: ResultSet,
	locale: Locale,
	breakdown: string,
	value = "",
	/** The group it is of, where that is known. */
	group: Group = { [breakdown]: value },
): string {
	if (value === "total") return locale.text("group.total");
	return marked(valueName(breakdown, value, results), breakdown, group, results);
}

/** Whether the group stands for several others, and so is a yardstick rather than one more group. */
export function isSummary(group: Group): boolean {
	return Object.values(group).some((value) => value === "total" || value.startsWith(AVERAGE));
}
