import { distanceFrom, SAME } from "../../base/distance.js";
import { UserError } from "../../base/errors.js";
import { isComparable } from "../../codebook/definition/family.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { type Pairing, pairCycles } from "../../compare/cycle-pairs.js";
import { adjustAll } from "../../compare/families.js";
import { subjectKey } from "../../compare/figured.js";
import { groupKey } from "../../results/group-key.js";
import type { ComparisonRow, Estimate, Note, ResultSet, ResultsOf } from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import { type CompareSpec, normalizeCompare } from "../../settings/compare.js";
import { loadLocale } from "../../wording/locale.js";
import { nameResults } from "../result/build.js";
import { type MakeNote, makeNote } from "../result/notes.js";
import { checkAlike } from "./alike.js";

/** Side names where both are of one cycle. */
const SIDES = { variable: "baseline", a: "current", b: "last" } as const;

/** Settings that decide numbers; the others only say what is shown. */
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

/**
 * What changed since an earlier result: every figure of both is compared as figures of two samples are, and tested
 * where the item means the same. Changes of data, codebook, settings and tool are reported separately, so that they
 * are not taken for changes among teachers.
 * @param codebook Of the current results.
 * @throws UserError where the two share no figure, or differ in teachers or answers.
 */
export function compareWithBaseline(
	current: ResultSet,
	baseline: ResultSet,
	codebook: Codebook,
	spec: CompareSpec,
	file: string,
): ResultsOf<"compare"> {
	checkAlike(
		[current, baseline].map((result) => ({ result, codebook })),
		file,
	);
	const settings = normalizeCompare(spec);
	const note = makeNote(loadLocale(settings.language));
	const earlier = cycleOf(baseline) ?? codebook.cycle;
	const sameData = isSameData(current, baseline);
	const pairing: Pairing = {
		between:
			earlier === codebook.cycle
				? SIDES
				: { variable: "cycle", a: String(codebook.cycle), b: String(earlier) },
		kind: sameData ? "same-data" : "independent",
	};
	const { found, refused } = pairCycles(
		{ cycle: codebook.cycle, codebook, results: [{ ...current, estimates: ownFigures(current) }] },
		{ cycle: earlier, codebook: undefined, results: [baseline] },
		settings,
		(own, row) => earlier === codebook.cycle || isComparable(own, earlier, row),
		pairing,
	);
	if (found.length === 0) {
		throw new UserError("shares no figure with this report", {
			where: { file },
			hint: "give the results.json of a report with the same topics and groups",
		});
	}
	const parts = {
		...current,
		settings: { ...current.settings, between: pairing.between.variable },
		estimates: [],
		comparisons: adjustAll(found, settings.adjust, settings.family),
		notes: [
			...changesOf(current, baseline, sameData, found, note),
			...refused.map(({ code, items, detail }) =>
				note(code, { ...detail, items: items.join(", "), count: items.length }),
			),
		],
	};
	return nameResults("compare", parts, settings.language, { codebook, saved: current.labels });
}

/** Published figures beside a survey's own do not change with it. */
function ownFigures({ estimates }: ResultSet): Estimate[] {
	return estimates.filter(({ group }) => Object.values(group).every((value) => !value.includes("@")));
}

function cycleOf({ settings }: ResultSet): number | null {
	return typeof settings.cycle === "number" ? settings.cycle : null;
}

/** The same files, whatever they are called. */
function isSameData(a: ResultSet, b: ResultSet): boolean {
	const hashes = ({ source }: ResultSet) =>
		source
			.map(({ sha256 }) => sha256)
			.sort()
			.join(" ");
	return a.source.length > 0 && hashes(a) === hashes(b);
}

/** What is other than last time beside the teachers' answers. */
function changesOf(
	now: ResultSet,
	last: ResultSet,
	sameData: boolean,
	pairs: readonly ComparisonRow[],
	note: MakeNote,
): Note[] {
	const name = ({ id, version }: ResultSet["codebook"]) => `${id} ${version}`.trim();
	const sameName = name(now.codebook) === name(last.codebook);
	const sameRules = last.codebook.rules === undefined || last.codebook.rules === now.codebook.rules;
	// Under one name it is the rules that tell two codebooks apart.
	const told = ({ codebook }: ResultSet) =>
		sameName ? `${name(codebook)} (${codebook.rules?.slice(0, 8)})` : name(codebook);
	const settings = DECIDING.filter((key) => key in last.settings && differ(now, last, key));
	const design = JSON.stringify(now.design) !== JSON.stringify(last.design);
	const files = ({ source }: ResultSet) => source.map(({ file, rows }) => `${file} (${rows})`).join(", ");
	return [
		sameData
			? note("baseline-same-data")
			: note("baseline-other-data", { now: files(now), last: files(last) || "–" }),
		...(sameName && sameRules ? [] : [note("baseline-other-codebook", { now: told(now), last: told(last) })]),
		...(settings.length === 0 && !design
			? []
			: [
					note("baseline-other-settings", { names: [...settings, ...(design ? ["design"] : [])].join(", ") }),
				]),
		...(now.tool.version === last.tool.version
			? []
			: [note("baseline-other-tool", { now: now.tool.version, last: last.tool.version || "–" })]),
		...(sameData ? [figuresNote(now, last, pairs, note)] : []),
	];
}

function differ(now: ResultSet, last: ResultSet, key: (typeof DECIDING)[number]): boolean {
	return JSON.stringify(now.settings[key] ?? null) !== JSON.stringify(last.settings[key] ?? null);
}

/** With the same data, other figures are the work of the codebook, the settings or the tool. */
function figuresNote(now: ResultSet, last: ResultSet, pairs: readonly ComparisonRow[], note: MakeNote): Note {
	const key = (row: Estimate) => subjectKey(row) + groupKey(row.group);
	const before = new Map(last.estimates.map((row) => [key(row), row]));
	const other = ownFigures(now).filter((row) => {
		const was = before.get(key(row));
		return was !== undefined && (apart(row.estimate, was.estimate) || apart(row.se, was.se));
	});
	return other.length === 0
		? note("baseline-same-figures", { count: pairs.length })
		: note("baseline-other-figures", { count: other.length, of: pairs.length });
}

function apart(a: number | null, b: number | null): boolean {
	if (a === null || b === null) return a !== b;
	return distanceFrom(b, a) > SAME;
}
