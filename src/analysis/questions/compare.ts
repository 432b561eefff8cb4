import { UserError } from "../../base/errors.js";
import { splitRun } from "../../base/run-options.js";
import { option, say } from "../../base/say.js";
import { partsOfSystems } from "../../codebook/definition/memberships.js";
import { columnsNamed } from "../../codebook/meaning/columns-named.js";
import { planQuestion } from "../../codebook/plan/plan-items.js";
import { planMeasures } from "../../codebook/plan/plan-measures.js";
import { compareWithAverage } from "../../compare/against-average.js";
import type { Average } from "../../compare/averages-of-systems.js";
import { choosePairs } from "../../compare/choose-pairs.js";
import { withEquivalence } from "../../compare/equivalence.js";
import { adjustAll } from "../../compare/families.js";
import { type Figured, without } from "../../compare/figured.js";
import {
	byBreakdown,
	comparePairs,
	levelsOf,
	type Rule,
	type SampleRule,
} from "../../compare/group-pairs.js";
import { itemSets } from "../../compare/item-pairs.js";
import { countryParts } from "../../compare/parts-of-countries.js";
import { findData } from "../../read/find-files.js";
import type { SurveyInput } from "../../read/memory/data.js";
import { groupKey } from "../../results/group-key.js";
import {
	AVERAGE,
	type ComparisonRow,
	type Group,
	type ResultSet,
	type ResultsOf,
} from "../../results/result-set.js";
import { SAMPLES, tellsSamples } from "../../results/samples.js";
import {
	type CompareOptions,
	type CompareSettings,
	type CompareSpec,
	normalizeCompare,
} from "../../settings/compare.js";
import { type AverageRequest, averageRequest, type RatesSpec } from "../../settings/rates.js";
import { Cell } from "../../tabulate/cells.js";
import { ValidRows } from "../../tabulate/valid-rows.js";
import { jointTests } from "../associations/joint-tests.js";
import { type AveragesAdded, addAverages, averageDifferences, partNotes } from "../benchmarks/averages.js";
import { addBenchmarks } from "../benchmarks/published-benchmarks.js";
import { resultSet } from "../result/assemble.js";
import { measureNotes } from "../result/measure-notes.js";
import { routingNotes } from "../result/routing-notes.js";
import { compareResults } from "../saved/compare-saved.js";
import { isResultsFile, readResults, selectSaved } from "../saved/read-saved.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";
import { rates } from "./rates.js";

/**
 * Differences between groups, items, countries or cycles, in percentage points or the unit of a measure. Each has the
 * standard error that its design requires and a p-value adjusted within its family. For independent samples, result
 * files are enough.
 * @param names Survey files of one cycle, named or by pattern; or result files (`render` as json); or one survey file
 * per cycle.
 * @throws UserError for anything the caller can correct.
 * @example
 * import { compare, samplePath } from "talis-pd";
 *
 * const { comparisons } = await compare([samplePath()], { between: "gender", items: ["peer-coaching"] });
 * const [{ between, difference, se, kind }] = comparisons as [(typeof comparisons)[number]];
 * console.log(between.a, between.b, difference?.toFixed(1), se?.toFixed(1), kind); // female male 2.6 1.5 same-sample
 */
export async function compare(
	names: SurveyInput,
	options: CompareOptions = {},
): Promise<ResultsOf<"compare">> {
	const [spec, run] = splitRun(options);
	const settings = normalizeCompare(spec);
	const files = await findData(names);
	const saved = files.filter((file) => typeof file === "string").filter(isResultsFile);
	if (saved.length > 0 || settings.between === "cycle") {
		checkTest(settings);
		if (saved.length > 0) rejectUnsaved(spec, saved[0] as string);
		const results: ResultSet[] = [];
		// In sequence, because each file needs memory for all its cells.
		for (const file of files) {
			results.push(
				typeof file === "string" && isResultsFile(file)
					? selectSaved(readResults(file), spec, file)
					: await rates([file], { ...ratesSpec(spec), ...run }),
			);
		}
		return compareResults(results, settings);
	}
	if (settings.between === null) {
		throw new UserError("no comparison is named", {
			hint: say`say ${option("between", "gender, experience, items, country, population, cycle or another group")}`,
		});
	}
	return ask(files, compareInquiry(spec), run);
}

/** `compare` within survey files of one cycle, as one of several questions answered in one pass over the files. */
export function compareInquiry(spec: CompareSpec): Inquiry<ResultsOf<"compare">> {
	const settings = normalizeCompare(spec);
	const between = settings.between === "items" ? null : settings.between;
	const scope = { ...settings, between };
	checkTest(settings);
	checkAnswers(settings);
	return inquiry({
		settings: scope,
		// Without named items, items are compared topic by topic.
		together: settings.between === "items" && settings.items.length > 0,
		...(settings.test === null ? {} : { collect: () => new ValidRows() }),
		plan: (codebook, header) =>
			settings.variables.length > 0
				? planMeasures(codebook, header, scope)
				: planQuestion(codebook, header, scope),
		answer: (sample) => compareSample(sample, settings),
	});
}

/** @throws UserError if answers are requested for numbers. */
function checkAnswers({ answers, variables }: CompareSettings): void {
	if (!answers || variables.length === 0) return;
	throw new UserError(say`${option("answers")} is about items, and ${option("variables")} about numbers`, {
		code: "option",
		hint: "leave one of them out",
	});
}

/** @throws UserError if a test of all levels is requested for something without levels in one sample. */
function checkTest({ test, between, variables }: CompareSettings): void {
	if (test === null) return;
	if (["items", "cycle", ...SAMPLES].includes(between as string)) {
		throw new UserError(
			say`${option("test", test)} is about the levels of a group such as gender or experience`,
			{
				code: "option",
				hint: say`leave out ${option("test")}, or say ${option("between")} with another group`,
			},
		);
	}
	if (test !== "adj-wald" || variables.length === 0) return;
	throw new UserError(say`${option("test", test)} is a test of percentages`, {
		code: "option",
		hint: say`say ${option("test", "joint")} for means`,
	});
}

/** Options that need the rows of a survey. */
const OF_SURVEYS = [
	...[
		"pool",
		"total",
		"benchmark",
		"variables",
		"yes",
		"answers",
		"protect",
		"scale",
		"centre",
		"lonelyPsu",
		"schools",
		"missing",
		"test",
	],
] as const satisfies readonly (keyof CompareSpec)[];

/**
 * Refuses options that saved results cannot serve, rather than ignoring them silently.
 * @throws UserError
 */
function rejectUnsaved(spec: CompareSpec, file: string): void {
	const first = OF_SURVEYS.find((key) => spec[key] !== undefined && spec[key] !== false);
	if (first === undefined) return;
	throw new UserError(say`holds results, which ${option(first)} does not change`, {
		where: { file },
		hint: "say it when the results are made, or give the survey file",
	});
}

/** The part of the question that is asked of each file separately; averages and benchmarks belong to the comparison. */
function ratesSpec(spec: CompareSpec): RatesSpec {
	const { between, variables, reference, pairs, allowMismatch, forceTrend, test, within, ...shared } = spec;
	const { synthesis, synthesisTest, excludeCaution, moderator, ...own } = shared;
	return { ...own, average: undefined, benchmark: undefined };
}

function compareSample(sample: Sample, settings: CompareSettings): ResultsOf<"compare"> {
	const { groups } = sample.question.plan;
	const id = groups.find(({ role }) => role === "compared")?.id ?? ITEM;
	// Rows without a level count only towards the degrees of freedom.
	const levelled = { ...sample, groups: sample.groups.filter(({ group }) => group[id] !== "") };
	const measured = measure(levelled);
	const averages = addAverages(levelled, measured, averageAsked(settings, id));
	const figures = measured.map(averages.figured);
	const found =
		id === ITEM
			? betweenItems(figures, averages.figures, sample, settings)
			: betweenGroups(figures, averages, sample, settings, id);
	const means = id === "country" ? [] : averageDifferences(found, figures, sample);
	const benchmarks = addBenchmarks(levelled, figures, averages.averages);
	const comparisons = [...found, ...means, ...benchmarks.comparisons];
	if (comparisons.length === 0) {
		const [alone] = averages.averages.filter(({ members }) => members.size === 1);
		throw new UserError(
			alone === undefined
				? "nothing is left to compare"
				: `the average has no member here but ${[...alone.members.keys()].join()}, and no country is compared with itself alone`,
			{ hint: "ask for other items or groups, or give the files of other countries" },
		);
	}
	return resultSet("compare", levelled, {
		settings: { between: settings.between },
		...(settings.test === null
			? {}
			: {
					tests: jointTests(levelled, figures, settings, id, withinSample(sample, id, []).degreesOfFreedom),
				}),
		measured,
		estimates: [...averages.estimates, ...benchmarks.estimates],
		comparisons: tested(comparisons, settings),
		notes: [
			...averages.notes,
			...measureNotes(sample, sample.question.measures ?? []),
			...partNotes(found, settings),
			...benchmarks.notes,
			...routingNotes(levelled),
		],
		sides: { ...benchmarks.sides, ...(id === ITEM ? { [ITEM]: itemsOf(figures) } : {}) },
	});
}

/** Adds the statistics that need all comparisons at once. */
function tested(comparisons: readonly ComparisonRow[], settings: CompareSettings): ComparisonRow[] {
	const { adjust, family, within } = settings;
	return withEquivalence(adjustAll(comparisons, adjust, family), within, adjust, family);
}

const ITEM = "item";

/** The requested average: as the reference, or next to the countries. */
function averageAsked({ reference, average }: CompareSettings, between: string): AverageRequest | null {
	if (!reference?.toLowerCase().startsWith(AVERAGE)) return average;
	if (between === "country") return averageRequest(reference.slice(AVERAGE.length));
	throw new UserError("an average is a reference only between countries", {
		hint: say`say ${option("between", "country")}, or ${option("average")} for the average of the differences`,
	});
}

/** Compares items of the same teachers, topic by topic, or across topics if items of several are named. */
function betweenItems(
	figures: readonly Figured[],
	averages: readonly Figured[],
	sample: Sample,
	settings: CompareSettings,
): ComparisonRow[] {
	const rule: Rule = {
		sample: { estimator: sample.tabulated.estimator, degreesOfFreedom: (_, { df }) => df },
	};
	const pooled = averages.filter(({ theta }) => theta !== undefined);
	const sets = itemSets([...figures, ...pooled], settings.items.length > 0);
	const named = settings.reference?.toLowerCase();
	const fitting = named === undefined ? sets : sets.filter((bundles) => levelsOf(bundles).includes(named));
	const chosen = fitting.length > 0 ? fitting : sets.slice(0, 1);
	return chosen.flatMap((bundles) =>
		comparePairs(bundles, ITEM, choosePairs(levelsOf(bundles), "items", settings), rule, settings),
	);
}

/** Items as sides of comparisons, within a topic and across topics. */
function itemsOf(figures: readonly Figured[]): string[] {
	return figures.flatMap(({ estimate: { topic, item } }) => [item, `${topic}:${item}`]);
}

function betweenGroups(
	figures: readonly Figured[],
	{ averages, figures: averaged }: AveragesAdded,
	sample: Sample,
	settings: CompareSettings,
	id: string,
): ComparisonRow[] {
	const { reference, pairs: all } = settings;
	const parts = countryParts(partsOfSystems(sample.codebook), () => figures);
	if (id === "country" && averages.length > 0 && all === null && (reference ?? AVERAGE).includes(AVERAGE)) {
		return compareWithAverage(figures, averages, sample.tabulated, settings, parts);
	}
	const pooled = averaged.filter(({ theta }) => theta !== undefined);
	const bundles = byBreakdown([...figures, ...pooled], id);
	const pairs = choosePairs(levelsOf(byBreakdown(figures, id)), settings.between as string, settings);
	const rule = isSample(sample, id) ? { parts } : { sample: withinSample(sample, id, averages) };
	return comparePairs(bundles, id, pairs, rule, settings);
}

/** Whether a breakdown separates samples, under whatever name it was requested. */
function isSample({ codebook, question, breakdowns }: Sample, id: string): boolean {
	if (tellsSamples(id)) return true;
	const own = breakdowns.filter((breakdown) => breakdown.id === id).map(({ of }) => of);
	const columns = columnsNamed(own, question.plan.expressions);
	const ids = [codebook.ids.country, codebook.ids.population].map((name) => name?.toUpperCase());
	return columns.some((column) => ids.includes(column.toUpperCase()));
}

/** Compares replicate by replicate, with the degrees of freedom of all rows of a group, whatever their level. */
function withinSample(
	{ tabulated, groups, settings }: Sample,
	id: string,
	averages: readonly Average[],
): SampleRule & { degreesOfFreedom(group: Group): number } {
	const cells = new Map<string, Cell>();
	const put = (key: string, cell: Cell) => {
		const whole = cells.get(key) ?? new Cell(cell.layout);
		whole.merge(cell);
		cells.set(key, whole);
	};
	for (const { group, cell } of groups) put(groupKey(without(group, id)), cell);
	const pooled = new Map(
		averages.map(({ figure, members }) => {
			const group = without(figure.estimate.group, id);
			return [groupKey(group), { rest: groupKey(without(group, "country")), members }];
		}),
	);
	for (const [key, { rest, members }] of pooled) {
		for (const { group, cell } of groups) {
			const alike = groupKey(without(group, id, "country")) === rest;
			if (alike && members.has(group.country ?? "")) put(key, cell);
		}
	}
	const known = new Map<string, number>();
	return {
		estimator: tabulated.estimator,
		degreesOfFreedom(group) {
			if (settings.df !== "design") return settings.df;
			const key = groupKey(group);
			const df = known.get(key) ?? tabulated.degreesOfFreedom(cells.get(key) as Cell);
			known.set(key, df);
			return df;
		},
	};
}
