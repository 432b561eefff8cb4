import { entryOf } from "../../base/entry-of.js";
import { AVERAGE, type Estimate, type ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import type { Layout } from "../format-list.js";
import type { Column, ItemRow, Section } from "./sections.js";

/** Up to this many systems or groups are shown side by side. */
const MOST_SYSTEMS = 4;
const MOST_GROUPS = 6;

/** The most readable layout for these groups. */
export function usualLayout(columns: readonly Column[], { estimates }: ResultSet): Layout {
	const systems = new Set(estimates.map(({ group }) => group.country));
	return systems.size > MOST_SYSTEMS || columns.length > MOST_GROUPS ? "rows" : "columns";
}

/** Sorts groups by the name of their system, averages last; groups of one system keep their order. */
export function bySystem(
	columns: readonly Column[],
	{ estimates }: ResultSet,
	{ compare }: Locale,
): Column[] {
	const place = Object.keys(estimates[0]?.group ?? {}).indexOf("country");
	if (place === -1) return [...columns];
	const isAverage = ({ key }: Column) => key.includes(AVERAGE);
	return [...columns].sort(
		(a, b) =>
			Number(isAverage(a)) - Number(isAverage(b)) ||
			compare(a.values[place] as string, b.values[place] as string),
	);
}

/** Separates the names that all columns share, such as a file's only country, from the rest. */
export function apart(columns: readonly Column[]): { common: string; own: Column[] } {
	const [first] = columns;
	const isCommon = (value: string, place: number) =>
		columns.length > 1 && columns.every(({ values }) => values[place] === value);
	const isOwn = (value: string, place: number) => !isCommon(value, place);
	return {
		common: (first?.values ?? []).filter(isCommon).join(" · "),
		own: columns.map(({ key, values }) => {
			const kept = values.filter(isOwn);
			return { key, label: kept.join(" · "), values: kept };
		}),
	};
}

/** The same figures with groups as rows and items as columns; names common to all groups are stated once. */
export function transposed(section: Section, groups: readonly Column[], { estimates, labels }: ResultSet) {
	const cellsAt = (key: string, of: (row: ItemRow) => ReadonlyMap<string, Estimate>) =>
		new Map(
			section.rows.flatMap((row) => {
				const cell = of(row).get(key);
				return cell === undefined ? [] : [[row.item, cell] as const];
			}),
		);
	const breakdowns = Object.keys(estimates[0]?.group ?? {});
	const isCommon = (_: unknown, place: number) =>
		groups.every(({ values }) => values[place] === groups[0]?.values[place]);
	const isOwn = (one: unknown, place: number) => !isCommon(one, place);
	return {
		...section,
		common: (groups[0]?.values ?? []).filter(isCommon).join(" · "),
		head: breakdowns
			.filter(isOwn)
			.map((id) => entryOf(labels?.groups, id)?.label ?? id)
			.join(" · "),
		rows: groups.map(({ key, values }) => ({
			...{ item: key, label: values.filter(isOwn).join(" · "), statistic: "percent" as const },
			cells: cellsAt(key, ({ cells }) => cells),
			counts: cellsAt(key, ({ counts }) => counts),
		})),
		columns: section.rows.map(({ item, label }) => ({ key: item, label, values: [label] })),
	};
}
