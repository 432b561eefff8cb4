import { entryOf } from "../../base/entry-of.js";
import { groupBy } from "../../base/group-by.js";
import type { Remark } from "../../base/remark.js";
import { ofCycle } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { knowsValue } from "../../codebook/meaning/breakdown.js";
import type { Condition } from "../../codebook/meaning/condition.js";
import type { SelectedItem } from "../../codebook/meaning/select-items.js";
import type { PlannedGroup } from "../../codebook/plan/plan.js";
import type { Inference } from "../../codebook/recode/empty-cells.js";
import type { RecodeReport } from "../../codebook/recode/recoder.js";
import type { Unasked } from "../../codebook/recognise/columns-not-asked.js";
import { type Design, isReplicated } from "../../design/method.js";
import type { Measured } from "../../estimate/estimates.js";
import { replicateSums } from "../../estimate/margin.js";
import { columnIndex } from "../../read/columns/column-names.js";
import { shownMark } from "../../results/caution-marks.js";
import { type EstimateRow, type Group, type Note, TOTAL } from "../../results/result-set.js";
import { SAMPLES } from "../../results/samples.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { GroupCell } from "../../tabulate/groups.js";
import { type Language, type Locale, loadLocale } from "../../wording/locale.js";
import { breakdownLabel } from "./codebook-labels.js";
import { wordsFor } from "./words-for.js";

/** Observations of a run that its reader must know. */
export interface RunFindings {
	codebook: Codebook;
	settings: RatesSettings;
	design: Design;
	synthetic: boolean;
	absent: readonly SelectedItem[];
	/** Items with figures. */
	used: readonly SelectedItem[];
	/** How empty cells were interpreted. */
	inferences: ReadonlySet<Inference>;
	/** Systems that groups of several countries leave out because another system repeats their rows. */
	countedOnce: readonly string[];
	/** Systems with the publisher's caution mark, by mark. */
	cautions: ReadonlyMap<string, readonly string[]>;
	groups: readonly GroupCell[];
	/** Whether pooled systems have equal weight. */
	alike: boolean;
	breakdowns: readonly PlannedGroup[];
	conditions: readonly Condition[];
	report: RecodeReport;
	/** Name of each wanted column, by slot. */
	columnName(slot: number): string;
	measured: readonly Measured[];
	/** Figures with empty replicates. */
	dropped: readonly Measured[];
	hasSchools: boolean;
	/** Header of all files together. */
	columns: readonly string[];
	/** Files of teachers. */
	files: number;
	/** Items missing from some files, by file. */
	unasked: Unasked;
	/** Assumptions made while reading the files. */
	remarks: readonly (Remark & { file: string })[];
	/** Teachers whose school is in no file of schools. */
	schools: { files: string; teachers: number; of: number; schools: number } | null;
}

/** Notes in the run's language, the most important first. */
export function notesOf(findings: RunFindings, locale: Locale): Note[] {
	const make = makeNote(locale);
	const note: MakeNote = (code, detail = {}, group, words = {}) =>
		make(code, detail, group, { ...wordsFor(code, detail, findings.codebook, locale.language), ...words });
	return [
		...(findings.synthetic ? [note("synthetic-data")] : []),
		...findings.remarks.map(({ code, ...detail }) => note(code, detail)),
		...designNotes(findings, note),
		...replicateNotes(findings, note),
		...pooledNotes(findings, note),
		...untoldNotes(findings, note),
		...systemNotes(findings, note, locale),
		...foundNotes(findings, note, locale),
		...columnNotes(findings, note),
		...rowNotes(findings, note, locale),
		...lostNotes(findings, note, locale),
		...valueNotes(findings, note, locale),
		...ruleNotes(findings, note),
		...droppedNotes(findings, note),
	];
}

/** How notes refer to the publisher. */
export function publisherWords(
	codebook: Pick<Codebook, "publisher"> | undefined,
	language: Language,
): { publisher: string } {
	const name = codebook?.publisher?.name;
	return {
		publisher:
			name === undefined ? loadLocale(language).text("publisher.unnamed") : inLanguage(name, language),
	};
}

/** How notes refer to benchmark figures: by their sources, in the citation form these require. */
export function benchmarkWords(
	codebook: Codebook,
	benchmarks: readonly { cycle: number }[] = [],
): { source?: string } {
	const sources = benchmarks.flatMap(
		({ cycle }) => ofCycle(codebook, cycle)?.publisher?.figures?.source ?? [],
	);
	return sources.length === 0 ? {} : { source: [...new Set(sources)].join("; ") };
}

/** Creates notes in a language from the texts under `note.CODE`. */
export function makeNote(locale: Locale): MakeNote {
	return (code, detail = {}, group, words = {}) => ({
		code,
		text: locale.text(`note.${code}`, { ...detail, ...words }),
		...(group === undefined ? {} : { group }),
		...(Object.keys(detail).length === 0 ? {} : { detail }),
	});
}

/** Facts of a note are ids and numbers; if its text needs names, `words` supplies them. */
export type MakeNote = (
	code: string,
	detail?: Record<string, string | number>,
	group?: Group,
	words?: Record<string, string>,
) => Note;

/** Notes on what affects the meaning of standard errors. */
function designNotes({ codebook: { rowsAre }, design: { definition } }: RunFindings, note: MakeNote): Note[] {
	if (rowsAre === "schools") return [note("of-schools", { weight: definition.weight ?? "" })];
	if (definition.method === "weights-only") return [note("weights-only")];
	const unweighted = definition.weight === undefined ? [note("unweighted")] : [];
	if (definition.method === "simple") return unweighted;
	if (definition.method !== "taylor") return [];
	const { lonelyPsu = "fail", strata, psu } = definition;
	return [
		...unweighted,
		...(strata === undefined && psu === undefined ? [note("no-clusters")] : []),
		...(lonelyPsu === "fail" ? [] : [note("lonely-psu", { rule: lonelyPsu })]),
	];
}

/**
 * Tolerated deviation of the mean replicate sum from the sum of the weight. A weight that was rescaled without its
 * replicates deviates more.
 */
const FURTHEST = 0.25;

/** Replicate weights that cannot belong to the weight, because their sums differ. */
function replicateNotes({ design: { definition }, groups }: RunFindings, note: MakeNote): Note[] {
	if (!isReplicated(definition)) return [];
	const { weight, replicates } = replicateSums(groups.map(({ cell }) => cell));
	if (weight === 0 || Math.abs(replicates / weight - 1) <= FURTHEST) return [];
	const percent = Math.round((100 * replicates) / weight);
	return [note("replicates-off", { weight: definition.weight ?? "", percent })];
}

/** Pooled values: one statement for all groups, otherwise with the groups in brackets. */
function pooledNotes({ groups, alike }: RunFindings, note: MakeNote): Note[] {
	return SAMPLES.flatMap((id) => {
		const pooled = groups.flatMap(({ group, pooled }) => {
			const values = (pooled[id] ?? []).filter((value) => value !== "");
			return values.length > 1 ? [{ group, values }] : [];
		});
		if (pooled.length === 0) return [];
		const same = [...groupBy(pooled, ({ values }) => values.join(", "))];
		const isOne = same.length === 1 && pooled.length === groups.length;
		const listed = same.map(([values, of]) =>
			isOne ? values : `${values} (${of.map(({ group }) => valuesOf(group)).join(", ")})`,
		);
		const count = new Set(pooled.flatMap(({ values }) => values)).size;
		const countries = alike ? "countries-alike" : "countries-pooled";
		const code = id === "population" ? "populations-pooled" : countries;
		return [note(code, { values: listed.join("; "), count })];
	});
}

function droppedNotes({ dropped }: RunFindings, note: MakeNote): Note[] {
	const items = dropped.map((one) => `${rowName(one.estimate)} (${one.dropped})`);
	return items.length === 0 ? [] : [note("replicates-dropped", { items: items.join(", ") })];
}

/** A row's name in lists of notes. */
export function rowName({ topic, item, group }: Pick<EstimateRow, "topic" | "item" | "group">): string {
	return [`${topic}:${item}`, valuesOf(group)].join(" ").trim();
}

function valuesOf(group: Group): string {
	return Object.values(group).join(" ");
}

/** Possible pooling or double counting that cannot be checked because columns are absent. */
function untoldNotes({ codebook: { groups, ids }, columns, files }: RunFindings, note: MakeNote): Note[] {
	const lacks = (name: string | undefined): name is string =>
		name !== undefined && columnIndex(columns, name) === undefined;
	const { variable } = groups.population ?? {};
	return [
		...(lacks(variable) ? [note("population-unknown", { column: variable })] : []),
		...(files > 1 && lacks(ids.teacher) ? [note("teachers-unknown", { column: ids.teacher })] : []),
	];
}

/** Notes on the systems shown. */
function systemNotes(
	{ countedOnce, cautions, codebook }: RunFindings,
	note: MakeNote,
	locale: Locale,
): Note[] {
	return [
		...(countedOnce.length === 0 ? [] : [note("counted-once", { systems: countedOnce.join(", ") })]),
		...cautionNotesOf(cautions, codebook, locale),
	];
}

/** What caution marks mean and which systems have them, in the codebook's words if it has any. */
export function cautionNotesOf(
	cautions: RunFindings["cautions"],
	codebook: Codebook | undefined,
	locale: Locale,
): Note[] {
	return [...cautions].map(([mark, codes]) => {
		const detail = { mark: shownMark(mark), systems: codes.join(", ") };
		const reason = codebook?.cautions?.[mark];
		const names = wordsFor("caution", detail, codebook, locale.language);
		if (reason === undefined) {
			const words = { ...names, ...publisherWords(codebook, locale.language) };
			return makeNote(locale)("caution", detail, undefined, words);
		}
		const text = locale.text("note.caution-declared", {
			...detail,
			...names,
			reason: inLanguage(reason, locale.language),
		});
		return { code: "caution-declared", text, detail };
	});
}

/** Columns that were found by a word search. */
function foundNotes(findings: RunFindings, note: MakeNote, locale: Locale): Note[] {
	const byWords = [...findings.breakdowns, ...findings.conditions].flatMap(({ id, found }) =>
		found === undefined ? [] : [[found.words, { id, found }] as const],
	);
	return [...new Map(byWords).values()].map(({ id, found }) =>
		note("column-by-words", found, undefined, { label: nameIn(findings, id, locale).breakdown }),
	);
}

/** How certain the meaning of columns is, and how their empty cells were interpreted. */
function columnNotes({ codebook, used, breakdowns, inferences }: RunFindings, note: MakeNote): Note[] {
	const unsure = [
		...used.flatMap(({ item }) => (item === undefined ? [] : [item])),
		...breakdowns.flatMap(
			({ id, confidence }) => entryOf(codebook.groups, id) ?? { variable: id, confidence },
		),
	].filter(({ confidence }) => confidence !== undefined);
	return [
		...(["low", "medium"] as const).flatMap((level) => {
			const columns = [
				...new Set(unsure.filter(({ confidence }) => confidence === level).map(({ variable }) => variable)),
			];
			return columns.length === 0
				? []
				: [note(`confidence-${level}`, { columns: columns.join(", "), count: columns.length })];
		}),
		...(["form", "answers", "population", "routing"] as const)
			.filter((inference) => inferences.has(inference))
			.map((inference) => note(`empty-${inference}`, { column: codebook.forms?.variable ?? "" })),
	];
}

/** The name of a breakdown, for the text of a note. */
function nameIn({ codebook, breakdowns }: RunFindings, id: string, { language }: Locale) {
	const { named } = breakdowns.find((breakdown) => breakdown.id === id) ?? {};
	return { breakdown: breakdownLabel(codebook, id, language) ?? (named?.label || id) };
}

function rowNotes(findings: RunFindings, note: MakeNote, locale: Locale): Note[] {
	const { report, absent, columnName, unasked, schools, settings } = findings;
	const { withoutWeight, withoutValue, unknown } = report;
	return [
		...(absent.length === 0
			? []
			: [
					note("items-absent", {
						items: absent.map(({ topic, key }) => `${topic}:${key}`).join(", "),
						count: absent.length,
					}),
				]),
		...[...unasked].map(([file, columns]) =>
			note("columns-unasked", { file, columns: columns.join(", "), count: columns.length }),
		),
		...(schools === null ? [] : [note("schools-absent", { ...schools })]),
		...(withoutWeight === 0 ? [] : [note("rows-without-weight", { rows: withoutWeight })]),
		...[...withoutValue].map(([breakdown, rows]) =>
			note("rows-without-value", { breakdown, rows }, undefined, nameIn(findings, breakdown, locale)),
		),
		...(settings.total && withoutValue.size > 0 ? [note("total-with-values", {})] : []),
		...[...report.vanished()].map(([breakdown, systems]) =>
			note(
				"systems-without-value",
				{ breakdown, systems: systems.join(", "), count: systems.length },
				undefined,
				nameIn(findings, breakdown, locale),
			),
		),
		...unknownNotes(unknown.list(), columnName, note),
	];
}

function unknownNotes(
	unknown: readonly { slot: number; code: string; rows: number }[],
	columnName: RunFindings["columnName"],
	note: MakeNote,
): Note[] {
	if (unknown.length === 0) return [];
	const codes = unknown.map(({ slot, code, rows }) => `${columnName(slot)} ${code} (${rows})`);
	const rows = unknown.reduce((sum, one) => sum + one.rows, 0);
	return [note("unknown-codes", { codes: codes.join(", "), count: codes.length, rows })];
}

/** From this share of those asked, in percent, a note says that they left a multiple-answer question empty. */
const LOST = 5;

/** Multiple-answer questions whose empty cells may mean that none applies. */
function lostNotes({ codebook, used, measured }: RunFindings, note: MakeNote, locale: Locale): Note[] {
	const lists = used.filter(({ topic, item }) => {
		const name = item?.answers ?? entryOf(codebook.topics, topic)?.answers;
		const answers = name === undefined ? undefined : entryOf(codebook.answers, name);
		return answers?.separator !== undefined && answers.empty === undefined;
	});
	return [...new Set(lists.map(({ topic }) => topic))].flatMap((topic) => {
		const coverages = measured.flatMap(({ estimate }) =>
			estimate.topic === topic && typeof estimate.coverage === "number" ? [estimate.coverage] : [],
		);
		const lost = 100 - Math.min(100, ...coverages);
		if (lost <= LOST) return [];
		const percent = Math.round(10 * lost) / 10;
		return [note("answers-lost", { topic, percent }, undefined, { percent: locale.number(percent, 1) })];
	});
}

function valueNotes(findings: RunFindings, note: MakeNote, locale: Locale): Note[] {
	const { groups, breakdowns, codebook } = findings;
	return breakdowns.flatMap((breakdown) => {
		if (breakdown.values !== null || entryOf(codebook.groups, breakdown.id) === undefined) return [];
		const values = [...new Set(groups.map(({ group }) => group[breakdown.id] ?? ""))].filter(
			(value) => value !== "",
		);
		const unknown = values.filter((value) => value !== TOTAL && !knowsValue(codebook, breakdown.id, value));
		return unknown.length === 0
			? []
			: [
					note(
						"unknown-values",
						{ breakdown: breakdown.id, values: unknown.join(", ") },
						undefined,
						nameIn(findings, breakdown.id, locale),
					),
				];
	});
}

function ruleNotes({ codebook, settings, hasSchools }: RunFindings, note: MakeNote): Note[] {
	const { suppression } = codebook;
	if (suppression === undefined && settings.suppress !== "nces") return [note("no-suppression-rule")];
	return [
		...(settings.suppress === "nces" ? [note("suppression-nces")] : []),
		...(settings.suppress === "none" ? [note("suppression-off")] : []),
		...(hasSchools || (codebook.ids.school === undefined && suppression?.schools === 0)
			? []
			: [note("no-school-column", { column: codebook.ids.school ?? "ids.school" })]),
	];
}
