import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import type { IntervalMethod } from "../results/result-set.js";
import { SAMPLES } from "../results/samples.js";
import type { Language } from "../wording/locale.js";
import { checked } from "./checked.js";
import {
	choice,
	choiceOrNull,
	choices,
	flag,
	language,
	list,
	listOrAll,
	listOrNull,
	numeric,
	text,
	texts,
	whole,
} from "./fields.js";
import { type SynthesisSpec, synthesisShape } from "./synthesis.js";
import { names, noValue, positive } from "./values.js";

/**
 * Settings of rates; all are optional. Names may be given one by one, or several in one text, separated by commas.
 */
export interface RatesSpec extends SynthesisSpec {
	/** Topics such as `activities` or `focus`; absent takes the codebook's own choice. */
	topics?: readonly string[] | undefined;
	/** Items by key, variable or a word of their label: `coaching`, `TT3G22G`, `focus:ict`. */
	items?: readonly string[] | undefined;
	/** Breakdowns beside country, and population where the file mixes several. */
	by?: readonly string[] | undefined;
	/** Puts countries or populations together, each in proportion to its teachers, instead of showing them apart. */
	pool?: readonly ((typeof SAMPLES)[number] | Other)[] | undefined;
	/** Conditions that all rows have to meet, such as `country=KAZ,FRA` or `experience<=5`. */
	where?: readonly string[] | undefined;
	/** Whose percentages they are, by a base of the codebook; absent takes each item's published one. */
	base?: "all" | "participants" | Other | undefined;
	/** Answers of scale items that count as yes. */
	yes?: readonly string[] | undefined;
	/** Every answer of an item as a row of its own, `assessment=4`, instead of those that count as yes; they add up to 100. */
	answers?: boolean | undefined;
	/** Adds all groups together. */
	total?: boolean | undefined;
	/** Adds the estimated numbers of teachers. */
	counts?: boolean | undefined;
	/** Confidence level, a share between 0 and 1; 0.95 by default. */
	level?: number | string | undefined;
	/** How intervals of percentages are made; `logit` by default. */
	ci?: IntervalMethod | undefined;
	/** Degrees of freedom: `design` (default), `inf` or a number. */
	df?: "design" | "inf" | number | Other | undefined;
	/** What hides figures: the codebook's rule (`talis`, default), fewer than 62 teachers (`nces`), or nothing. */
	suppress?: (typeof SUPPRESSION)[number] | undefined;
	/** Also hides what could be worked out from the rest of a breakdown and its total. */
	protect?: boolean | undefined;
	/** Adds an average over countries: one of the codebook, all, or codes of countries. */
	average?: "oecd" | "eu" | "all" | Other | readonly string[] | undefined;
	/** `simple`: the mean of the countries' figures (default); `weighted` by their teachers; `pooled` as one sample. */
	averageKind?: AverageKind | undefined;
	/** Published figures to set beside the file's own: `KAZ@2024`, `oecd@2024`. */
	benchmark?: readonly string[] | undefined;
	/** How p-values are adjusted for being several; `holm` by default. */
	adjust?: (typeof ADJUSTMENTS)[number] | undefined;
	/** Which tests belong together; `group` by default. */
	family?: (typeof FAMILIES)[number] | undefined;
	/** Further numbers of each row: the coefficient of variation, in percent, and the effective n. */
	extras?: readonly ((typeof EXTRAS)[number] | Other)[] | undefined;
	/** Replaces the constant of the variance method. */
	scale?: number | string | undefined;
	/** What replicates deviate from; absent takes the codebook's choice. */
	centre?: (typeof CENTRES)[number] | undefined;
	/** What a stratum with one unit adds to a linearised variance; absent takes the codebook's choice. */
	lonelyPsu?: (typeof LONELY_PSU)[number] | undefined;
	/** Whether codes that no codebook lists are refused (default) or count as missing. */
	unknownCodes?: (typeof UNKNOWN_CODES)[number] | undefined;
	/**
	 * User-defined concepts: `school-based = any(peer-coaching, network)`, `many = types >= 3`,
	 * `phase = band(TT3G02: -29, 30-)`.
	 */
	define?: readonly string[] | undefined;
	/**
	 * Values of columns that are not answers, where neither codebook nor file says so:
	 * `{ AGE: ["98", "99"], SCORE: "none" }`.
	 */
	missing?: MissingSpec | undefined;
	/** Id of a shipped codebook or path of a YAML file; absent tells it from the file. */
	codebook?: string | undefined;
	/** Files or patterns of files that describe schools, where neither name nor columns tell. */
	schools?: readonly string[] | undefined;
	/** Of labels and notes; English by default. */
	language?: Language | undefined;
}

/** By column, or as typed: `AGE=98,99`, `SCORE=none`. */
export type MissingSpec = Readonly<Record<string, readonly string[] | string>> | readonly string[];

/** The question, and options to watch and stop its run. */
export interface RatesOptions extends RatesSpec, RunOptions {}

/** Another text, beside those that an editor suggests. */
export type Other = string & {};

/** An average of the codebook, or `all`: the survey's own, over all its members; a list names countries by code. */
export type AverageRequest = string | readonly string[];

export const AVERAGE_KINDS = ["simple", "pooled", "weighted"] as const;
export type AverageKind = (typeof AVERAGE_KINDS)[number];

/** A published figure: a system or an average of a cycle. */
export interface Benchmark {
	system: string;
	cycle: number;
}

/** `talis`: the rule of the codebook; `nces`: fewer than 62 teachers. */
export const SUPPRESSION = ["talis", "nces", "none"] as const;

export const ADJUSTMENTS = ["none", "holm", "bh", "bonferroni"] as const;
export const FAMILIES = ["group", "item", "topic", "all"] as const;

const EXTRAS = ["cv", "n-eff"] as const;
const CENTRES = ["full-sample", "replicate-mean"] as const;
const LONELY_PSU = ["fail", "remove", "certainty", "average", "adjust"] as const;
export const UNKNOWN_CODES = ["error", "missing"] as const;

export const CI_METHODS = [
	"logit",
	"wald",
	"beta",
	"wilson",
	"xlogit",
] as const satisfies readonly IntervalMethod[];

/** What the questions to survey files have in common. */
export const ratesShape = once(() => ({
	/** Empty takes the codebook's own choice. */
	topics: listOrAll(),
	items: listOrAll(),
	by: listOrNull(),
	pool: choices(SAMPLES),
	where: whole(),
	/** A base of the codebook; null takes each item's own. */
	base: text().transform((base) => base?.toLowerCase() ?? null),
	yes: listOrNull(),
	answers: flag(),
	total: flag(),
	counts: flag(),
	level: numeric.default(0.95).transform(confidenceLevel),
	ci: choice(CI_METHODS),
	df: numeric.default("design").transform(degreesOfFreedom),
	suppress: choice(SUPPRESSION),
	protect: flag(),
	average: z
		.union([z.string(), z.array(z.string())])
		.optional()
		.transform((value) => (value === undefined ? null : averageRequest(value))),
	averageKind: choice(AVERAGE_KINDS),
	benchmark: list().transform((values) => values.map(benchmark)),
	adjust: choice(ADJUSTMENTS, "holm"),
	family: choice(FAMILIES),
	extras: choices(EXTRAS),
	scale: numeric.optional().transform((value) => (value === undefined ? null : positive("scale", value))),
	centre: choiceOrNull(CENTRES),
	lonelyPsu: choiceOrNull(LONELY_PSU),
	unknownCodes: choice(UNKNOWN_CODES),
	/** Column in capitals → its values that are not answers; none where all are answers. */
	missing: z
		.union([texts, z.record(z.string(), z.union([z.string(), texts]))])
		.default([])
		.transform(missingCodes),
	define: whole(),
	codebook: text(),
	schools: whole(),
	...synthesisShape(),
	language: language(),
})) satisfies () => Record<keyof RatesSpec, z.ZodType>;

const schema = once(() => z.strictObject(ratesShape()));

export type RatesSettings = z.output<ReturnType<typeof schema>>;

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeSettings(spec: RatesSpec = {}): RatesSettings {
	return checked(schema(), spec);
}

/**
 * oecd, eu or another average of the codebook, all, or country codes with commas.
 * @throws UserError where nothing is named.
 */
export function averageRequest(value: string | readonly string[]): AverageRequest {
	const parts = names(typeof value === "string" ? [value] : value, []);
	const [first = ""] = parts;
	const word = first.toLowerCase();
	if (parts.length > 1 || (/^[a-z]{3}$/.test(word) && word !== "all")) {
		return parts.map((code) => code.toUpperCase());
	}
	if (word !== "") return word;
	throw new UserError(`"${first}" is neither an average nor a country code`, {
		code: "option",
		hint: "use oecd, eu, all, or codes with commas such as FRA,ITA,MEX",
	});
}

/** @throws UserError where a column or its codes are not named. */
function missingCodes(spec: MissingSpec): Readonly<Record<string, readonly string[]>> {
	const pairs = Array.isArray(spec) ? spec.map(columnAndCodes) : Object.entries(spec);
	return Object.fromEntries(
		pairs.map(([column, said]) => {
			const codes = names(typeof said === "string" ? [said] : said);
			if (codes.length === 0) throw noCodes(column);
			return [column.toUpperCase(), codes.join() === "none" ? [] : codes];
		}),
	);
}

function columnAndCodes(text: string): [string, string] {
	const [, column = "", codes = ""] = /^\s*([^=]+?)\s*=\s*(.*)$/.exec(text) ?? [];
	if (column === "" || codes === "") throw noCodes(text);
	return [column, codes];
}

function noCodes(said: string): UserError {
	return new UserError(`"${said}" does not say which codes are missing`, {
		code: "option",
		hint: say`write ${option("missing", "COLUMN=98,99")}, or COLUMN=none`,
	});
}

function benchmark(text: string): Benchmark {
	const [, system = "", cycle = ""] = /^([\w:-]+)@(\d{4})$/.exec(text) ?? [];
	if (system !== "") return { system, cycle: Number(cycle) };
	throw new UserError(`"${text}" is not a benchmark`, {
		code: "option",
		hint: "write SYSTEM@CYCLE, such as KAZ@2024 or oecd@2024",
	});
}

function confidenceLevel(value: number | string): number {
	const level = Number(value);
	if (level > 0 && level < 1) return level;
	const hint =
		level >= 1 && level < 100 ? `for ${level} % write ${level / 100}` : "write a number such as 0.95";
	throw new UserError(`"${value}" is not a confidence level between 0 and 1`, { code: "option", hint });
}

function degreesOfFreedom(value: number | string): "design" | number {
	if (value === "design") return "design";
	if (value === "inf") return Number.POSITIVE_INFINITY;
	const df = Number(value);
	if (df > 0) return df;
	throw noValue("df", `"${value}"`, "use design, inf or a positive number");
}
