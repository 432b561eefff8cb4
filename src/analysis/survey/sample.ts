import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { groupBy } from "../../base/group-by.js";
import type { Remark } from "../../base/remark.js";
import { option, say } from "../../base/say.js";
import { partBeside } from "../../codebook/definition/memberships.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { SelectedItem } from "../../codebook/meaning/select-items.js";
import { FIRST_COUNT } from "../../codebook/meaning/states.js";
import type { PlannedGroup } from "../../codebook/plan/plan.js";
import type { Question } from "../../codebook/plan/scope.js";
import type { Unasked } from "../../codebook/recognise/columns-not-asked.js";
import type { Design } from "../../design/method.js";
import { type EstimationOptions, estimateAll, type Measured } from "../../estimate/estimates.js";
import type { Quantiles, TabulatedVariable } from "../../estimate/figures.js";
import { NCES_RULE, type SuppressionRule } from "../../estimate/reliability.js";
import { groupKey } from "../../results/group-key.js";
import { type SourceFile, TOTAL } from "../../results/result-set.js";
import type { RatesSettings } from "../../settings/rates.js";
import { type GroupCell, regroup } from "../../tabulate/groups.js";
import type { Collector, Tabulated } from "../../tabulate/run.js";
import type { Planned } from "./planned.js";
import type { Unmatched } from "./schools.js";

/** Survey data read for one question: everything that estimates need. */
export interface Sample<Q extends Question = Question, S extends RatesSettings = RatesSettings> {
	settings: S;
	codebook: Codebook;
	columns: readonly string[];
	/** The columns that were read, in block order. */
	read: readonly string[];
	design: Design;
	question: Q;
	tabulated: Tabulated;
	/** The collector of rows, if the question needs one. */
	collector: Collector | undefined;
	/**
	 * The files. The SHA-256 of teachers' files is added to the answers later, because it may take longer than they do.
	 */
	source: SourceFile[];
	groups: GroupCell[];
	/** The breakdowns of the groups. */
	breakdowns: readonly PlannedGroup[];
	/** Populations of the teachers, if the file tells. */
	populations: string[];
	/** Systems left out when countries are pooled, because another system repeats their teachers. */
	countedOnce: string[];
	hasSchools: boolean;
	/** Number of files of teachers. */
	teacherFiles: number;
	/** Items missing from some files. */
	unasked: Unasked;
	/** Assumptions made while reading the files. */
	remarks: readonly (Remark & { file: string })[];
	/** Teachers whose school is in no file of schools, if something was looked up there. */
	schools: Unmatched | null;
}

/** The data read for one question, by its plan. */
export function sampleOf(
	{ opened, design, sources, unasked, slots }: Planned,
	read: Pick<Sample, "settings" | "question" | "tabulated" | "collector" | "source">,
): Sample {
	const { codebook, header, schools } = opened;
	const { settings, question, tabulated, collector, source } = read;
	const { plan } = question;
	const twice = repeatedGroups(tabulated, plan.groups, codebook);
	const groups = groupCells(tabulated, question, settings.total, new Set(twice.keys()));
	return {
		settings,
		codebook,
		columns: header.columns,
		read: slots.columns,
		design,
		question,
		tabulated,
		collector,
		source,
		groups,
		breakdowns: plan.groups.filter(({ id }) => groups.some(({ group }) => id in group)),
		populations: populationsOf(tabulated, plan.groups),
		countedOnce: poolsCountries(groups) ? [...new Set(twice.values())].sort() : [],
		hasSchools: plan.school.length > 0,
		teacherFiles: sources.length,
		unasked,
		remarks: sources.flatMap(({ name, remarks }) =>
			(remarks?.() ?? []).map((one) => ({ ...one, file: name })),
		),
		schools: schools?.unmatched(question) ?? null,
	};
}

/**
 * Cells of the requested groups. A population that nobody requested becomes a breakdown only if the file mixes several.
 */
function groupCells(
	{ cells, report }: Tabulated,
	{ plan }: Question,
	total: boolean,
	repeated: ReadonlySet<number>,
): GroupCell[] {
	if (cells.size === 0) {
		throw new UserError("no row has a weight above 0 and a value in every breakdown asked for", {
			hint: say`ask for other groups with ${option("by")}`,
		});
	}
	const { groups } = plan;
	const population = groups.findIndex(({ id }) => id === "population");
	const numbers = [...cells.keys()];
	// For a breakdown that nobody requested.
	const hasOneValue = (place: number) =>
		groups[place]?.role === "standard" &&
		new Set(numbers.map((number) => report.valuesOf(number)[place])).size === 1;
	const by = [...groups.keys()].filter(
		(place) => groups[place]?.role !== "pooled" && !(place === population && hasOneValue(place)),
	);
	// Compared levels stay separate even when all other groups are pooled.
	const apart = by.filter((place) => groups[place]?.role !== "compared");
	// A single country needs no total over countries.
	const several = apart.filter((place) => !hasOneValue(place));
	return regroup(cells, {
		breakdowns: groups,
		by,
		valuesOf: report.valuesOf,
		totals: !total ? [] : several.length > 0 ? several : apart,
		repeated,
	});
}

/** Groups of systems whose teachers the data repeat as part of another system at the same level. */
function repeatedGroups(
	{ cells, report }: Tabulated,
	breakdowns: readonly PlannedGroup[],
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

/** Whether some group combines several countries, or all of them. */
function poolsCountries(groups: readonly GroupCell[]): boolean {
	return groups.some(({ group }) => group.country === undefined || group.country === TOTAL);
}

function populationsOf({ cells, report }: Tabulated, breakdowns: readonly PlannedGroup[]): string[] {
	const place = breakdowns.findIndex(({ id }) => id === "population");
	if (place < 0) return [];
	const met = [...cells.keys()].map((number) => report.valuesOf(number)[place] as string);
	return [...new Set(met)].filter((value) => value !== "").sort();
}

/** The suppression rule; null if nothing is hidden. */
export function ruleOf({
	settings,
	codebook,
}: Pick<Sample, "settings" | "codebook">): SuppressionRule | null {
	return settings.suppress === "nces" ? NCES_RULE : (codebook.suppression ?? null);
}

/** Items with their positions in the tables. */
export function tabulatedItems({
	question,
	tabulated,
}: Pick<Sample, "question" | "tabulated">): (SelectedItem & { tabulated: TabulatedVariable })[] {
	const at = (index: number): TabulatedVariable => {
		const { size, values } = tabulated.variables[index] as Tabulated["variables"][number];
		const isCount = Number.isFinite(size);
		const states = isCount ? size : FIRST_COUNT + (values?.length ?? 0);
		return { index, values: values as number[] | null, states, isCount };
	};
	return question.items.map((item, index) => {
		const per = item.per === undefined ? {} : { per: at(item.per) };
		return { ...item, tabulated: { ...at(index), ...per } };
	});
}

/** All figures of a sample. */
export function measure(sample: Sample, quantiles: Quantiles | null = null): Measured[] {
	const marks = new Map(
		sample.groups.map((cell) => [groupKey(cell.group), cautionOf(sample, cell)?.marks.join("")]),
	);
	return measureCells(sample, sample.groups, quantiles).map((one) => {
		const flag = marks.get(groupKey(one.estimate.group));
		return flag === undefined ? one : { ...one, estimate: { ...one.estimate, flag } };
	});
}

/** Systems with the publisher's caution mark at the level shown, by mark. */
export function cautions(sample: Sample): Map<string, string[]> {
	const found = sample.groups.flatMap((cell) => {
		const { system = "", marks = [] } = cautionOf(sample, cell) ?? {};
		return marks.map((mark) => ({ system, mark }));
	});
	return new Map(
		[...groupBy(found, ({ mark }) => mark)].map(([mark, systems]) => [
			mark,
			[...new Set(systems.map(({ system }) => system))].sort(),
		]),
	);
}

/** Caution marks of a group with a single system and level: from the codebook and from its rows. */
export function cautionOf(
	{ codebook, populations }: Sample,
	{ group, pooled }: GroupCell,
): { system: string; marks: string[] } | undefined {
	const only = (values: readonly string[] = []) => (values.length === 1 ? values[0] : undefined);
	const system = group.country ?? only(pooled.country) ?? "";
	const population = group.population ?? only(pooled.population) ?? only(populations) ?? "";
	const caution = entryOf(codebook.systems, system)?.caution;
	const declared = caution?.[population] ?? caution?.all;
	const marks = [declared, ...valueMarks(codebook, group, pooled)].filter((mark) => mark !== undefined);
	return system === "" || marks.length === 0 ? undefined : { system, marks: [...new Set(marks)] };
}

/** Marks that a system gets from values in its rows, such as a poor data quality rating. */
function valueMarks({ groups }: Codebook, group: GroupCell["group"], pooled: GroupCell["pooled"]): string[] {
	return Object.entries(groups).flatMap(([id, { values }]) => {
		if (values === "systems") return [];
		const met = [group[id] ?? [], pooled[id] ?? []].flat();
		return met.flatMap((value) => entryOf(values, value)?.caution ?? []);
	});
}

/** All figures of cells, from a sample or combined from it. */
export function measureCells(
	sample: Sample,
	groups: readonly Pick<GroupCell, "group" | "cell">[],
	quantiles: Quantiles | null,
): Measured[] {
	const { tabulated, settings, hasSchools } = sample;
	const options: EstimationOptions = {
		estimator: tabulated.estimator,
		degreesOfFreedom: tabulated.degreesOfFreedom,
		rule: ruleOf(sample),
		hasSchools,
		settings,
		quantiles,
	};
	return estimateAll(groups, tabulatedItems(sample), options);
}
