import { distanceFrom, SAME } from "../../base/distance.js";
import { subjectKey, without } from "../../compare/figured.js";
import { groupKey } from "../../results/group-key.js";
import type { ComparisonRow, Estimate, Note, ResultSet } from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import { SAMPLES } from "../../results/samples.js";
import { type MakeNote, rowName } from "../result/notes.js";

/** Settings that determine numbers; the others only affect what is shown. */
const DECIDING = [
	"where",
	"base",
	"level",
	"ci",
	"df",
	"suppress",
	"protect",
	"averageKind",
] as const satisfies readonly (keyof Settings)[];

/** How the data of two results relate: the same files, other files with identical figures, or other data. */
export type Sameness = "same-files" | "same-figures" | "other";

/** Whether results come from the same data as earlier ones, regardless of file names and formats. */
export function samenessOf(now: ResultSet, last: ResultSet): Sameness {
	const hashes = ({ source }: ResultSet) =>
		source
			.map(({ sha256 }) => sha256)
			.sort()
			.join(" ");
	if (now.source.length > 0 && hashes(now) === hashes(last)) return "same-files";
	const pairs = pairsOf(now, last);
	// Shares of 0 and 100 % have no error and may coincide in two samples.
	const telling = pairs.filter(([{ se }]) => se !== null && se > 0);
	return telling.length > 0 && pairs.every(([a, b]) => isSame(a, b) && !apart(a.n, b.n))
		? "same-figures"
		: "other";
}

/** Changes since last time other than the teachers' answers. */
export function changesOf(
	now: ResultSet,
	last: ResultSet,
	sameness: Sameness,
	pairs: readonly ComparisonRow[],
	note: MakeNote,
): Note[] {
	return [
		dataNote(now, last, sameness, pairs, note),
		...missingNote(now, last, note),
		...sizeNotes(now, last, note),
		...ruleNotes(now, last, note),
		...(sameness === "same-files" ? [figuresNote(now, last, pairs, note)] : []),
	];
}

function dataNote(
	now: ResultSet,
	last: ResultSet,
	sameness: Sameness,
	pairs: readonly ComparisonRow[],
	note: MakeNote,
): Note {
	if (sameness === "same-files") return note("baseline-same-data");
	const files = ({ source }: ResultSet) => source.map(({ file, rows }) => `${file} (${rows})`).join(", ");
	const named = { now: files(now), last: files(last) || "–" };
	return sameness === "other"
		? note("baseline-other-data", named)
		: note("baseline-saved-anew", { ...named, count: pairs.length });
}

function ruleNotes(now: ResultSet, last: ResultSet, note: MakeNote): Note[] {
	const name = ({ id, version }: ResultSet["codebook"]) => `${id} ${version}`.trim();
	const sameName = name(now.codebook) === name(last.codebook);
	const sameRules = last.codebook.rules === undefined || last.codebook.rules === now.codebook.rules;
	// Two codebooks with one name are distinguished by their rules.
	const told = ({ codebook }: ResultSet) =>
		sameName ? `${name(codebook)} (${codebook.rules?.slice(0, 8)})` : name(codebook);
	const settings = DECIDING.filter((key) => key in last.settings && differ(now, last, key));
	const design = JSON.stringify(now.design) !== JSON.stringify(last.design);
	return [
		...(sameName && sameRules ? [] : [note("baseline-other-codebook", { now: told(now), last: told(last) })]),
		...(settings.length === 0 && !design
			? []
			: [
					note("baseline-other-settings", { names: [...settings, ...(design ? ["design"] : [])].join(", ") }),
				]),
		...(now.tool.version === last.tool.version
			? []
			: [note("baseline-other-tool", { now: now.tool.version, last: last.tool.version || "–" })]),
	];
}

function differ(now: ResultSet, last: ResultSet, key: (typeof DECIDING)[number]): boolean {
	return JSON.stringify(now.settings[key] ?? null) !== JSON.stringify(last.settings[key] ?? null);
}

/** Number of missing figures that a note names. */
const MOST_NAMED = 8;

/**
 * Figures that had a number last time and are now absent or without answers; named by the item alone if all its figures
 * are gone.
 */
function missingNote(now: ResultSet, last: ResultSet, note: MakeNote): Note[] {
	const there = new Map(ownFigures(now).map((row) => [pairKey(row), row]));
	const gone = ownFigures(last).filter((row) => {
		const own = there.get(pairKey(row));
		return row.estimate !== null && (own === undefined || NO_FIGURE.includes(own.status));
	});
	if (gone.length === 0) return [];
	const left = new Set(
		[...there.values()].filter(({ status }) => !NO_FIGURE.includes(status)).map((row) => itemOf(row)),
	);
	const names = [...new Set(gone.map((row) => (left.has(itemOf(row)) ? rowName(row) : itemOf(row))))];
	const more = names.length > MOST_NAMED ? ", …" : "";
	return [
		note("baseline-figures-missing", {
			items: `${names.slice(0, MOST_NAMED).join(", ")}${more}`,
			count: gone.length,
		}),
	];
}

const NO_FIGURE: readonly Estimate["status"][] = ["no-data", "not-administered"];

function itemOf({ topic, item }: Estimate): string {
	return `${topic}:${item}`;
}

/** Largest relative change in the size of a survey that passes without a note. */
const MOST_CHANGE = 0.25;

const SIZES = { weights: "weightedN", schools: "schools", teachers: "n" } as const;

/** Samples whose sum of weights, schools or teachers changed much, judged by figures of all their teachers. */
function sizeNotes(now: ResultSet, last: ResultSet, note: MakeNote): Note[] {
	const pairs = pairsOf(now, last).filter(([{ group }]) => isWhole(group));
	return Object.entries(SIZES).flatMap(([size, field]) => {
		const largest = new Map<string, [now: number, last: number]>();
		for (const [a, b] of pairs) {
			const [own, was] = [a[field], b[field]];
			if (own === null || was === null) continue;
			const place = Object.values(a.group).join(" ");
			const [most, before] = largest.get(place) ?? [0, 0];
			largest.set(place, [Math.max(most, own), Math.max(before, was)]);
		}
		const far = [...largest].filter(([, [own, was]]) => was > 0 && Math.abs(own / was - 1) > MOST_CHANGE);
		if (far.length === 0) return [];
		const listed = far
			.slice(0, MOST_NAMED)
			.map(([place, [own, was]]) => `${place} ${Math.round(was)} → ${Math.round(own)}`.trim());
		const more = far.length > MOST_NAMED ? "; …" : "";
		return [note(`baseline-other-${size}`, { sizes: `${listed.join("; ")}${more}`, count: far.length })];
	});
}

/** Whether a group has only the breakdowns that every file has. */
function isWhole(group: Estimate["group"]): boolean {
	return Object.keys(without(group, ...SAMPLES)).length === 0;
}

/** If the data are the same, the codebook, the settings or the tool changed the figures. */
function figuresNote(now: ResultSet, last: ResultSet, pairs: readonly ComparisonRow[], note: MakeNote): Note {
	const other = pairsOf(now, last).filter(([a, b]) => !isSame(a, b));
	return other.length === 0
		? note("baseline-same-figures", { count: pairs.length })
		: note("baseline-other-figures", { count: other.length, of: pairs.length });
}

/** Leaves out published figures, which do not change with a survey. */
export function ownFigures({ estimates }: ResultSet): Estimate[] {
	return estimates.filter(({ group }) => Object.values(group).every((value) => !value.includes("@")));
}

/** Current figures paired with earlier ones. */
function pairsOf(now: ResultSet, last: ResultSet): [now: Estimate, last: Estimate][] {
	const key = (row: Estimate) => subjectKey(row) + groupKey(row.group);
	const before = new Map(last.estimates.map((row) => [key(row), row]));
	return ownFigures(now).flatMap((row): [Estimate, Estimate][] => {
		const was = before.get(key(row));
		return was === undefined ? [] : [[row, was]];
	});
}

/** Identifies a figure regardless of its base and of whether the file mixes populations. */
function pairKey({ topic, item, statistic, group }: Estimate): string {
	return JSON.stringify([topic, item, statistic, groupKey(without(group, "population"))]);
}

function isSame(a: Estimate, b: Estimate): boolean {
	return !apart(a.estimate, b.estimate) && !apart(a.se, b.se);
}

function apart(a: number | null, b: number | null): boolean {
	if (a === null || b === null) return a !== b;
	return distanceFrom(b, a) > SAME;
}
