import type { Figured } from "./figured.js";
import { type AlikeFigures, bundle } from "./group-pairs.js";

/**
 * Bundles items answered by the same teachers: figures that share base, statistic and group. One set of bundles per
 * topic, or a single set if items of several topics are named. Derived rows such as any activity contain the other
 * items and are compared only if named.
 */
export function itemSets(figures: readonly Figured[], named: boolean): AlikeFigures[][] {
	const wanted = figures.filter(
		({ estimate: { variable, statistic } }) => (named || variable !== null) && statistic !== "count",
	);
	const topics = [...new Set(wanted.map(({ estimate }) => estimate.topic))];
	if (named && topics.length > 1) return [itemBundles(wanted, ({ topic, item }) => `${topic}:${item}`)];
	return topics.map((topic) =>
		itemBundles(
			wanted.filter(({ estimate }) => estimate.topic === topic),
			({ item }) => item,
		),
	);
}

function itemBundles(
	figures: readonly Figured[],
	levelOf: (estimate: Figured["estimate"]) => string,
): AlikeFigures[] {
	return bundle(
		figures,
		({ estimate: { base, statistic } }) => JSON.stringify([base, statistic]),
		({ estimate }) => levelOf(estimate),
		({ estimate }) => estimate.group,
	);
}
