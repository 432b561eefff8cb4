import { UserError } from "./errors.js";
import { LANGUAGES, type Language } from "./locale.js";
import type { IntervalMethod } from "./results.js";
import { didYouMean } from "./suggest.js";

/** What a caller may say; everything is optional and unchecked. */
export interface RatesSpec {
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
	unknownCodes?: string | undefined;
	/** Id of a shipped codebook or path of a YAML file. */
	codebook?: string | undefined;
	language?: string | undefined;
}

export interface RatesSettings {
	topics: readonly string[];
	items: readonly string[];
	by: readonly string[] | null;
	where: readonly string[];
	base: "all" | "participants" | null;
	yes: readonly string[] | null;
	total: boolean;
	counts: boolean;
	level: number;
	ci: IntervalMethod;
	df: "design" | number;
	suppress: "talis" | "none";
	unknownCodes: "error" | "missing";
	codebook: string | null;
	language: Language;
}

export const DEFAULT_TOPICS = ["activities", "focus"] as const;
export const CI_METHODS: readonly IntervalMethod[] = ["logit", "wald", "beta", "wilson", "xlogit"];

/**
 * Loose in, strict out: past this point every setting is there and valid.
 * @throws UserError naming the option, the value and what is allowed.
 */
export function normalizeSettings(spec: RatesSpec = {}): RatesSettings {
	return {
		topics: names(spec.topics, DEFAULT_TOPICS),
		items: names(spec.items, []),
		by: spec.by === undefined ? null : names(spec.by, []),
		where: [...(spec.where ?? [])],
		base: spec.base === undefined ? null : oneOf("base", spec.base, ["all", "participants"] as const),
		yes: spec.yes === undefined ? null : names(spec.yes, []),
		total: spec.total ?? false,
		counts: spec.counts ?? false,
		level: confidenceLevel(spec.level ?? 0.95),
		ci: oneOf("ci", spec.ci ?? "logit", CI_METHODS),
		df: degreesOfFreedom(spec.df ?? "design"),
		suppress: oneOf("suppress", spec.suppress ?? "talis", ["talis", "none"]),
		unknownCodes: oneOf("unknown-codes", spec.unknownCodes ?? "error", ["error", "missing"]),
		codebook: spec.codebook ?? null,
		language: oneOf("lang", spec.language ?? "en", LANGUAGES),
	};
}

/** Repeated and comma-separated values alike; empty ones are dropped. */
function names(values: readonly string[] | undefined, fallback: readonly string[]): string[] {
	const all = (values ?? []).flatMap((value) => value.split(",")).map((value) => value.trim());
	const kept = [...new Set(all.filter((value) => value !== ""))];
	return kept.length === 0 ? [...fallback] : kept;
}

/** @throws UserError unless the value is one of the allowed ones. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw new UserError(`"${value}" is no value of --${option}`, { hint: didYouMean(value, allowed) });
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
