import type { Comparison, Estimate, ResultSet, Statistic } from "../../results/result-set.js";
import type { Keys, WideFigure } from "./wide.js";

/** Our own ids: columns `activities:coaching %`, rows by breakdown; the row of a difference is `female-male`. */
export const OWN_KEYS: Keys = {
	figures(results) {
		const key = keyMaker(results);
		return [
			...results.estimates.map((row) => ({ ...row, key: key(row) })),
			...results.comparisons.map((row) => differenceOf(row, key(row))),
		];
	},
	heads: (key) => [key, `${key.replace(/ %$/, "")} SE`],
	hidden: (status) => [status, ""],
};

/** Sides that are not groups are named in the column. */
function differenceOf(row: Comparison, key: string): WideFigure {
	const { group, difference: estimate, se, status, between } = row;
	const sides = `${between.a}-${between.b}`;
	const named = { item: `${row.topic}:${sides}`, topic: `${sides}:${row.item}` }[between.variable];
	return named === undefined
		? { group: { ...group, [between.variable]: sides }, key, estimate, se, n: null, status }
		: { group, key: key.replace(/^[^\s@]+/, named), estimate, se, n: null, status };
}

/** The key includes the base only if a topic has several. */
function keyMaker({ estimates, comparisons }: ResultSet) {
	const rows = [...estimates, ...comparisons];
	const bases = new Map<string, Set<string>>();
	for (const { topic, base } of rows) bases.set(topic, (bases.get(topic) ?? new Set()).add(base));
	return ({ topic, item, base, statistic }: Pick<Estimate, "topic" | "item" | "base" | "statistic">) => {
		const of = (bases.get(topic)?.size ?? 1) > 1 ? `@${base}` : "";
		return `${topic}:${item}${of} ${unitOf(statistic)}`;
	};
}

function unitOf(statistic: Statistic): string {
	return statistic === "percent" ? "%" : statistic;
}
