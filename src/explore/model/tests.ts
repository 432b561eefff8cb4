import { compareWithAverage } from "../../compare/against-average.js";
import { averageComparisons } from "../../compare/average-difference.js";
import type { Average } from "../../compare/averages-of-systems.js";
import { compareTwo, type TestOptions } from "../../compare/comparison.js";
import { independent } from "../../compare/difference.js";
import { adjustAll } from "../../compare/families.js";
import { combined, type Figured, without } from "../../compare/figured.js";
import { betweenSystems, countryParts, type Parts } from "../../compare/parts-of-countries.js";
import { testOf } from "../../compare/t-test.js";
import { groupKey } from "../../results/group-key.js";
import type { ComparisonRow } from "../../results/result-set.js";
import type { Edition, Pack, PackedTable } from "../pack.js";
import { chosenFigures, isOfSystem, membersAt } from "./figures.js";

/** The reference of systems: one of them, or an average. */
export type Reference = { system: Figured } | { id: string; average: Average };

/**
 * Differences of systems from a reference, each with the standard error that its samples ask for: two systems are independent,
 * a member of an average is a part of it. A part of a country is tested against what has that country in it where its share is
 * known. Adjusted over all of them (Holm).
 */
export function testedDifferences(
	systems: readonly Figured[],
	reference: Reference,
	pack: Pack,
	table: PackedTable,
): ComparisonRow[] {
	const edition = pack.editions[table.edition] as Edition;
	const parts = countryParts(edition.partOf, () => figuresBeside(pack, table));
	const options = optionsOf(edition);
	const rows =
		"system" in reference
			? systems
					.filter(({ estimate }) => codeOf(estimate) !== codeOf(reference.system.estimate))
					.map((one) => againstSystem(one, reference.system, parts, options))
			: compareWithAverage(systems, [reference.average], undefined, options, parts);
	return adjustAll(rows, "holm", "group");
}

function againstSystem(a: Figured, b: Figured, parts: Parts, options: TestOptions): ComparisonRow {
	const between = { variable: "country", a: codeOf(a.estimate), b: codeOf(b.estimate) };
	const group = without(a.estimate.group, "country");
	return compareTwo({ a, b, group, between, ...betweenSystems(a, b, parts) }, options);
}

/** The system that one is part of, among others: itself a country, or a member of an average. */
export function wholeOfSystem({ partOf }: Edition, code: string, others: readonly string[]): string | null {
	return countryParts(partOf, () => []).wholeOf(code, others);
}

/** Figures of all that is of the same teachers as a table's. */
function figuresBeside(pack: Pack, { edition, level, topic, base, group }: PackedTable): Figured[] {
	return pack.tables
		.filter(
			(table) =>
				table.edition === edition &&
				table.level === level &&
				table.topic === topic &&
				table.base === base &&
				groupKey(table.group) === groupKey(group),
		)
		.flatMap((table) => chosenFigures(pack, table));
}

/** Whether an item means the same in two editions. */
export function isComparableTable(later: Edition, earlier: Edition, { topic, item }: PackedTable): boolean {
	return later.comparable[String(earlier.cycle)]?.includes(`${topic}:${item}`) ?? false;
}

/**
 * Changes of systems between two tables of one item, and those of the averages of systems in both.
 * @param isWanted By code of a system or an average: p-values are adjusted over these.
 */
export function changes(
	pack: Pack,
	later: PackedTable,
	earlier: PackedTable,
	isWanted: (code: string) => boolean = () => true,
): ComparisonRow[] {
	const [after, before] = [later, earlier].map(({ edition }) => pack.editions[edition]) as [Edition, Edition];
	const options = optionsOf(after);
	const comparable = isComparableTable(after, before, later);
	const known = new Map(chosenFigures(pack, earlier).map((one) => [codeOf(one.estimate), one]));
	const rows = chosenFigures(pack, later)
		.filter(isOfSystem)
		.flatMap((a) => {
			const b = known.get(codeOf(a.estimate));
			if (b === undefined) return [];
			const between = { variable: "cycle", a: String(after.cycle), b: String(before.cycle) };
			const difference = () => independent(combined(a), combined(b));
			const { group } = a.estimate;
			return [compareTwo({ a, b, group, between, kind: "independent", comparable, difference }, options)];
		});
	const means = Object.entries(after.averages).flatMap(([id, all]) => {
		const since = after.trends[String(before.cycle)]?.[id] ?? {};
		const listed = membersAt(since, later.level, after);
		const members = listed.length > 0 ? listed : membersAt(all, later.level, after);
		return averageComparisons(
			rows,
			{ kind: "simple", membership: () => ({ id, members }) },
			() => 1,
			options,
		);
	});
	const all = [...rows, ...means.map(({ comparison }) => comparison)];
	return adjustAll(
		all.filter(({ group }) => isWanted(group.country ?? "")),
		"holm",
		"item",
	);
}

/** Differences between groups of one system's teachers, as the results have them, tested and adjusted over all of them. */
export function contrastRows(
	{ contrasts, editions }: Pack,
	{ edition, level, topic, item, base, statistic }: PackedTable,
	system: string,
	variable: string,
): ComparisonRow[] {
	const options = optionsOf(editions[edition] as Edition);
	const side = { estimate: null, se: null, n: null };
	const rows = contrasts
		.filter(
			(one) =>
				one.edition === edition &&
				one.level === level &&
				one.topic === topic &&
				one.item === item &&
				one.base === base &&
				one.statistic === statistic &&
				one.system === system &&
				one.variable === variable,
		)
		.map(
			({ a, b, difference, se, df }): ComparisonRow => ({
				...{ topic, item, base, statistic, variable: null, group: { country: system } },
				...{
					between: { variable, a, b },
					kind: "same-sample",
					a: side,
					b: side,
					pAdjusted: null,
					status: "ok",
				},
				...testOf({ difference, se, df: df ?? Number.POSITIVE_INFINITY }, options.level, options.df),
			}),
		);
	return adjustAll(rows, "holm", "group");
}

function optionsOf({ level }: Edition): TestOptions {
	return { level, df: "design" };
}

function codeOf({ group }: Figured["estimate"]): string {
	return group.country ?? "";
}
