import type {
	Comparison,
	ComparisonKind,
	Estimate,
	Group,
	ResultSet,
	Status,
	Subject,
} from "../../../results/result-set.js";
import { isSignificant } from "../../../results/significance.js";
import type { Locale } from "../../../wording/locale.js";
import { groupId } from "../../parts/group-id.js";
import { groupsOf, percentages, varying } from "../../parts/groups-and-items.js";

/** Two percentages of one thing. */
export interface ResultPair extends Subject {
	a: number | null;
	b: number | null;
	/** Null where nothing was tested. */
	difference: number | null;
	significant: boolean | null;
	status: Status;
	kind?: ComparisonKind;
}

/** A result seen as pairs with the same two sides. */
export interface Pairs {
	between: { variable: string; a: string; b: string };
	tested: boolean;
	pairs: ResultPair[];
}

/**
 * The pairs of a result: its comparisons where all have the same sides, or, untested, the percentages of a
 * breakdown with two values. Null where it has neither.
 */
export function pairsOf(results: ResultSet): Pairs | null {
	const rows = results.comparisons.filter(({ statistic }) => statistic === "percent");
	const [first] = rows;
	if (first === undefined) return untested(percentages(results));
	const { variable, a, b } = first.between;
	const same = rows.every(({ between }) => between.a === a && between.b === b);
	if (!same) return null;
	return {
		between: { variable, a, b },
		tested: true,
		pairs: rows.map((row) => tested(row, results)),
	};
}

/** The pairs of a result that compares nothing else; null where there are other statistics or sides. */
export function onlyPairs(results: ResultSet): Pairs | null {
	return results.comparisons.every(({ statistic }) => statistic === "percent") ? pairsOf(results) : null;
}

/** Without the comparisons that pairs leave out. */
export function percentsOnly(results: ResultSet): ResultSet {
	return { ...results, comparisons: results.comparisons.filter(({ statistic }) => statistic === "percent") };
}

/** Names the comparisons that are left out because they are not of percentages. */
export function leftOut({ comparisons }: ResultSet, locale: Locale): string[] {
	const others = comparisons.filter(({ statistic }) => statistic !== "percent");
	if (others.length === 0 || others.length === comparisons.length) return [];
	const items = [...new Set(others.map(({ label, item }) => label || item))];
	return [locale.text("chart.left-out", { items: items.join("; ") })];
}

function tested(row: Comparison, { settings }: ResultSet): ResultPair {
	return { ...row, a: row.a.estimate, b: row.b.estimate, significant: isSignificant(row, settings) };
}

function untested(rows: readonly Estimate[]): Pairs | null {
	const groups = groupsOf(rows);
	const values = (variable: string) => [...new Set(groups.map((group) => group[variable] ?? ""))];
	const variable = varying(groups).findLast((one) => values(one).length === 2);
	if (variable === undefined) return null;
	const [a = "", b = ""] = values(variable);
	const rest = (group: Group) =>
		Object.fromEntries(Object.entries(group).filter(([breakdown]) => breakdown !== variable));
	const keyOf = ({ topic, item, base, group }: Estimate) =>
		`${topic}/${item}/${base}/${groupId(rest(group))}`;
	const others = new Map(rows.filter(({ group }) => group[variable] === b).map((row) => [keyOf(row), row]));
	const pairs = rows
		.filter(({ group }) => group[variable] === a)
		.map((row): ResultPair => {
			const other = others.get(keyOf(row));
			return {
				...row,
				group: rest(row.group),
				a: row.estimate,
				b: other?.estimate ?? null,
				difference: null,
				significant: null,
				status: row.status === "ok" ? (other?.status ?? "no-data") : row.status,
			};
		});
	return { between: { variable, a, b }, tested: false, pairs };
}
