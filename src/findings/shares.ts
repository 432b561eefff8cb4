import { groupBy } from "../base/group-by.js";
import { gridOf } from "../results/grids.js";
import { type Estimate, isAverage, type ResultSet } from "../results/result-set.js";
import { groupName } from "../wording/group-names.js";
import type { Finding } from "./finding.js";
import { haveSeveral, ownName, samplePercents } from "./names.js";

const HALF = 50;

/**
 * What percentages show: of one group how many items are surely more than half of teachers', of several the range of
 * the item that is highest on average. Nothing is said of which is higher where that is not tested.
 */
export function sharesFinding(results: ResultSet): Finding | null {
	const rows = samplePercents(results).filter(({ item }) => item !== "any");
	const items = [...groupBy(rows, ({ topic, item }) => `${topic}:${item}`).values()];
	const [first] = rows;
	if (first === undefined) return null;
	if (gridOf(rows, results.labels) !== undefined) return gridFinding(rows);
	if (haveSeveral(rows)) {
		const [top] = items.toSorted((a, b) => mean(b) - mean(a)) as [Estimate[], ...Estimate[][]];
		return rangeFinding(top, results);
	}
	return items.length === 1 ? oneFinding(first, results) : itemsFinding(rows, first, results);
}

/** One item of one group, beside an average where there is one; which is higher was not tested. */
function oneFinding(row: Estimate, results: ResultSet): Finding {
	const { label, estimate, ciLow, ciHigh, group } = row;
	const values = { item: label, value: { percent: estimate ?? 0 } };
	const average = averageOf(row, results);
	if (average !== undefined) {
		const [name, other] = [group, average.group].map((one) => ownName(one, [row, average], results));
		return {
			key: "two",
			values: {
				item: label,
				...{ a: name as string, b: other as string },
				...{ valueA: values.value, valueB: { percent: average.estimate ?? 0 } },
			},
		};
	}
	const name = groupName(group, results);
	const named = name === "" ? "" : "-named";
	if (ciLow === null || ciHigh === null) return { key: `one${named}`, values: { ...values, name } };
	const interval = { low: decimal(ciLow), high: decimal(ciHigh) };
	return { key: `one-interval${named}`, values: { ...values, ...interval, name } };
}

function itemsFinding(rows: readonly Estimate[], { group }: Estimate, results: ResultSet): Finding {
	const sorted = rows.toSorted(byPercent);
	const [top, bottom] = [sorted[0], sorted.at(-1)] as [Estimate, Estimate];
	const most = { name: groupName(group, results), top: top.label, value: { percent: top.estimate ?? 0 } };
	// An estimate of 52 % with an interval from 48 on is not known to be more than half.
	const count = rows.filter(({ ciLow }) => ciLow !== null && ciLow > HALF).length;
	const named = most.name === "" ? "" : "-named";
	if (count > 1) return { key: `half${named}`, values: { ...most, count, of: rows.length } };
	const least = { bottom: bottom.label, lowest: { percent: bottom.estimate ?? 0 } };
	return { key: `items${named}`, values: { ...most, ...least } };
}

/** The range of one item over groups, with the average where there is one. */
function rangeFinding(rows: readonly Estimate[], results: ResultSet): Finding | null {
	const sorted = rows.toSorted(byPercent);
	const [high, low] = [sorted[0], sorted.at(-1)];
	if (high === undefined || low === undefined) return null;
	const average = averageOf(high, results);
	if (sorted.length === 2 && average === undefined) return twoFinding(rows, results);
	return {
		key: average === undefined ? "groups" : "groups-average",
		values: {
			item: high.label,
			low: { percent: low.estimate ?? 0 },
			lowGroup: ownName(low.group, sorted, results),
			high: { percent: high.estimate ?? 0 },
			highGroup: ownName(high.group, sorted, results),
			...(average === undefined
				? {}
				: {
						average: ownName(average.group, [...sorted, average], results),
						averageValue: { percent: average.estimate ?? 0 },
					}),
		},
	};
}

/** Two groups in their own order, beside each other: which is higher was not tested. */
function twoFinding(rows: readonly Estimate[], results: ResultSet): Finding {
	const [a, b] = rows as [Estimate, Estimate];
	return {
		key: "two",
		values: {
			item: a.label,
			...{ a: ownName(a.group, rows, results), b: ownName(b.group, rows, results) },
			...{ valueA: { percent: a.estimate ?? 0 }, valueB: { percent: b.estimate ?? 0 } },
		},
	};
}

/** The first average over systems of the same item. */
function averageOf({ topic, item, base, group }: Estimate, { estimates }: ResultSet): Estimate | undefined {
	const others = ({ country: _, ...rest }: Estimate["group"]) => JSON.stringify(rest);
	return estimates.find(
		(row) =>
			row.statistic === "percent" &&
			row.estimate !== null &&
			isAverage(row.group.country) &&
			row.topic === topic &&
			row.item === item &&
			row.base === base &&
			others(row.group) === others(group),
	);
}

/** Of a grid: the item that most of its topics have most of. */
function gridFinding(rows: readonly Estimate[]): Finding {
	const topics = [...groupBy(rows, ({ topic }) => topic).values()];
	const tops = topics.map((own) => own.toSorted(byPercent)[0] as Estimate);
	const [most] = [...groupBy(tops, ({ item }) => item).values()].toSorted((a, b) => b.length - a.length) as [
		Estimate[],
	];
	return {
		key: "grid",
		values: { item: (most[0] as Estimate).label, count: most.length, of: topics.length },
	};
}

function byPercent(a: Estimate, b: Estimate): number {
	return (b.estimate ?? 0) - (a.estimate ?? 0);
}

function mean(rows: readonly Estimate[]): number {
	return rows.reduce((sum, { estimate }) => sum + (estimate ?? 0), 0) / rows.length;
}

const decimal = (number: number) => ({ number, digits: 1 });
