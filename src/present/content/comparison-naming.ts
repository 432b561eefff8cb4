import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import type { Comparison, ResultSet } from "../../results/result-set.js";
import { groupName, sideNames } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { isMeasure, statisticName } from "../../wording/statistic-names.js";

/** Names of sides that change from row to row. */
const ROW_SIDES = { a: "A", b: "B" };

/** Names that identify rows: labels on the left, and heads of the two sides. */
export interface Naming {
	a: string;
	b: string;
	/** The common subject of all rows, if it is not a row label. */
	subject: string;
	/** A heading above several rows. */
	heading?(row: Comparison): string;
	label(row: Comparison): string;
	labelsAre: "item" | "group" | "pair";
	/** Where to find sides that change from row to row: A in the row, both there, or A in the heading. */
	sidesAre?: "row" | "pair" | "heading";
}

/** Names rows by what differs among them: the item, the pair or, with one row each, the group. */
export function namingOf(rows: readonly Comparison[], results: ResultSet, locale: Locale): Naming {
	const first = rows[0] as Comparison;
	const same = (keyOf: (row: Comparison) => string) => rows.every((row) => keyOf(row) === keyOf(first));
	const one = {
		a: same(({ between }) => between.a),
		b: same(({ between }) => between.b),
		item: same(({ item, statistic }) => `${item} ${statistic}`),
		group: same(({ group }) => groupKey(group)),
	};
	const side = (row: Comparison, key: "a" | "b") => plain(sideNames(row, results)[key]);
	const statistics = new Map(
		[...groupBy(rows, ({ item }) => item)].map(([item, own]) => [
			item,
			new Set(own.map(({ statistic }) => statistic)).size,
		]),
	);
	const item = (row: Comparison) => {
		const name = plain(row.label || row.item);
		return (statistics.get(row.item) ?? 1) > 1 && isMeasure(row.statistic)
			? `${name} · ${statisticName(row.statistic, locale)}`
			: name;
	};
	const sides = {
		a: one.a ? side(first, "a") : ROW_SIDES.a,
		b: one.b ? side(first, "b") : ROW_SIDES.b,
	};
	if (first.between.variable === "item") return { ...sides, a: ROW_SIDES.a, ...itemNaming(one, side) };
	if (one.a && one.b) {
		if (!one.item || one.group) return { ...sides, subject: "", label: item, labelsAre: "item" };
		const group = (row: Comparison) => plain(groupName(row.group, results));
		return { ...sides, subject: item(first), label: group, labelsAre: "group" };
	}
	return {
		...sides,
		a: ROW_SIDES.a,
		subject: one.item ? item(first) : "",
		...(one.item ? {} : { heading: item }),
		label: (row) => (one.b ? side(row, "a") : `${side(row, "a")} − ${side(row, "b")}`),
		labelsAre: "pair",
		sidesAre: one.b ? "row" : "pair",
	};
}

/** Item names are long, so the second goes below the first, after a minus. */
function itemNaming(
	one: { a: boolean; b: boolean },
	side: (row: Comparison, key: "a" | "b") => string,
): Omit<Naming, "a" | "b"> {
	if (one.b) return { subject: "", label: (row) => side(row, "a"), labelsAre: "item", sidesAre: "row" };
	return {
		subject: "",
		heading: (row) => side(row, "a"),
		label: (row) => `− ${side(row, "b")}`,
		labelsAre: "item",
		sidesAre: "heading",
	};
}
