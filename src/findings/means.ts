import type { Estimate, ResultSet } from "../results/result-set.js";
import { digitsOf } from "../wording/numbers.js";
import type { Finding } from "./finding.js";
import { haveSeveral, isSample, ownName } from "./names.js";

/** The first mean or ratio: its value with its interval, those of two groups, or its range over more. */
export function meansFinding(results: ResultSet): Finding | null {
	const rows = results.estimates.filter(
		({ statistic, estimate, group }) =>
			(statistic === "mean" || statistic === "ratio") && estimate !== null && isSample(group),
	);
	const [first] = rows;
	if (first === undefined) return null;
	const own = rows.filter(({ topic, item }) => topic === first.topic && item === first.item);
	const value = (number: number | null) => ({ number: number ?? 0, digits: digitsOf(first.statistic) });
	if (!haveSeveral(own)) {
		const values = { item: first.label, value: value(first.estimate) };
		const key = first.statistic === "ratio" ? "ratio" : "mean";
		if (first.ciLow === null) return { key, values };
		return {
			key: `${key}-interval`,
			values: { ...values, low: value(first.ciLow), high: value(first.ciHigh) },
		};
	}
	const [a, b, ...others] = own as [Estimate, Estimate, ...Estimate[]];
	// Beside each other: from the lower to the higher would read as a difference, which was not tested.
	if (others.length === 0) {
		return {
			key: "two",
			values: {
				item: first.label,
				...{ a: ownName(a.group, own, results), b: ownName(b.group, own, results) },
				...{ valueA: value(a.estimate), valueB: value(b.estimate) },
			},
		};
	}
	const sorted = own.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0));
	const [high, low] = [sorted[0], sorted.at(-1)] as [Estimate, Estimate];
	return {
		key: "groups",
		values: {
			item: first.label,
			low: value(low.estimate),
			lowGroup: ownName(low.group, own, results),
			high: value(high.estimate),
			highGroup: ownName(high.group, own, results),
		},
	};
}
