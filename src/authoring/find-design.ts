import type { Codebook } from "../codebook/definition/schema.js";
import { sum } from "./answer-lists.js";
import { says } from "./answer-words.js";
import type { FoundColumn } from "./column-kinds.js";
import { isNumber } from "./column-kinds.js";
import { oneLine } from "./headings.js";
import type { ColumnProfile } from "./profile.js";

/** The design a file seems to have, and what has to be decided about it. */
export interface FoundDesign {
	design: Codebook["design"];
	ids: Codebook["ids"];
	/** Lines for the draft. */
	advice: string[];
	/** What to write where a column looks like the school; empty where there is none. */
	schoolAdvice: string;
	/** Places of its columns. */
	used: Set<number>;
}

const LEAST_REPLICATES = 4;

/** A replicate that leaves out half of the units keeps half of the weight's values; questions have a handful. */
const LOST = 3;

/** Weights, replicate weights, strata and sampling units by their names and numbers. */
export function findDesign(columns: readonly FoundColumn[]): FoundDesign {
	const of = (kind: string) =>
		columns.filter(({ found }) => found.kind === kind).map(({ profile }) => profile);
	const [weights, strata, units, schools, teachers] = ["weight", "stratum", "unit", "school", "teacher"].map(
		of,
	);
	const [stratum, school, teacher] = [strata?.[0], schools?.[0], teachers?.[0]];
	// Whether schools were drawn nobody knows but who drew: that is asked, with strata and without.
	const unit = units?.[0];
	const { weight, replicates } = findWeight(columns, weights ?? []);
	const ids = {
		...(school === undefined ? {} : { school: school.name }),
		...(teacher === undefined ? {} : { teacher: teacher.name }),
	};
	const schoolAdvice = school === undefined ? adviceOnSchool(columns, ids) : "";
	const used = new Set(
		[weight, stratum, unit, school, teacher, ...replicates].flatMap((one) => one?.place ?? []),
	);
	const others = (weights ?? []).filter((one) => one !== weight && !replicates.includes(one));
	const advice = [
		...(weight === undefined ? unweightedAdvice(columns) : []),
		...(others.length === 0 ? [] : [`Other columns that may be the weight: ${names(others)}.`]),
	];
	if (weight !== undefined && replicates.length > 0) {
		const { design, line } = replicateDesign(weight, replicates);
		return { design, ids, used, advice: [...advice, line], schoolAdvice };
	}
	const weighted = weight === undefined ? ({ weights: "none" } as const) : { weight: weight.name };
	if (stratum === undefined && unit === undefined) {
		const line =
			school === undefined
				? "No strata and no sampling units were found: standard errors take every teacher as drawn alone. If schools were drawn, name the column: method: taylor, psu: COLUMN (and strata: COLUMN)."
				: `Were schools drawn, and teachers within them? Then write method: taylor and psu: ${school.name} (and strata: COLUMN). As it stands, standard errors take every teacher as drawn alone, and are too small if schools were drawn.`;
		const design = { ...weighted, method: weight === undefined ? "simple" : "weights-only" };
		return { design: design as Codebook["design"], ids, used, advice: [...advice, line], schoolAdvice };
	}
	const lonely = hasLonelyUnit(stratum, unit);
	const design = {
		...weighted,
		method: "taylor" as const,
		...(stratum === undefined ? {} : { strata: stratum.name }),
		...(unit === undefined ? {} : { psu: unit.name }),
		...(lonely ? { lonelyPsu: "adjust" as const } : {}),
	};
	const lines = [
		...(unit === undefined && school !== undefined
			? [
					`Were schools drawn within the strata, and teachers within them? Then write psu: ${school.name}. As it stands, standard errors take every teacher as drawn within the stratum alone, and are too small if schools were drawn.`,
				]
			: []),
		...(lonely ? ["A stratum has one sampling unit: merge strata, or keep lonelyPsu: adjust."] : []),
	];
	return { design, ids, used, advice: [...advice, ...lines], schoolAdvice };
}

/** Names of this many schools that repeat are no kinds of school. */
const LEAST_SCHOOLS = 10;

/** Whether a column names teachers' schools in people's own words, such as "Your school". */
function isNamedSchool({ profile, found }: FoundColumn): boolean {
	if (!["values", "text", "number"].includes(found.kind)) return false;
	const { name, texts, variable } = profile;
	const rows = sum(texts.map((text) => text.rows));
	const repeats = texts.length > 1 && rows >= 1.5 * texts.length;
	const heading = (variable?.label || name).trim().replace(/[\s?:]+$/, "");
	const words = !texts.every(({ text }) => isNumber(text));
	return (
		repeats && (says.ownSchool(heading) || (words && says.ofSchool(heading) && texts.length >= LEAST_SCHOOLS))
	);
}

/** Names typed by hand are no keys: the same school in two spellings would be two. */
function adviceOnSchool(columns: readonly FoundColumn[], ids: Codebook["ids"]): string {
	const found = columns.find(isNamedSchool)?.profile;
	if (found === undefined) return "";
	const { name, texts } = found;
	const own = JSON.stringify({ school: name, ...ids });
	return [
		`${oneLine(name)} looks like the school (${texts.length} names). It is not taken for it by itself, as a school written in two ways would count as two. If each school has one name, write this instead of the next line, and suppression: { schools: 3 }:`,
		`ids: ${own}`,
	].join("\n");
}

function unweightedAdvice(columns: readonly FoundColumn[]): string[] {
	const fractions = columns.filter(
		({ profile, found }) =>
			found.kind === "number" && profile.texts.some(({ text }) => /\d[.,]\d/.test(text)),
	);
	const candidates =
		fractions.length === 0
			? ""
			: ` Columns with fractions, which may be weights: ${names(fractions.map(({ profile }) => profile))}.`;
	return [
		`No weight was found, so every row counts as one and all results say so. If there is a weight, write weight: COLUMN and method: weights-only instead.${candidates}`,
	];
}

function names(columns: readonly ColumnProfile[]): string {
	const shown = columns.slice(0, 5).map(({ name }) => name);
	return `${shown.join(", ")}${columns.length > shown.length ? ", …" : ""}`;
}

/** The first weight, but where the replicates are plainly of another: a teachers' file also has the schools' weight. */
function findWeight(
	columns: readonly FoundColumn[],
	weights: readonly ColumnProfile[],
): { weight: ColumnProfile | undefined; replicates: readonly ColumnProfile[] } {
	const [weight, ...others] = weights;
	if (weight === undefined) return { weight, replicates: [] };
	const replicates = findReplicates(columns, weight);
	const first = { weight, replicates };
	if (isTold(first)) return first;
	for (const other of others.filter((one) => !replicates.includes(one))) {
		const found = { weight: other, replicates: findReplicates(columns, other) };
		if (isTold(found)) return found;
	}
	return first;
}

/** Whether the numbers tell what the replicates do to the weight. */
function isTold({
	weight,
	replicates,
}: {
	weight: ColumnProfile;
	replicates: readonly ColumnProfile[];
}): boolean {
	return replicates.length > 0 && replicateDesign(weight, replicates).design.method !== "bootstrap";
}

/** The longest run of numeric columns PREFIX1 … PREFIXn, beside a weight. */
function findReplicates(columns: readonly FoundColumn[], weight: ColumnProfile): ColumnProfile[] {
	const runs = new Map<string, ColumnProfile[]>();
	for (const { profile } of columns) {
		const [, prefix, number] = /^(.*?)(\d+)$/.exec(profile.name) ?? [];
		if (prefix === undefined || profile === weight || profile.empty.rows > 0) continue;
		if (!profile.texts.every(({ text }) => isNumber(text))) continue;
		const run = runs.get(prefix) ?? [];
		if (number === String(run.length + 1)) run.push(profile);
		runs.set(prefix, run);
	}
	const mean = ({ first }: ColumnProfile) =>
		sum(first.map((text) => Number(text.replace(",", ".")))) / first.length;
	const weighty = (run: readonly ColumnProfile[]) =>
		run.every(
			(one) =>
				mean(one) > mean(weight) / 2 &&
				mean(one) < mean(weight) * 2 &&
				one.texts.length >= weight.texts.length / LOST,
		);
	const found = [...runs.values()].filter((run) => run.length >= LEAST_REPLICATES && weighty(run));
	return found.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** The method by what replicates do to the weight: halves and doubles, drop a unit, or anything. */
function replicateDesign(
	weight: ColumnProfile,
	replicates: readonly ColumnProfile[],
): { design: Codebook["design"]; line: string } {
	const number = (text: string | undefined) => Number((text ?? "").replace(",", "."));
	const base = weight.first.map(number);
	const rows = base.flatMap((value, row) => (value > 0 ? [row] : []));
	const ratios = replicates.map((one) =>
		rows.map((row) => Math.round((1000 * number(one.first[row])) / (base[row] as number)) / 1000),
	);
	const all = ratios.flat();
	const share = (test: (ratio: number) => boolean) => all.filter(test).length / all.length;
	const prefix = (replicates[0] as ColumnProfile).name.replace(/\d+$/, "");
	const common = { weight: weight.name, replicates: { prefix, count: replicates.length } };
	const check = "Told from the numbers; hold it against the survey's documentation.";
	if (share((ratio) => ratio === 0 || ratio === 2) === 1) {
		return { design: { method: "brr", ...common }, line: check };
	}
	const low = mostFrequent(all.filter((ratio) => ratio > 0 && ratio < 1));
	if (share((ratio) => ratio === low || Math.abs(ratio - (2 - low)) < 0.002) > 0.8) {
		return { design: { method: "fay-brr", ...common, fay: low }, line: check };
	}
	const dropped = share((ratio) => ratio === 0) > 0;
	const raised = ratios.map((one) => Math.max(...one));
	if (dropped && share((ratio) => ratio === 0 || ratio === 2 || ratio === 1) === 1) {
		return {
			design: { method: "jk2", ...common, perZone: 1 },
			line: `${check} perZone: 2 if each half of a zone is dropped in turn.`,
		};
	}
	if (dropped && share((ratio) => ratio === 1) < 0.05 && Math.max(...raised) - Math.min(...raised) < 0.002) {
		return { design: { method: "jk1", ...common }, line: check };
	}
	if (dropped && share((ratio) => ratio === 1) > 0.3) {
		// The others of a stratum of n gain n/(n − 1) where one is dropped.
		const stratumSizes = raised.map((ratio) => Math.max(2, Math.round(ratio / (ratio - 1))));
		return { design: { method: "jkn", ...common, stratumSizes }, line: check };
	}
	return {
		design: { method: "bootstrap", ...common },
		line: "Replicates of no pattern known here: bootstrap is a guess. Write the method of the survey's documentation: bootstrap, sdr, jkn …",
	};
}

/** NaN where there are none. */
function mostFrequent(values: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [Number.NaN, 0])[0];
}

/** Whether a stratum has one unit, by the rows at hand. */
function hasLonelyUnit(stratum: ColumnProfile | undefined, unit: ColumnProfile | undefined): boolean {
	const units = new Map<string, Set<string>>();
	const rows = (stratum ?? unit)?.first.length ?? 0;
	for (let row = 0; row < rows; row++) {
		const key = stratum?.first[row] ?? "";
		const known = units.get(key) ?? new Set();
		units.set(key, known.add(unit?.first[row] ?? String(row)));
	}
	return [...units.values()].some(({ size }) => size < 2);
}
