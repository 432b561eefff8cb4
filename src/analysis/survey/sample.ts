import { UserError } from "../../base/errors.js";
import { groupBy } from "../../base/group-by.js";
import { partBeside } from "../../codebook/definition/memberships.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { Breakdown } from "../../codebook/meaning/breakdown.js";
import type { SelectedItem } from "../../codebook/meaning/select-items.js";
import type { Question } from "../../codebook/plan/scope.js";
import type { RecodePlan } from "../../codebook/recode/recoder.js";
import { chooseCodebook } from "../../codebook/recognise/choose.js";
import { type Unasked, withUnasked } from "../../codebook/recognise/columns-not-asked.js";
import { withImplied } from "../../codebook/recognise/implied-columns.js";
import { RepeatedTeachers } from "../../codebook/recognise/repeated-teachers.js";
import type { Design } from "../../design/method.js";
import { adaptDesign, resolveDesign } from "../../design/weight-columns.js";
import { type EstimationOptions, estimateAll, type Measured } from "../../estimate/estimates.js";
import type { TabulatedVariable } from "../../estimate/figures.js";
import { protect } from "../../estimate/protect.js";
import { NCES_RULE, type SuppressionRule } from "../../estimate/reliability.js";
import type { Header, Source } from "../../read/block.js";
import { ColumnPicker } from "../../read/columns/column-picker.js";
import { commonHeader } from "../../read/columns/common-header.js";
import { withLookup } from "../../read/columns/lookup-table.js";
import type { AnalysisContext } from "../../read/context.js";
import { groupKey } from "../../results/group-key.js";
import { type SourceFile, TOTAL } from "../../results/result-set.js";
import type { RatesSettings } from "../../settings/rates.js";
import { type GroupCell, regroup } from "../../tabulate/groups.js";
import { type Tabulated, tabulateSources } from "../../tabulate/run.js";
import { loadLocale } from "../../wording/locale.js";
import { close, openSurvey, type SurveyFiles } from "./open-survey.js";
import { hashesOf, sourceFiles } from "./provenance.js";
import { rejectOtherSchools, rejectOtherSurveys, rejectTwins, rejectUnusable } from "./refusals.js";
import { joinSchools, type Unmatched } from "./schools.js";

/** Survey files read by one question: everything estimates are made from. */
export interface Sample<Q extends Question = Question, S extends RatesSettings = RatesSettings> {
	settings: S;
	codebook: Codebook;
	columns: readonly string[];
	design: Design;
	question: Q;
	tabulated: Tabulated;
	/** The files; the SHA-256 of those of teachers is added to the answers, as it may take longer than they do. */
	source: SourceFile[];
	groups: GroupCell[];
	/** The breakdowns that groups have. */
	breakdowns: readonly Breakdown[];
	/** Populations of the teachers asked, where the file tells. */
	populations: string[];
	/** Systems that are left out where countries are pooled, as their teachers are also there as another's. */
	countedOnce: string[];
	hasSchools: boolean;
	/** How many of the files are of teachers. */
	teacherFiles: number;
	/** Items that some of the files lack. */
	unasked: Unasked;
	/** Teachers whose schools no file of schools describes, where something was looked up there. */
	schools: Unmatched | null;
}

/** What is asked of survey files before they are opened. */
export interface SampleRequest<Q extends Question = Question, S extends RatesSettings = RatesSettings> {
	settings: S;
	/** The question, by the codebook and the header; it takes its columns from the picker. */
	plan(codebook: Codebook, header: Header, picker: ColumnPicker): Q;
}

/** Samples, and what comes of the files after them. */
export interface Taken<Q extends Question, S extends RatesSettings> {
	samples: Sample<Q, S>[];
	/** The files with their SHA-256, once that is known. */
	source(): Promise<SourceFile[]>;
	/** Lets go of the files. */
	close(): void;
}

/**
 * Opens survey files of one cycle, finds out what they are, and reads them once for all that is asked.
 * @param requests Their settings name one codebook and one design.
 * @returns A sample a request, in their order.
 * @throws UserError for anything the caller can put right.
 */
export async function takeSamples<Q extends Question, S extends RatesSettings>(
	files: readonly string[],
	requests: readonly [SampleRequest<Q, S>, ...SampleRequest<Q, S>[]],
	context: AnalysisContext,
): Promise<Taken<Q, S>> {
	const opened = await openSurvey(files, requests[0].settings, context);
	try {
		return { ...(await readSamples(opened, requests)), close: () => close(opened) };
	} catch (error) {
		close(opened);
		throw error;
	}
}

async function readSamples<Q extends Question, S extends RatesSettings>(
	{ teachers, schools: described }: SurveyFiles,
	requests: readonly [SampleRequest<Q, S>, ...SampleRequest<Q, S>[]],
): Promise<Omit<Taken<Q, S>, "close">> {
	const [{ settings: shared }] = requests;
	const first = teachers[0] as Source;
	const codebook = chooseCodebook(shared.codebook, first.columns, first.name);
	rejectOtherSurveys(teachers, codebook, shared.codebook);
	const own = teachers.map((source) => withImplied(source, codebook));
	rejectOtherSchools(described, codebook, shared.codebook);
	const schools = joinSchools(described, own, codebook);
	const named = schools === null ? own : own.map((source) => withLookup(source, schools.table));
	const header = commonHeader(named);
	const { columns } = header;
	const design = resolveDesign(columns, first.name, adaptDesign(codebook.design, shared), codebook.ids);
	const picker = new ColumnPicker();
	const questions = requests.map(({ plan }) => plan(codebook, header, picker));
	const plans = questions.map(({ plan }) => plan) as [RecodePlan, ...RecodePlan[]];
	const { sources, unasked } = withUnasked(named, columns, picker.columns, codebook);
	const repeated = sources.length > 1 ? new RepeatedTeachers(codebook, columns, picker) : null;
	const schoolFiles = (await schools?.load(columns, picker.columns)) ?? [];
	const tabulating = tabulateSources(sources, columns, plans, design, repeated?.look.bind(repeated));
	// While another thread reads the first rows.
	loadLocale(shared.language).prepare();
	const tabulated = await tabulating;
	await rejectTwins(sources);
	schools?.rejectStrangers(sources);
	const sourceWith = (hashes: readonly string[] = []) => [
		...sourceFiles(sources, tabulated[0]?.rows ?? [], codebook, hashes),
		...schoolFiles,
	];
	const samples = requests.map(({ settings }, index) => {
		const found = tabulated[index] as Tabulated;
		const question = questions[index] as Q;
		rejectUnusable(found, question, columns, settings, schools?.origin(columns));
		const { breakdowns, school } = question.plan;
		const twice = repeatedGroups(found, breakdowns, codebook);
		const groups = groupCells(found, question, settings.total, new Set(twice.keys()));
		return {
			settings,
			codebook,
			columns,
			design,
			question,
			tabulated: found,
			source: sourceWith(),
			groups,
			breakdowns: breakdowns.filter(({ id }) => groups.some(({ group }) => id in group)),
			populations: populationsOf(found, breakdowns),
			countedOnce: poolsCountries(groups) ? [...new Set(twice.values())].sort() : [],
			hasSchools: school.length > 0,
			teacherFiles: sources.length,
			unasked,
			schools: schools?.unmatched(question, columns) ?? null,
		};
	});
	return { samples, source: async () => sourceWith(await hashesOf(sources)) };
}

/** Groups asked for. A default population breakdown stays only where the file mixes populations. */
function groupCells(
	{ cells, report }: Tabulated,
	{ plan, byDefault }: Question,
	total: boolean,
	repeated: ReadonlySet<number>,
): GroupCell[] {
	if (cells.size === 0) {
		throw new UserError("no row has a value in every breakdown asked for", {
			hint: "ask for other groups with --by",
		});
	}
	const { breakdowns } = plan;
	const population = breakdowns.findIndex(({ id }) => id === "population");
	const met = new Set([...cells.keys()].map((number) => report.valuesOf(number)[population]));
	const alone = byDefault && population >= 0 && population < plan.grouped && met.size === 1;
	const grouped = breakdowns.slice(0, plan.grouped).map((_, index) => index);
	return regroup(cells, {
		breakdowns,
		by: alone ? grouped.filter((index) => index !== population) : grouped,
		valuesOf: report.valuesOf,
		total,
		repeated,
	});
}

/** Groups of systems whose teachers the data hold once more, as part of another system at the same level. */
function repeatedGroups(
	{ cells, report }: Tabulated,
	breakdowns: readonly Breakdown[],
	codebook: Codebook,
): Map<number, string> {
	const [country, population] = ["country", "population"].map((id) =>
		breakdowns.findIndex((breakdown) => breakdown.id === id),
	) as [number, number];
	if (country < 0) return new Map();
	const places = [...cells.keys()].map((number) => {
		const values = report.valuesOf(number);
		return { number, code: values[country] as string, level: values[population] ?? "" };
	});
	const levels = groupBy(places, ({ level }) => level);
	return new Map(
		[...levels.values()].flatMap((there) => {
			const codes = there.map(({ code }) => code);
			return there.flatMap(({ number, code }) =>
				partBeside(codebook, code, codes) ? [[number, code] as const] : [],
			);
		}),
	);
}

/** Whether some group holds several countries, or all there are. */
function poolsCountries(groups: readonly GroupCell[]): boolean {
	return groups.some(({ group }) => group.country === undefined || group.country === TOTAL);
}

function populationsOf({ cells, report }: Tabulated, breakdowns: readonly Breakdown[]): string[] {
	const place = breakdowns.findIndex(({ id }) => id === "population");
	if (place < 0) return [];
	const met = [...cells.keys()].map((number) => report.valuesOf(number)[place] as string);
	return [...new Set(met)].filter((value) => value !== "").sort();
}

/** The rule figures are hidden by; null where nothing is. */
function ruleOf({ settings, codebook }: Pick<Sample, "settings" | "codebook">): SuppressionRule | null {
	return settings.suppress === "nces" ? NCES_RULE : (codebook.suppression ?? null);
}

/** Items with their places in the tables. */
function tabulatedItems({ plan, items }: Question): (SelectedItem & { tabulated: TabulatedVariable })[] {
	return items.map((item, index) => {
		const id = plan.variables[index] as string;
		return {
			...item,
			tabulated: {
				index,
				values: plan.items.values(id),
				states: plan.items.statesMet(id),
				isCount: Number.isFinite(plan.items.stateCount(id)),
			},
		};
	});
}

/** All figures of a sample, protected where that is asked for. */
export function measure(sample: Sample, quantiles: readonly number[] | null = null): Measured[] {
	const marks = new Map(sample.groups.map((cell) => [groupKey(cell.group), cautionOf(sample, cell)?.mark]));
	const measured = measureCells(sample, sample.groups, quantiles).map((one) => {
		const flag = marks.get(groupKey(one.estimate.group));
		return flag === undefined ? one : { ...one, estimate: { ...one.estimate, flag } };
	});
	return sample.settings.protect ? protect(measured) : measured;
}

/** Systems that the publisher marks with a caution at the level they are shown at, by mark. */
export function cautions(sample: Sample): Map<string, string[]> {
	const found = sample.groups.flatMap((cell) => cautionOf(sample, cell) ?? []);
	return new Map(
		[...groupBy(found, ({ mark }) => mark)].map(([mark, systems]) => [
			mark,
			[...new Set(systems.map(({ system }) => system))].sort(),
		]),
	);
}

/** The caution mark of a group that is of one system and level. */
function cautionOf(
	{ codebook, populations }: Sample,
	{ group, pooled }: GroupCell,
): { system: string; mark: string } | undefined {
	const only = (values: readonly string[] = []) => (values.length === 1 ? values[0] : undefined);
	const system = group.country ?? only(pooled.country) ?? "";
	const population = group.population ?? only(pooled.population) ?? only(populations) ?? "";
	const caution = codebook.systems?.[system]?.caution;
	const mark = caution?.[population] ?? caution?.all;
	return mark === undefined ? undefined : { system, mark };
}

/** All figures of cells of a sample, or put together from it. */
export function measureCells(
	sample: Sample,
	groups: readonly Pick<GroupCell, "group" | "cell">[],
	quantiles: readonly number[] | null,
): Measured[] {
	const { tabulated, settings, hasSchools, question } = sample;
	const options: EstimationOptions = {
		estimator: tabulated.estimator,
		degreesOfFreedom: tabulated.degreesOfFreedom,
		rule: ruleOf(sample),
		hasSchools,
		settings,
		quantiles,
	};
	return estimateAll(groups, tabulatedItems(question), options);
}
