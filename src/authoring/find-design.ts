import type { Codebook } from "../codebook/definition/schema.js";
import { bearable, describePattern, type Scheme } from "../design/replicate-pattern.js";
import { sum } from "./answer-lists.js";
import { says } from "./answer-words.js";
import { chooseUnits } from "./choose-units.js";
import type { FoundColumn } from "./column-kinds.js";
import { isNumber } from "./column-kinds.js";
import {
	type FoundReplicates,
	findFactors,
	findReplicates,
	isLikeBootstrap,
	isMostlyNumbers,
	rejectBadCell,
} from "./find-replicates.js";
import { oneLine } from "./headings.js";
import type { ColumnProfile, FileProfile } from "./profile.js";

/** The design that a file seems to have, and the open decisions about it. */
export interface FoundDesign {
	design: Codebook["design"];
	ids: Codebook["ids"];
	/** Lines for the draft. */
	advice: string[];
	/** What to write where a column looks like the school; empty where there is none. */
	schoolAdvice: string;
	/** Places of its columns. */
	used: Set<number>;
	/** Whether the method must be decided before anything can be computed. */
	decide: boolean;
	/** Decisions that change standard errors. */
	decisions: string[];
	/** Questions that only the reader can decide. */
	questions: string[];
}

/**
 * Weights, replicate weights, strata and sampling units by their names and numbers.
 * @throws UserError where a weight has a cell that is none.
 */
export function findDesign(columns: readonly FoundColumn[], profile: FileProfile): FoundDesign {
	const of = (kind: string) =>
		columns.filter(({ found }) => found.kind === kind).map(({ profile }) => profile);
	const [weights = [], schools, teachers] = ["weight", "school", "teacher"].map(of);
	const [school, teacher] = [schools?.[0], teachers?.[0]];
	// Only the survey's authors know whether schools were sampled, so the draft asks, with strata and without.
	const { stratum, unit, ...chosen } = chooseUnits(columns);
	const found = findReplicates({ ...profile, columns: columns.map(({ profile }) => profile) }, weights);
	if (weights.length === 0 && found === undefined) rejectBadWeight(columns, profile.file);
	const weight = found?.weight ?? weights[0];
	const replicates = found?.replicates ?? [];
	const ids = {
		...(school === undefined ? {} : { school: school.name }),
		...(teacher === undefined ? {} : { teacher: teacher.name }),
	};
	const schoolAdvice = school === undefined ? adviceOnSchool(columns, ids) : "";
	const factors = found === undefined ? findFactors(profile) : [];
	const ofDesign = [...of("stratum"), ...of("unit")];
	const used = new Set(
		[weight, stratum, unit, school, teacher, ...ofDesign, ...replicates, ...factors].flatMap(
			(one) => one?.place ?? [],
		),
	);
	const others = weights.filter((one) => one !== weight && !replicates.includes(one));
	const advice = [
		...(weight === undefined ? unweightedAdvice(columns) : []),
		...(others.length === 0 ? [] : [`Other columns that may be the weight: ${names(others)}.`]),
	];
	if (found !== undefined) {
		const { lines, ...made } = replicateDesign(found, !weights.includes(found.weight));
		const [first, last] = [replicates[0], replicates.at(-1)].map((one) => one?.name);
		const question = `no known method fits the replicate weights ${first} … ${last}: write the method of the survey's documentation in design`;
		return {
			...{ ...made, ids, used, advice: [...advice, ...lines], schoolAdvice, decisions: [] },
			questions: made.decide ? [question] : [],
		};
	}
	const weighted = weight === undefined ? ({ weights: "none" } as const) : { weight: weight.name };
	if (factors.length > 0) {
		const [first, last] = [factors[0], factors.at(-1)].map((one) => one?.name);
		const line = `${first} … ${last} hold factors such as 0, 1 and 2, not weights. Multiply each by the weight in your file (in R: weights(design, type = "analysis")) and draft anew; or remove them, and write another method here, by which they count for nothing.`;
		const method = weight === undefined ? "simple" : "weights-only";
		const design = { ...weighted, method } as Codebook["design"];
		const by = weight === undefined ? "the weight" : weight.name;
		const question = `${first} … ${last} are replicate factors such as 0, 1 and 2, not weights: multiply each by ${by} in the file and draft anew, or write a method without replicates in design`;
		return {
			...{ design, ids, used, advice: [...advice, line], schoolAdvice, decide: true, decisions: [] },
			questions: [question],
		};
	}
	if (stratum === undefined && unit === undefined) {
		const line =
			school === undefined
				? "No strata and no sampling units were found: standard errors take every teacher as drawn alone. If schools were drawn, name the column: method: taylor, psu: COLUMN (and strata: COLUMN)."
				: `Were schools drawn, and teachers within them? Then write method: taylor and psu: ${school.name} (and strata: COLUMN). As it stands, standard errors take every teacher as drawn alone, and are too small if schools were drawn.`;
		const design = { ...weighted, method: weight === undefined ? "simple" : "weights-only" };
		return {
			design: design as Codebook["design"],
			...{ ids, used, advice: [...advice, line], schoolAdvice, decide: false },
			...NOTHING,
		};
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
	const { decisions, questions, decide } = chosen;
	return { design, ids, used, advice: [...advice, ...lines], schoolAdvice, decide, decisions, questions };
}

/** Where neither strata nor units were chosen. */
const NOTHING = { decisions: [], questions: [] };

/** Names of this many schools that repeat are no kinds of school. */
const LEAST_SCHOOLS = 10;

/** Whether a column names teachers' schools in people's own words, such as "Your school". */
function isNamedSchool({ profile, found }: FoundColumn): boolean {
	if (!["values", "text", "number"].includes(found.kind)) return false;
	const { name, texts, variable } = profile;
	const rows = sum(texts.map((text) => text.rows));
	const repeats = texts.length > 1 && rows >= 1.5 * texts.length;
	const heading = (variable?.label || name).trim().replace(/[\s?:]+$/, "");
	// "In which region is your school?" ends as the question for the school does.
	if (says.region(heading)) return false;
	const words = !texts.every(({ text }) => isNumber(text));
	return (
		repeats && (says.ownSchool(heading) || (words && says.ofSchool(heading) && texts.length >= LEAST_SCHOOLS))
	);
}

/** Names typed by hand are not keys: the same school in two spellings would be two. */
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

/** Words of a name of a column that is a weight; whole questions have more. */
const MOST_WORDS = 3;

/** Whether a column is a weight by its name and most of its cells, if not by all. */
export function isLikeWeight(profile: ColumnProfile): boolean {
	const { name } = profile;
	const short = name.trim().split(/[\s_.-]+/).length <= MOST_WORDS && !name.includes("?");
	return says.weight(name) && short && isMostlyNumbers(profile);
}

function rejectBadWeight(columns: readonly FoundColumn[], file: string): void {
	const named = columns.find(({ profile }) => isLikeWeight(profile));
	if (named !== undefined) rejectBadCell(named.profile, file, "weight");
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

/** The design of replicate weights, with its comments. */
function replicateDesign(
	found: FoundReplicates,
	taken: boolean,
): Pick<FoundDesign, "design" | "decide"> & { lines: string[] } {
	const { weight, replicates, pattern } = found;
	const common = { weight: weight.name, replicates: listed(replicates) };
	const named = taken
		? [
				`${weight.name} is taken for the weight, as ${(replicates[0] as ColumnProfile).name} and those after it follow it.`,
			]
		: [];
	if (pattern === undefined && !isLikeBootstrap(found)) {
		const fitting = bearable(found.ratios).map(describePattern);
		const fit =
			fitting.length === 0
				? "None of the methods with a constant of their own fits their size."
				: `By their size these would fit: ${fitting.join(", ")}.`;
		return {
			design: { method: "bootstrap", ...common },
			decide: true,
			lines: [
				...named,
				`What the replicates do to the weight is of no method known here, and a wrong method gives wrong standard errors. Write the method of the survey's documentation: bootstrap, jk1, jk2, jkn, brr, fay-brr or sdr. ${fit}`,
			],
		};
	}
	const { method } = pattern ?? { method: "bootstrap" as const };
	const design = designOf(pattern ?? { method: "bootstrap" }, common);
	const line =
		pattern === undefined
			? "Inferred from the size of the replicates; check it against the survey's documentation: balanced replicates are brr, of which standard errors are nearly the same."
			: method === "bootstrap"
				? "Inferred from the numbers; check it against the survey's documentation. meanOf: 1 divides by the number of replicates, meanOf: C where each is the mean of C samples."
				: "Inferred from the numbers; check it against the survey's documentation.";
	return { design, decide: false, lines: [...named, line] };
}

function designOf(
	pattern: Scheme,
	common: { weight: string; replicates: { prefix: string; count: number } | string[] },
): Codebook["design"] {
	if (pattern.method !== "jkn") return { ...pattern, ...common };
	const [first, ...others] = pattern.stratumSizes;
	const stratumSizes = others.every((size) => size === first) ? (first as number) : pattern.stratumSizes;
	return { method: "jkn", ...common, stratumSizes };
}

/** PREFIX1 … PREFIXn, or the names where they are numbered in another way. */
function listed(replicates: readonly ColumnProfile[]): { prefix: string; count: number } | string[] {
	const names = replicates.map(({ name }) => name);
	const prefix = (names[0] as string).replace(/\d+$/, "");
	return names.every((name, place) => name === `${prefix}${place + 1}`)
		? { prefix, count: names.length }
		: names;
}

/** Whether a stratum has only one unit among the rows read. */
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
