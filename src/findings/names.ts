import { groupKey } from "../results/group-key.js";
import {
	type Comparison,
	type Estimate,
	type Group,
	isAverage,
	type ResultSet,
} from "../results/result-set.js";
import { groupValues, sideNames } from "../wording/group-names.js";
import type { Locale } from "../wording/locale.js";

/** Percentages of the samples themselves: no averages, no totals and no published figures. */
export function samplePercents({ estimates }: Pick<ResultSet, "estimates">): Estimate[] {
	return estimates.filter(
		({ statistic, estimate, group }) => statistic === "percent" && estimate !== null && isSample(group),
	);
}

export function isSample(group: Group): boolean {
	return Object.values(group).every(
		(value) => value !== "total" && !isAverage(value) && !value.includes("@"),
	);
}

/** Whether rows are of more than one group. */
export function haveSeveral(rows: readonly { group: Group }[]): boolean {
	return new Set(rows.map(({ group }) => groupKey(group))).size > 1;
}

/** Names of a group's values, without those that all rows share. */
export function ownName(group: Group, rows: readonly { group: Group }[], results: ResultSet): string {
	const own = Object.entries(group).filter(([id, value]) => rows.some((other) => other.group[id] !== value));
	return groupValues(own.length === 0 ? group : Object.fromEntries(own), results).join(" · ");
}

/** Names of two sides as they stand in a sentence: English has women and men where tables have Female and Male. */
export function spokenSides(comparison: Comparison, results: ResultSet, locale: Locale) {
	const { a, b } = sideNames(comparison, results);
	const { variable, a: first, b: second } = comparison.between;
	const spoken = (name: string, value: string) => {
		const key = `finding.name.${variable}.${value}`;
		return locale.knows(key) ? locale.text(key) : name;
	};
	return { a: spoken(a, first), b: spoken(b, second) };
}
