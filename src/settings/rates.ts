import { UserError } from "../base/errors.js";
import type { IntervalMethod } from "../results/result-set.js";
import { LANGUAGES, type Language } from "../wording/locale.js";
import { normalizeSynthesis, type SynthesisSettings, type SynthesisSpec } from "./synthesis.js";
import { names, oneOf, optional, positive } from "./values.js";

/** What a caller may say; everything is optional and unchecked. */
export interface RatesSpec extends SynthesisSpec {
	topics?: readonly string[] | undefined;
	items?: readonly string[] | undefined;
	/** Breakdowns; absent takes country, and population where the file mixes several. */
	by?: readonly string[] | undefined;
	where?: readonly string[] | undefined;
	base?: string | undefined;
	/** Answers of scale items that count as yes. */
	yes?: readonly string[] | undefined;
	total?: boolean | undefined;
	counts?: boolean | undefined;
	level?: number | string | undefined;
	ci?: string | undefined;
	df?: number | string | undefined;
	suppress?: string | undefined;
	/** Also hides what could be worked out from the rest of a breakdown and its total. */
	protect?: boolean | undefined;
	/** Adds averages over countries: oecd, eu, all, or country codes with commas. */
	average?: readonly string[] | string | undefined;
	averageKind?: string | undefined;
	/** Published figures to set beside the file's own: KAZ@2024, oecd@2024. */
	benchmark?: readonly string[] | undefined;
	/** How p-values are adjusted for being several, and which belong together. */
	adjust?: string | undefined;
	family?: string | undefined;
	/** Further numbers of each row: cv, n-eff. */
	extras?: readonly string[] | undefined;
	/** Replaces the constant of the variance method. */
	scale?: number | string | undefined;
	centre?: string | undefined;
	lonelyPsu?: string | undefined;
	unknownCodes?: string | undefined;
	/** Values of columns that are no answers, where neither codebook nor file says so: `{ AGE: ["98", "99"], SCORE: "none" }`. */
	missing?: MissingSpec | undefined;
	/** Id of a shipped codebook or path of a YAML file. */
	codebook?: string | undefined;
	/** Files or patterns of files that describe schools, where neither name nor columns tell. */
	schools?: readonly string[] | undefined;
	language?: string | undefined;
}

/** By column, or as typed: `AGE=98,99`, `SCORE=none`. */
export type MissingSpec = Readonly<Record<string, readonly string[] | string>> | readonly string[];

export interface RatesSettings {
	/** Empty takes the codebook's own choice. */
	topics: readonly string[];
	items: readonly string[];
	by: readonly string[] | null;
	where: readonly string[];
	/** A base of the codebook; null takes each item's own. */
	base: string | null;
	yes: readonly string[] | null;
	total: boolean;
	counts: boolean;
	level: number;
	ci: IntervalMethod;
	df: "design" | number;
	suppress: (typeof SUPPRESSION)[number];
	protect: boolean;
	average: AverageRequest | null;
	averageKind: AverageKind;
	benchmark: readonly Benchmark[];
	adjust: (typeof ADJUSTMENTS)[number];
	family: (typeof FAMILIES)[number];
	extras: readonly (typeof EXTRAS)[number][];
	scale: number | null;
	centre: (typeof CENTRES)[number] | null;
	lonelyPsu: (typeof LONELY_PSU)[number] | null;
	unknownCodes: "error" | "missing";
	/** Column in capitals → its values that are no answers; none where all are answers. */
	missing: Readonly<Record<string, readonly string[]>>;
	codebook: string | null;
	schools: readonly string[];
	/** Null: systems are not put together. */
	synthesis: SynthesisSettings | null;
	language: Language;
}

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

export const EXTRAS = ["cv", "n-eff"] as const;
const CENTRES = ["full-sample", "replicate-mean"] as const;
const LONELY_PSU = ["fail", "remove", "certainty", "average", "adjust"] as const;

export const CI_METHODS: readonly IntervalMethod[] = ["logit", "wald", "beta", "wilson", "xlogit"];

/**
 * Loose in, strict out: past this point every setting is there and valid.
 * @throws UserError naming the option, the value and what is allowed.
 */
export function normalizeSettings(spec: RatesSpec = {}): RatesSettings {
	return {
		topics: names(spec.topics),
		items: names(spec.items, []),
		by: spec.by === undefined ? null : names(spec.by, []),
		where: [...(spec.where ?? [])],
		base: spec.base?.toLowerCase() ?? null,
		yes: spec.yes === undefined ? null : names(spec.yes, []),
		total: spec.total ?? false,
		counts: spec.counts ?? false,
		level: confidenceLevel(spec.level ?? 0.95),
		ci: oneOf("ci", spec.ci ?? "logit", CI_METHODS),
		df: degreesOfFreedom(spec.df ?? "design"),
		suppress: oneOf("suppress", spec.suppress ?? "talis", SUPPRESSION),
		protect: spec.protect ?? false,
		average: spec.average === undefined ? null : averageRequest(spec.average),
		averageKind: oneOf("average-kind", spec.averageKind ?? "simple", AVERAGE_KINDS),
		benchmark: names(spec.benchmark, []).map(benchmark),
		adjust: oneOf("adjust", spec.adjust ?? "holm", ADJUSTMENTS),
		family: oneOf("family", spec.family ?? "group", FAMILIES),
		extras: names(spec.extras, []).map((name) => oneOf("with", name, EXTRAS)),
		scale: spec.scale === undefined ? null : positive("scale", spec.scale),
		centre: optional("centre", spec.centre, CENTRES),
		lonelyPsu: optional("lonely-psu", spec.lonelyPsu, LONELY_PSU),
		unknownCodes: oneOf("unknown-codes", spec.unknownCodes ?? "error", ["error", "missing"]),
		missing: missingCodes(spec.missing ?? {}),
		codebook: spec.codebook ?? null,
		schools: [...(spec.schools ?? [])],
		synthesis: normalizeSynthesis(spec),
		language: oneOf("lang", spec.language ?? "en", LANGUAGES),
	};
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
	throw new UserError(`"${first}" is no average and no country code`, { hint: AVERAGE_HINT });
}

export const AVERAGE_HINT = "use oecd, eu, all, or codes with commas such as FRA,ITA,MEX";

/** @throws UserError where a column or its codes are not named. */
function missingCodes(spec: MissingSpec): RatesSettings["missing"] {
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
		hint: "write --missing COLUMN=98,99, or COLUMN=none",
	});
}

function benchmark(text: string): Benchmark {
	const [, system = "", cycle = ""] = /^([\w:-]+)@(\d{4})$/.exec(text) ?? [];
	if (system !== "") return { system, cycle: Number(cycle) };
	throw new UserError(`"${text}" is no benchmark`, {
		hint: "write SYSTEM@CYCLE, such as KAZ@2024 or oecd@2024",
	});
}

function confidenceLevel(value: number | string): number {
	const level = Number(value);
	if (level > 0 && level < 1) return level;
	const hint =
		level >= 1 && level < 100 ? `for ${level} % write ${level / 100}` : "write a number such as 0.95";
	throw new UserError(`"${value}" is no confidence level between 0 and 1`, { hint });
}

function degreesOfFreedom(value: number | string): "design" | number {
	if (value === "design") return "design";
	if (value === "inf") return Number.POSITIVE_INFINITY;
	const df = Number(value);
	if (df > 0) return df;
	throw new UserError(`"${value}" is no value of --df`, { hint: "use design, inf or a positive number" });
}
