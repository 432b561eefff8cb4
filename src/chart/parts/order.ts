import { isNamed } from "../../results/named-groups.js";
import type { Locale } from "../../wording/locale.js";
import type { Drawing } from "../kind.js";
import type { Entry, Point } from "./entries.js";

/** Puts rows in order by their points, from the highest unless something else was asked for. */
export type Order = (rows: Entry[], points: Point[], rank: (points: Point[]) => number) => Entry[];

/** The order asked for: by name, by one group's figures, or by all of them; the rest, such as other activities, is last. */
export function orderOf({ sort = "value" }: Pick<Drawing, "sort">, locale: Locale): Order {
	return (rows, points, rank) => {
		const own = sort === "value" || sort === "name" ? points : ofGroup(points, sort);
		const sorted = sort === "name" ? byName(rows, locale) : sortRows(rows, own, rank);
		return restLast(sorted);
	};
}

function ofGroup(points: Point[], name: string): Point[] {
	const own = points.filter(({ estimate: { group } }) => isNamed(group, [name]));
	return own.length === 0 ? points : own;
}

/** In the language's alphabet; what sums others up keeps its place. */
export function byName<E extends Entry>(rows: readonly E[], locale: Locale): E[] {
	const place = ({ key, summary }: Entry) => (summary ? (key === "any" ? -1 : 1) : 0);
	return rows.toSorted((a, b) => place(a) - place(b) || locale.compare(a.label, b.label));
}

/** A remainder comes after everything that has a name. */
export function restLast<E extends Pick<Entry, "key">>(rows: readonly E[]): E[] {
	return rows.toSorted((a, b) => Number(a.key === REST) - Number(b.key === REST));
}

/** Key of the item that takes what no other one names. */
const REST = "other";

function sortRows(rows: Entry[], points: Point[], rank: (points: Point[]) => number): Entry[] {
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
