import type { Entry, Point } from "./entries.js";

export function sortRows(rows: Entry[], points: Point[], rank: (points: Point[]) => number): Entry[] {
	return descending(rows, ({ key }) => rank(points.filter((point) => point.row === key)));
}

/** Highest rank first; ties keep their order. */
export function descending<T>(list: T[], rankOf: (one: T) => number): T[] {
	const ranks = new Map(list.map((one) => [one, rankOf(one)]));
	return list.toSorted((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
}

/** An item's mean; any activity stands above the activities it sums up, also where it is hidden. */
export function itemRank(points: Point[]): number {
	return points.some(({ estimate }) => estimate.item === "any") ? 101 : mean(points);
}

/** Unweighted mean of the values there are; −1 without any, so that hidden rows come last. */
export function mean(points: Point[]): number {
	const values = points.map(({ estimate }) => estimate.estimate).filter((value) => value !== null);
	return values.length === 0 ? -1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
