import { UserError } from "../../base/errors.js";
import { groupBy } from "../../base/group-by.js";
import { command, option, say } from "../../base/say.js";
import { familyOf, isComparable, ofCycle } from "../../codebook/definition/family.js";
import { absentSystem } from "../../codebook/definition/system-names.js";
import { type Average, member } from "../../compare/averages-of-systems.js";
import { compareTwo } from "../../compare/comparison.js";
import { fromCombined, independent } from "../../compare/difference.js";
import { combined, type Figured, fromEstimate, subjectKey, without } from "../../compare/figured.js";
import { againstPublished, type SystemPart, sharesOf } from "../../estimate/combine.js";
import { estimateOf } from "../../published/estimates.js";
import { type PublishedRow, systemsNamed } from "../../published/load.js";
import { groupKey } from "../../results/group-key.js";
import type { ComparisonRow, EstimateRow, Group, Note } from "../../results/result-set.js";
import { SAMPLES } from "../../results/samples.js";
import type { Benchmark } from "../../settings/rates.js";
import { loadLocale } from "../../wording/locale.js";
import { OWN_SIDE } from "../result/codebook-labels.js";
import { benchmarkWords, makeNote } from "../result/notes.js";
import type { Sample } from "../survey/sample.js";
import { type PublishedCycle, publishedCycle } from "./published-cycles.js";

export interface BenchmarksAdded {
	estimates: EstimateRow[];
	comparisons: ComparisonRow[];
	notes: Note[];
	/** Values that each side of a comparison can take. */
	sides: Record<string, readonly string[]>;
}

/**
 * Sets published figures next to the sample's own and tests each as an independent sample. Averages of the same cycle
 * and level that contain the sample's country are tested as part and whole. Figures of another cycle are tested only if
 * the item has kept its meaning. The sample's own system in its own cycle is skipped: it is the same sample.
 * @throws UserError for a cycle or system without published figures.
 */
export function addBenchmarks(
	sample: Sample,
	own: readonly Figured[],
	averages: readonly Average[],
): BenchmarksAdded {
	const { settings } = sample;
	const added: BenchmarksAdded = { estimates: [], comparisons: [], notes: [], sides: {} };
	if (settings.benchmark.length === 0) return added;
	const figures = [
		...own.map((figure): OwnFigure => ({ figure })),
		...averages.map((average): OwnFigure => ({ figure: average.figure, average })),
	];
	const ids = settings.benchmark.map((one) => addBenchmark(sample, figures, one, added));
	const countries = figures.flatMap(({ figure }) => figure.estimate.group.country ?? []);
	added.sides = { benchmark: [...countries, OWN_SIDE, ...ids] };
	const words = benchmarkWords(sample.codebook, settings.benchmark);
	const note = makeNote(loadLocale(settings.language));
	added.notes.push(note("benchmark-source", {}, undefined, words));
	const within = memberOfTotals(sample, added.comparisons);
	if (within.length > 0) added.notes.push(note("benchmark-total-tested", { members: within.join(", ") }));
	added.comparisons = [...groupBy(added.comparisons, subjectKey).values()].flat();
	return added;
}

/** A figure of the sample and, for an average, its members. */
interface OwnFigure {
	figure: Figured;
	average?: Average;
}

function addBenchmark(
	sample: Sample,
	figures: readonly OwnFigure[],
	benchmark: Benchmark,
	added: BenchmarksAdded,
): string {
	const { settings } = sample;
	const there = publishedCycle(familyOf(sample.codebook), benchmark.cycle);
	const { rows, system } = rowsFor(benchmark, there);
	const published = new Map(rows.toReversed().map((row) => [keyOf(row, row.population, row.group), row]));
	const id = `${system}@${benchmark.cycle}`;
	const seen = new Set<string>();
	const counted = memberCounts(there);
	for (const own of figures) {
		const { estimate } = own.figure;
		const rest = without(estimate.group, ...SAMPLES);
		const row = published.get(keyOf(estimate, populationOf(sample, estimate, there), rest));
		if (row === undefined) continue;
		const group = without(estimate.group, "country");
		const beside = estimateOf(row, null, { country: id, ...group }, settings, there.figures.symbols);
		const key = subjectKey(beside) + groupKey(group);
		if (!seen.has(key)) added.estimates.push(beside);
		seen.add(key);
		const whole = wholeOf(sample, own, row, there, counted);
		added.comparisons.push(tested(sample, own, beside, id, benchmark, group, whole));
	}
	if (seen.size === 0) {
		throw new UserError(`nothing published for ${id} matches what is asked`, {
			hint: say`${command("published with", "published")} ${option("countries", system)} ${option("cycle", String(benchmark.cycle))} shows what there is`,
		});
	}
	return id;
}

/** What a published figure and a sample's figure must have in common. */
function keyOf(
	{ topic, item, base, statistic }: Pick<EstimateRow, "topic" | "item" | "base" | "statistic">,
	population: string,
	group: Group,
): string {
	return JSON.stringify([topic, item, base, statistic, population, groupKey(group)]);
}

function tested(
	{ codebook, settings }: Sample,
	{ figure: a, average }: OwnFigure,
	beside: EstimateRow,
	id: string,
	{ cycle, system }: Benchmark,
	group: EstimateRow["group"],
	whole: Whole | null,
): ComparisonRow {
	const own = a.estimate.group.country ?? OWN_SIDE;
	const b = fromEstimate(beside);
	const [later, earlier] = cycle > codebook.cycle ? [cycle, codebook.cycle] : [codebook.cycle, cycle];
	const comparable = later === earlier || isComparable(ofCycle(codebook, later), earlier, a.estimate);
	const row = compareTwo(
		{
			a,
			b,
			group,
			between: { variable: "benchmark", a: own, b: id },
			kind:
				(own === system.toUpperCase() && cycle === codebook.cycle) || whole?.parts === null
					? "same-data"
					: whole === null
						? "independent"
						: "part-whole",
			comparable,
			difference: () =>
				whole === null
					? independent(combined(a), combined(b))
					: fromCombined(againstPublished(whole.parts ?? [], combined(b), whole.members)),
		},
		settings,
	);
	if (whole === null) return row;
	const { members, within } = whole;
	return { ...row, members, ...(average === undefined ? {} : { within }) };
}

/** A published mean that contains the figure's own system, or systems of its average. */
interface Whole {
	/** Number of systems in the mean. */
	members: number;
	/** Those of them that the figure also contains. */
	within: readonly string[];
	/** The systems in the figure; null if no test is possible because the systems are the same or pooled. */
	parts: readonly SystemPart[] | null;
}

/**
 * Systems tested against a published total of their own cycle that contains them. Their share of the total is unknown.
 */
function memberOfTotals({ codebook, populations }: Sample, comparisons: readonly ComparisonRow[]): string[] {
	const { totals = {}, mainPopulation = "" } = codebook.publisher ?? {};
	const found = comparisons.flatMap(({ between: { a, b }, group, p }) => {
		const [total = "", cycle] = b.split("@");
		const id = totals[total] ?? totals[`${total}-total`];
		const level = group.population ?? populations[0] ?? mainPopulation;
		const members = codebook.averages?.[id ?? ""]?.members[level] ?? [];
		return p !== null && Number(cycle) === codebook.cycle && members.includes(a) ? [a] : [];
	});
	return [...new Set(found)].sort();
}

/** Number of an average's members with a published figure; the average's own number counts the whole table. */
type MemberCount = (row: PublishedRow, members: readonly string[]) => number;

function memberCounts({ rows }: PublishedCycle): MemberCount {
	const alike = ({ population, group, ...row }: PublishedRow) => keyOf(row, population, group);
	const published = groupBy(
		rows.filter(({ estimate }) => estimate !== null),
		alike,
	);
	return (row, members) =>
		published.get(alike(row))?.filter(({ system }) => members.includes(system)).length ?? 0;
}

/** The published mean, of one cycle and level, that contains the figure's own systems; null if none does. */
function wholeOf(
	{ codebook }: Sample,
	{ figure, average }: OwnFigure,
	row: PublishedRow,
	there: PublishedCycle,
	counted: MemberCount,
): Whole | null {
	const [, id = ""] = /^average:(.+)-\d+$/.exec(row.system) ?? [];
	const all = there.codebook.averages?.[id]?.members[row.population] ?? [];
	const own = average?.members ?? new Map([[figure.estimate.group.country ?? "", figure]]);
	const within = [...own.keys()].filter((country) => all.includes(country));
	if (there.codebook.cycle !== codebook.cycle || within.length === 0) return null;
	const members = counted(row, all);
	const isWhole = within.length === members || average?.kind === "pooled";
	return { members, within, parts: isWhole ? null : partsOf(own, within, average?.kind) };
}

function partsOf(
	own: ReadonlyMap<string, Figured>,
	within: readonly string[],
	kind: Average["kind"] | undefined,
): SystemPart[] {
	const figures = [...own.values()].filter(({ hidden }) => !hidden).map(member);
	const shares = sharesOf(figures, kind === "weighted" ? kind : "simple");
	const codes = [...own.keys()];
	return figures.map((figure, place) => ({
		...figure,
		share: shares[place] as number,
		isWithin: within.includes(codes[place] as string),
	}));
}

/** If the file does not tell its population, the survey's main population, or the only one. */
function populationOf(
	{ codebook, populations }: Sample,
	{ group }: EstimateRow,
	there: PublishedCycle,
): string {
	const own = group.population ?? (populations.length === 1 ? populations[0] : undefined);
	const [only = ""] = Object.keys(there.figures.tables);
	return own ?? codebook.publisher?.mainPopulation ?? only;
}

/** @throws UserError for a system without published figures. */
function rowsFor(
	{ system, cycle }: Benchmark,
	{ rows: all, codebook }: PublishedCycle,
): { rows: PublishedRow[]; system: string } {
	const systems = [...new Set(all.map((row) => row.system))];
	const word = system.toLowerCase();
	const named = systemsNamed(systems, (word === "all" ? codebook.publisher?.ownAverage : undefined) ?? word);
	const [first] = named;
	if (first === undefined) {
		throw new UserError(`there are no published figures of "${system}" in ${cycle}`, {
			hint: absentSystem(system, systems, codebook),
		});
	}
	// The number of members differs between tables, so a kind of average stands for all of them.
	const exact = first.toLowerCase() === word;
	return { rows: all.filter((row) => named.includes(row.system)), system: exact ? first : word };
}
