import { dirname, isAbsolute, join } from "node:path";
import * as z from "zod";
import { parseYaml } from "../codebook/definition/parse.js";
import { readText } from "../platform/small-files.js";
import { isAddress, relocated } from "../read/database/address.js";
import { SAMPLES } from "../results/samples.js";
import { MODEL_FAMILIES } from "../settings/model.js";
import {
	ADJUSTMENTS,
	AVERAGE_KINDS,
	CI_METHODS,
	FAMILIES,
	SUPPRESSION,
	UNKNOWN_CODES,
} from "../settings/rates.js";
import { SYNTHESIS_METHODS, SYNTHESIS_TESTS } from "../settings/synthesis.js";
import { LANGUAGES, type Language } from "../wording/locale.js";

const words = z.string().min(1);

/** One or several; a single one needs no brackets. */
const list = z.union([words.transform((one) => [one]), z.array(words).min(1)]);

/** The same, where none is also allowed. */
const anyList = z.union([words.transform((one) => [one]), z.array(words)]);

/** One text for all languages, or one per language; English stands in where one is missing. */
const text = z.union([
	words.transform((en): Partial<Record<Language, string>> => ({ en })),
	z.partialRecord(z.enum(LANGUAGES), words),
]);

const comparison = z.union([
	words.transform((between) => ({ between })),
	z.strictObject({ between: words, reference: words.optional() }),
]);

const regression = z.strictObject({
	outcome: list,
	predict: z
		.union([
			words,
			z
				.array(words)
				.min(1)
				.transform((terms) => terms.join(",")),
		])
		.optional(),
	/** Several side by side, each `NAME: terms`. */
	models: list.optional(),
	family: z.enum(MODEL_FAMILIES).optional(),
	reference: list.optional(),
	standardize: z.boolean().optional(),
	effects: z.boolean().optional(),
	at: list.optional(),
	"each-own": z.boolean().optional(),
	"equal-systems": z.boolean().optional(),
	yes: list.optional(),
	base: words.optional(),
	by: list.optional(),
});

const relation = z.strictObject({
	variables: list.optional(),
	rank: z.boolean().optional(),
	/** Columns of a scale, one text per scale. */
	alpha: list.optional(),
	base: words.optional(),
	by: list.optional(),
});

export const reportSchema = z.strictObject({
	title: text,
	publisher: text.optional(),
	introduction: text.optional(),
	/** Survey files of one cycle. */
	data: list,
	codebook: words.optional(),
	/** Of the page; tables, charts and the summary are in the first. */
	languages: z.array(z.enum(LANGUAGES)).min(1).default(["en"]),
	"as-of": z.iso.date().optional(),
	/** Where the page will be read: networks that show its picture ask for the whole address. */
	url: z.url({ protocol: /^https?$/ }).optional(),

	/** The codebook's own choice where none is named. */
	topics: list.optional(),
	where: anyList.default([]),
	breakdowns: anyList.default([]),
	/** Countries or populations that are pooled. */
	pool: z.union([z.enum(SAMPLES).transform((one) => [one]), z.array(z.enum(SAMPLES))]).default([]),
	comparisons: z.union([words.transform((between) => [{ between }]), z.array(comparison)]).default([]),
	gaps: z.boolean().default(false),
	/** Names of numbers, or all that the codebook lists. */
	means: z.union([z.boolean(), list]).default(false),
	/** Items of which every answer is shown, as `--answers` has them. */
	answers: anyList.default([]),
	/** User-defined concepts, in the syntax of `--define`. */
	define: anyList.default([]),
	/** Regressions by a name of their own, as the options of `model` have them. */
	models: z.record(words, regression).default({}),
	/** Correlations and scales by a name of their own, as the options of `relate` have them. */
	relations: z.record(words, relation).default({}),
	/** How the meta-analysis combines systems. */
	synthesis: z.enum(SYNTHESIS_METHODS).optional(),
	"synthesis-test": z.enum(SYNTHESIS_TESTS).optional(),
	"exclude-caution": z.boolean().optional(),
	moderator: words.optional(),
	average: list.optional(),
	"average-kind": z.enum(AVERAGE_KINDS).optional(),
	benchmarks: anyList.default([]),

	level: z.number().optional(),
	ci: z.enum(CI_METHODS).optional(),
	df: z.union([z.number(), words]).optional(),
	adjust: z.enum(ADJUSTMENTS).optional(),
	family: z.enum(FAMILIES).optional(),
	suppress: z.enum(SUPPRESSION).default("talis"),
	protect: z.boolean().default(true),
	"unknown-codes": z.enum(UNKNOWN_CODES).optional(),
	/** Column → its codes that are not answers. */
	missing: z.record(words, list).optional(),

	/** Which tables are drawn: those of topics, those of breakdowns too, or none. */
	charts: z.enum(["topics", "all", "none"]).default("topics"),
	/** Name of a chart → kind, where it should differ from the automatic choice. */
	kinds: z.record(words, words).default({}),
	/** Systems or other groups that charts highlight, and the average they mark by a line. */
	highlight: anyList.default([]),
	"benchmark-line": words.optional(),
	baseline: words.optional(),
	"fail-on": anyList.default([]),
});

/** The settings of a report, with defaults; paths are as they will be opened. */
export interface ReportConfig extends z.output<typeof reportSchema> {
	/** Of the YAML file. */
	path: string;
	source: string;
}

/** Whether a codebook is a file of the user's rather than one that ships. */
export function isFile(name: string): boolean {
	return /\.(ya?ml|json)$/i.test(name) || name.includes("/");
}

/** Options of the command line that override the config. */
export interface ReportOverrides {
	baseline?: string | undefined;
	failOn?: readonly string[] | undefined;
	/** YYYY-MM-DD, printed on the page. */
	asOf?: string | undefined;
	/** Whether the config may name files outside the folder it lies in. */
	allowOutside?: boolean | undefined;
	/** The page opens in it, and tables, charts and the summary are in it. */
	language?: Language | undefined;
}

/**
 * A report's config, its paths taken from the folder it lies in.
 * @throws UserError naming file, line and key of the first thing that is wrong.
 */
export function readConfig(path: string): ReportConfig {
	const source = readText(path);
	const config = parseYaml(source, path, reportSchema, { start: "report init writes one to begin with" });
	const from = (file: string) => (isAbsolute(file) ? file : join(dirname(path), file));
	const dataFrom = (name: string) => (isAddress(name) ? relocated(name, from) : from(name));
	return {
		...config,
		path,
		source,
		data: config.data.map(dataFrom),
		...(config.codebook !== undefined && isFile(config.codebook) ? { codebook: from(config.codebook) } : {}),
		...(config.baseline === undefined ? {} : { baseline: from(config.baseline) }),
	};
}
