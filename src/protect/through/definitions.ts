import { groupBy } from "../../base/group-by.js";
import { itemsIn } from "../../settings/definition.js";
import type { Published } from "../figures.js";
import { cellKey, type PublishedCell, type PublishedCells, surveyOf, type Told } from "./cells.js";

/**
 * Hidden figures beside definitions that are made of them, or of what they are made of: the shares of any of two and of both
 * come to those of the two. Such a definition tells of them in each of its groups, as the others and the total tell of one.
 */
export function throughDefinitions(published: readonly Published[], cells: PublishedCells): Told[] {
	const surveys = groupBy(published, surveyOf);
	return [...surveys].flatMap(([survey, own]) => {
		const parts = new Map(
			own.flatMap(({ formulas }) => [...formulas].map(([name, formula]) => [name, itemsIn(formula)])),
		);
		if (parts.size === 0) return [];
		const groups = groupBy(
			[...cells.values()].filter((cell) => cell.survey === survey && cell.statistic === "percent"),
			({ group, average }) => cellKey(survey, { topic: "", item: "", base: "" }, group, average ?? undefined),
		);
		return familiesOf(parts).flatMap((family) => {
			const isDefined = ({ row }: PublishedCell) => parts.has(row.item) && family.has(row.item);
			const by = [...groups.values()]
				.flat()
				.filter(isDefined)
				.flatMap(({ rows }) => rows);
			return [...groups.values()].flatMap((group) => {
				const related = group.filter(({ row }) => NAMES.some((nameOf) => family.has(nameOf(row))));
				const hidden = related.filter(({ value, status }) => value === null && !EMPTY.includes(status));
				const isShown = related.some((cell) => cell.value !== null && isDefined(cell));
				return isShown ? hidden.map((cell): Told => ({ cell, between: null, by })) : [];
			});
		});
	});
}

const EMPTY: readonly PublishedCell["status"][] = ["no-data", "not-administered"];

/** What a definition may call an item. */
const NAMES: readonly ((row: PublishedCell["row"]) => string)[] = [
	({ item }) => item,
	({ topic, item }) => `${topic}:${item}`,
	({ variable }) => variable?.toLowerCase() ?? "",
];

/** Definitions with their parts, those together that share one. */
function familiesOf(parts: ReadonlyMap<string, readonly string[]>): ReadonlySet<string>[] {
	return [...parts].reduce<Set<string>[]>((families, [name, items]) => {
		const own = new Set([name, ...items.map((item) => item.toLowerCase())]);
		const shares = (family: ReadonlySet<string>) => [...own].some((one) => family.has(one));
		const joined = families.filter(shares);
		return [
			...families.filter((family) => !shares(family)),
			new Set([...own, ...joined.flatMap((family) => [...family])]),
		];
	}, []);
}
