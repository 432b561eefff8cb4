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

/** Settings of rates, all optional. Lists of names may also be written as one text, separated by commas. */
export interface RatesSpec extends SynthesisSpec {
	/** Topics such as `activities` or `focus`; if absent, the codebook's defaults. */
	topics?: readonly string[] | undefined;
	/** Items by key, variable or a word of their label: `coaching`, `TT3G22G`, `focus:ict`. */
	items?: readonly string[] | undefined;
	/** Breakdowns in addition to country, and to population if the file contains several. */
	by?: readonly string[] | undefined;
	/** Pools countries or populations, each weighted by its number of teachers, instead of showing them separately. */
	pool?: readonly ((typeof SAMPLES)[number] | Other)[] | undefined;
	/** Conditions that every row must meet, such as `country=KAZ,FRA` or `experience<=5`. */
	where?: readonly string[] | undefined;
	/** Base of the percentages, as named in the codebook; if absent, the base that is published for each item. */
	base?: "all" | "participants" | Other | undefined;
	/** Answers of scale items that count as yes. */
	yes?: readonly string[] | undefined;
	/**
	 * Shows every answer of an item as a row, such as `assessment=4`, instead of the yes answers; the rows add up to 100.
	 */
	answers?: boolean | undefined;
	/** Adds a row for all groups together. */
	total?: boolean | undefined;
	/** Adds the estimated numbers of teachers. */
	counts?: boolean | undefined;
	/** Confidence level between 0 and 1; 0.95 by default. */
	level?: number | string | undefined;
	/** Method for intervals of percentages; `logit` by default. */
	ci?: IntervalMethod | undefined;
	/** Degrees of freedom: `design` (default), `inf` or a number. */
	df?: "design" | "inf" | number | Other | undefined;
	/** Suppression rule: the codebook's (`talis`, default), fewer than 62 teachers (`nces`), or none. */
	suppress?: (typeof SUPPRESSION)[number] | undefined;
	/** Also hides figures that could be derived from the rest of a breakdown and its total. */
	protect?: boolean | undefined;
	/** Adds an average over countries: one defined in the codebook, `all`, or codes of countries. */
	average?: "oecd" | "eu" | "all" | Other | readonly string[] | undefined;
	/** `simple`: the mean of the countries' figures (default); `weighted` by their teachers; `pooled` as one sample. */
	averageKind?: AverageKind | undefined;
	/** Published figures to show beside the file's own: `KAZ@2024`, `oecd@2024`. */
	benchmark?: readonly string[] | undefined;
	/** Adjustment of p-values for multiple tests; `holm` by default. */
	adjust?: (typeof ADJUSTMENTS)[number] | undefined;
	/** Which tests are adjusted together; `group` by default. */
	family?: (typeof FAMILIES)[number] | undefined;
	/** Extra numbers for each row: the coefficient of variation in percent, and the effective n. */
	extras?: readonly ((typeof EXTRAS)[number] | Other)[] | undefined;
	/** Overrides the constant of the variance method. */
	scale?: number | string | undefined;
	/** Centre of the replicates' deviations; if absent, the codebook's. */
	centre?: (typeof CENTRES)[number] | undefined;
	/** What a single-unit stratum contributes to a linearised variance; if absent, as in the codebook. */
	lonelyPsu?: (typeof LONELY_PSU)[number] | undefined;
	/** Whether codes that no codebook lists are refused (default) or treated as missing. */
	unknownCodes?: (typeof UNKNOWN_CODES)[number] | undefined;
	/**
	 * User-defined concepts: `school-based = any(peer-coaching, network)`, `many = types >= 3`,
	 * `phase = band(TT3G02: -29, 30-)`.
	 */
	define?: readonly string[] | undefined;
	/** Missing-value codes of columns that neither codebook nor file declares: `{ AGE: ["98", "99"], SCORE: "none" }`. */
	missing?: MissingSpec | undefined;
	/** Id of a shipped codebook or path of a YAML file; if absent, detected from the file. */
	codebook?: string | undefined;
	/** Files or glob patterns of school files that neither their names nor their columns identify. */
	schools?: readonly string[] | undefined;
	/** Of labels and notes; English by default. */
	language?: Language | undefined;
}

/** By column, or as typed: `AGE=98,99`, `SCORE=none`. */
export type MissingSpec = Readonly<Record<string, readonly string[] | string>> | readonly string[];

/** The question, and options to watch and stop its run. */
export interface RatesOptions extends RatesSpec, RunOptions {}

/** Allows any text, while editors still suggest the listed ones. */
export type Other = string & {};

/** An average of the codebook; `all`, the survey's own average over all members; or a list of country codes. */
export type AverageRequest = string | readonly string[];

export const AVERAGE_KINDS = ["simple", "pooled", "weighted"] as const;
export type AverageKind = (typeof AVERAGE_KINDS)[number];

/** A published figure: that of a system or an average in a cycle. */
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

/** Options common to all analyses of survey files. */
export const ratesShape = once(() => ({
	/** Empty: the codebook's defaults. */
	topics: listOrAll(),
	items: listOrAll(),
	by: listOrNull(),
	pool: choices(SAMPLES),
	where: whole(),
	/** A base of the codebook; null: each item's own. */
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
	/** Missing-value codes by column name in capitals; an empty list if all values are valid. */
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
 * An average of the codebook such as oecd or eu, `all`, or country codes separated by commas.
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
