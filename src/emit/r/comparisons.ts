import type { PlansExplained } from "../../analysis/survey/planned.js";
import { valueName } from "../../results/labels.js";
import { type Comparison, type Group, isAverage, type ResultSet } from "../../results/result-set.js";
import { SUMMARIES } from "../../results/summaries.js";
import { variableNames } from "./estimates.js";
import { averageMembers } from "./rows.js";
import { dataFrame, type ScriptColumn } from "./table.js";
import { topicColumn } from "./topics.js";
import { text, texts } from "./write.js";

type Side = "a" | "b";

/** One side of a comparison: its statistic and its group. */
interface SideOf {
	variable: string;
	group: Group;
	/** Countries of an average; empty where it is none. */
	members: readonly string[];
	published: { estimate: number | null; se: number | null } | null;
}

/** The tool's numbers of a comparison, by their names in a script. */
const NUMBERS = {
	difference: ({ difference }: Comparison) => difference,
	se: ({ se }: Comparison) => se,
	low: ({ ciLow }: Comparison) => ciLow,
	high: ({ ciHigh }: Comparison) => ciHigh,
	t: ({ t }: Comparison) => t,
	// JSON has no infinity: of what was tested, absent degrees of freedom are infinite.
	df: ({ df, se }: Comparison) => (df === null && se !== null ? Number.POSITIVE_INFINITY : df),
	p: ({ p }: Comparison) => p,
	adjusted: ({ pAdjusted }: Comparison) => pAdjusted,
	a: ({ a }: Comparison) => a.estimate,
	a_se: ({ a }: Comparison) => a.se,
	b: ({ b }: Comparison) => b.estimate,
	b_se: ({ b }: Comparison) => b.se,
};

/** Those of them that are printed. */
const SHOWN = ["difference", "se", "low", "high", "df", "p", "adjusted"];

/**
 * Recomputes differences and prints them beside the tool's; null where there are none.
 */
export function comparisonsAsR(results: ResultSet, plans: PlansExplained): string | null {
	const rows = shownComparisons(results);
	if (rows.length === 0) return null;
	const names = variableNames(plans);
	const sides = rows.map((row) => ({
		a: sideOf(row, "a", results, names),
		b: sideOf(row, "b", results, names),
	}));
	const { averageKind = "simple" } = results.settings;
	return [
		`average_kind <- ${text(averageKind)}`,
		pairedDifferences(rows, results, sidesAsColumns(rows, sides, results)),
	].join("\n");
}

/**
 * The table of differences, and how each is made.
 * @param sides Columns that say what the sides are: places in a table of figures, or variables and groups of one sample.
 */
export function pairedDifferences(
	rows: readonly Comparison[],
	results: ResultSet,
	sides: Readonly<Record<string, ScriptColumn>>,
): string {
	const { adjust = "holm" } = results.settings;
	const within = rows[0]?.equivalence?.within;
	const topics = topicColumn(
		rows.map(({ topic }) => topic),
		results,
	);
	const names = ["label", ...Object.keys(topics), "group", "a_is", "b_is"];
	const made =
		"a places" in sides
			? "difference_of_sides(row)"
			: 'if (pairs$members[row] == "") difference_of(row) else average_difference(row)';
	return [
		"# What the tool printed of differences a - b.",
		`pairs <- ${tableOf(rows, { ...topics, ...sides }, results)}`,
		`adjustment <- ${text(adjust === "bh" ? "BH" : adjust)}`,
		`compared_numbers <- ${texts(Object.keys(NUMBERS))}`,
		"",
		"differences <- lapply(seq_len(nrow(pairs)), function(row) {",
		`  tested(${made})`,
		"})",
		"differences <- as.data.frame(do.call(rbind, lapply(differences, unlist)))",
		"# Several tests of one family are adjusted together.",
		"differences$adjusted <- ave(differences$p, pairs$family, FUN = function(p) p.adjust(p, adjustment))",
		...(within === undefined ? [] : equivalence(rows, within)),
		"difference_off_by <- largest_of(differences, pairs, compared_numbers)",
		`shown <- cbind(pairs[${texts(names)}], differences[${texts(SHOWN)}], off_by = difference_off_by)`,
		"print(shown, digits = 6, row.names = FALSE)",
		"largest <- max(largest, difference_off_by)",
	].join("\n");
}

/** Differences that the script has in its table. */
export function shownComparisons({ comparisons }: ResultSet): Comparison[] {
	return comparisons.filter(({ difference }) => difference !== null);
}

/** Two one-sided tests: p of the hypothesis that a difference is the bound or more, on either side. */
function equivalence(rows: readonly Comparison[], within: number): string[] {
	const own = rows.map(({ equivalence: one }) => one);
	return [
		`pairs$within_p <- ${dataColumn(own.map((one) => one?.p ?? null))}`,
		`pairs$within_adjusted <- ${dataColumn(own.map((one) => one?.pAdjusted ?? null))}`,
		`differences$within_p <- ifelse(is.na(differences$p), NA, pt((abs(differences$difference) - ${within}) / differences$se, differences$df))`,
		"differences$within_adjusted <- ave(differences$within_p, pairs$family, FUN = function(p) p.adjust(p, adjustment))",
		'compared_numbers <- c(compared_numbers, "within_p", "within_adjusted")',
	];
}

function dataColumn(values: ScriptColumn): string {
	return `${dataFrame({ values })}$values`;
}

function tableOf(
	rows: readonly Comparison[],
	sides: Readonly<Record<string, ScriptColumn>>,
	results: ResultSet,
): string {
	const { family = "group" } = results.settings;
	const side = (of: Side) => rows.map(({ between }) => valueName(between.variable, between[of], results));
	return dataFrame({
		label: rows.map(({ label }) => label),
		group: rows.map(({ group }) => Object.values(group).join(" ")),
		a_is: side("a"),
		b_is: side("b"),
		family: rows.map((row) => familyAsR(row, family)),
		...sides,
		...Object.fromEntries(Object.entries(NUMBERS).map(([name, of]) => [name, rows.map(of)])),
	});
}

/** The parts of sides from one sample: variables, groups, and members of averages. */
function sidesAsColumns(
	rows: readonly Comparison[],
	sides: readonly Readonly<Record<Side, SideOf>>[],
	results: ResultSet,
): Record<string, ScriptColumn> {
	const groupColumns = (name: string, groups: readonly Group[]) =>
		[...new Set(groups.flatMap(Object.keys))].map((id) => [
			`${name} by ${id}`,
			groups.map((group) => group[id] ?? null),
		]);
	const ofSide = (side: Side) => {
		const own = sides.map((one) => one[side]);
		return {
			[`${side} variable`]: own.map(({ variable }) => variable),
			...Object.fromEntries(
				groupColumns(
					side,
					own.map(({ group }) => group),
				),
			),
			[`${side} members`]: own.map(({ members }) => members.join("|")),
			[`${side} published`]: own.map(({ published }) => published?.estimate ?? null),
			[`${side} published se`]: own.map(({ published }) => published?.se ?? null),
		};
	};
	return {
		kind: rows.map(({ kind }) => kind),
		statistic: rows.map(({ statistic }) => statistic),
		b_members: rows.map(({ members }) => members ?? null),
		b_within: rows.map(({ within }) => within?.join("|") ?? ""),
		members: rows.map((row) => differenceMembers(row, results).join("|")),
		...Object.fromEntries(
			groupColumns(
				"both",
				rows.map((row) => bothOf(row, results)),
			),
		),
		...ofSide("a"),
		...ofSide("b"),
	};
}

export function familyAsR(
	{ topic, item, group }: Pick<Comparison, "topic" | "item" | "group">,
	family: string,
): string {
	const own = SUMMARIES.includes(item) ? ` ${topic}:${item}` : "";
	if (family === "all") return `all${own}`;
	if (family === "topic") return `${topic}${own}`;
	return family === "item" ? `${topic}:${item}` : `${topic} ${JSON.stringify(group)}${own}`;
}

function sideOf(row: Comparison, side: Side, results: ResultSet, names: ReadonlyMap<string, string>): SideOf {
	const { between, topic, item, group, b } = row;
	const level = between[side];
	const idOf = {
		item: level.includes(":") ? level : `${topic}:${level}`,
		topic: `${level}:${item}`,
	}[between.variable];
	const variable = names.get(idOf ?? `${topic}:${item}`) ?? "";
	if (between.variable === "benchmark" && side === "b") {
		return { variable, group, members: [], published: b };
	}
	const isOwnSide = between.variable === "item" || between.variable === "topic" || level === "file";
	const id = between.variable === "benchmark" ? "country" : between.variable;
	const own = isOwnSide ? group : { ...group, [id]: level };
	// Averages of differences are made member by member; pooled ones, and averages that are sides, of all members.
	const isWhole = isAverage(own.country) && differenceMembers(row, results).length === 0;
	const members = isWhole ? membersOf(own, results, row) : [];
	if (results.settings.averageKind !== "pooled") return { variable, group: own, members, published: null };
	return { variable, group: pooledOf(own, members), members: [], published: null };
}

/** The group of both sides. */
function bothOf(row: Comparison, results: ResultSet): Group {
	if (!isAverage(row.group.country) || results.settings.averageKind !== "pooled") return row.group;
	return pooledOf(row.group, membersOf({ ...row.group, ...levelOf(row) }, results, row));
}

function levelOf({ between }: Comparison): Group {
	return ["item", "topic", "benchmark"].includes(between.variable) ? {} : { [between.variable]: between.a };
}

/** A group of all members of an average together, as scripts write it. */
function pooledOf(group: Group, members: readonly string[]): Group {
	return members.length === 0 ? group : { ...group, country: members.join("|") };
}

/** Members of an average whose figure of a row is known. */
export function membersOf(
	group: Group,
	{ estimates, notes }: ResultSet,
	{ topic, item, statistic }: Comparison,
): string[] {
	const codes = averageMembers(group, notes);
	return codes.filter((code) =>
		estimates.some(
			(row) =>
				row.topic === topic &&
				row.item === item &&
				row.statistic === statistic &&
				row.estimate !== null &&
				row.group.country === code &&
				Object.entries(group).every(([id, value]) => id === "country" || row.group[id] === value),
		),
	);
}

/** Members of an average of differences; empty for other rows. */
export function differenceMembers(row: Comparison, { comparisons, notes, settings }: ResultSet): string[] {
	if (!isAverage(row.group.country) || settings.averageKind === "pooled") return [];
	const codes = averageMembers(row.group, notes);
	const alike = comparisons.filter(
		(other) =>
			codes.includes(other.group.country ?? "") &&
			other.difference !== null &&
			other.topic === row.topic &&
			other.item === row.item &&
			other.statistic === row.statistic &&
			JSON.stringify(other.between) === JSON.stringify(row.between) &&
			Object.entries(row.group).every(([id, value]) => id === "country" || other.group[id] === value),
	);
	return alike.map(({ group }) => group.country as string);
}
