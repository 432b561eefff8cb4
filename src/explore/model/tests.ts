import { compareWithAverage } from "../../compare/against-average.js";
import { averageComparisons } from "../../compare/average-difference.js";
import type { Average } from "../../compare/averages-of-systems.js";
import { compare, type TestOptions } from "../../compare/comparison.js";
import { independent } from "../../compare/difference.js";
import { adjustAll } from "../../compare/families.js";
import { combined, type Figured, without } from "../../compare/figured.js";
import { testOf } from "../../compare/t-test.js";
import type { ComparisonRow } from "../../results/result-set.js";
import type { Edition, Pack, Table } from "../pack.js";
import { figuresOf, isOfSystem, membersAt } from "./figures.js";

/** What some systems are compared with: one of them, or an average. */
export type Reference = { system: Figured } | { id: string; average: Average };

/**
 * Differences of systems from a reference, each with the standard error that its samples ask for: two systems are independent,
 * a member of an average is a part of it. A part of a country is not tested against what has that country in it, as nobody
 * knows their covariance. Adjusted over all of them (Holm).
 */
export function differences(
	systems: readonly Figured[],
	reference: Reference,
	edition: Edition,
): ComparisonRow[] {
	const options = optionsOf(edition);
	const rows =
		"system" in reference
			? systems
					.filter(({ estimate }) => codeOf(estimate) !== codeOf(reference.system.estimate))
					.map((one) => betweenSystems(one, reference.system, edition, options))
			: fromAverage(systems, reference.average, edition, options);
	return adjustAll(rows, "holm", "group");
}

/** The system that one is part of, among others: itself a country, or a member of an average. */
export function wholeOf({ partOf }: Edition, code: string, others: readonly string[]): string | null {
	const whole = partOf[code];
	return whole !== undefined && others.includes(whole) ? whole : null;
}

function betweenSystems(a: Figured, b: Figured, edition: Edition, options: TestOptions): ComparisonRow {
	const [codeA, codeB] = [codeOf(a.estimate), codeOf(b.estimate)];
	const apart = wholeOf(edition, codeA, [codeB]) === null && wholeOf(edition, codeB, [codeA]) === null;
	return compare(
		{
			...{ a, b, group: without(a.estimate.group, "country"), comparable: apart },
			between: { variable: "country", a: codeA, b: codeB },
			kind: apart ? "independent" : "part-whole",
			difference: () => independent(combined(a), combined(b)),
		},
		options,
	);
}

function fromAverage(
	systems: readonly Figured[],
	average: Average,
	edition: Edition,
	options: TestOptions,
): ComparisonRow[] {
	const members = [...average.members.keys()];
	const isPart = (one: Figured) => wholeOf(edition, codeOf(one.estimate), members) !== null;
	const tested = compareWithAverage(
		systems.filter((one) => !isPart(one)),
		[average],
		undefined,
		options,
	);
	const untested = systems.filter(isPart).map((a) =>
		compare(
			{
				...{ a, b: average.figure, group: without(a.estimate.group, "country"), comparable: false },
				between: { variable: "country", a: codeOf(a.estimate), b: codeOf(average.figure.estimate) },
				kind: "part-whole",
				difference: () => independent(combined(a), combined(average.figure)),
			},
			options,
		),
	);
	const order = systems.map(({ estimate }) => codeOf(estimate));
	return [...tested, ...untested].sort((x, y) => order.indexOf(x.between.a) - order.indexOf(y.between.a));
}

/** Whether an item means the same in two editions. */
export function isComparable(later: Edition, earlier: Edition, { topic, item }: Table): boolean {
	return later.comparable[String(earlier.cycle)]?.includes(`${topic}:${item}`) ?? false;
}

/**
 * Changes of systems between two tables of one item, and those of the averages of systems in both.
 * @param isWanted By code of a system or an average: p-values are adjusted over these.
 */
export function changes(
	pack: Pack,
	later: Table,
	earlier: Table,
	isWanted: (code: string) => boolean = () => true,
): ComparisonRow[] {
	const [after, before] = [pack.editions[later.edition], pack.editions[earlier.edition]] as [
		Edition,
		Edition,
	];
	const options = optionsOf(after);
	const comparable = isComparable(after, before, later);
	const known = new Map(figuresOf(pack, earlier).map((one) => [codeOf(one.estimate), one]));
	const rows = figuresOf(pack, later)
		.filter(isOfSystem)
		.flatMap((a) => {
			const b = known.get(codeOf(a.estimate));
			if (b === undefined) return [];
			const between = { variable: "cycle", a: String(after.cycle), b: String(before.cycle) };
			const difference = () => independent(combined(a), combined(b));
			const { group } = a.estimate;
			return [compare({ a, b, group, between, kind: "independent", comparable, difference }, options)];
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
	{ edition, level, topic, item, base, statistic }: Table,
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
