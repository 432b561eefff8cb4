import * as z from "zod";
import { STATUSES } from "../../results/result-set.js";
import { LANGUAGES } from "../../wording/locale.js";
import { pattern } from "./pattern.js";

/** A text in its languages. `en` replaces missing ones; if a codebook has no `en`, the first language does. */
export interface Text {
	en: string;
	[language: string]: string | undefined;
}
const words = z.string().optional();
const text: z.ZodType<Text> = z
	.strictObject(Object.fromEntries(LANGUAGES.map((language) => [language, words])))
	.transform((texts, context): Text => {
		const first = Object.values(texts).find((one) => one !== undefined && one !== "");
		if (first !== undefined) return { ...texts, en: texts.en || first };
		context.addIssue({ code: "custom", message: "needs a text in at least one language, such as { en: … }" });
		return z.NEVER;
	});

/** Codes are compared as text, so 1, "1" and 1.0 in a file are one code. */
const code = z.union([z.string(), z.number()]).transform(String);
const codes = z.array(code).min(1);
const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower case words joined by hyphens");

/** What a code means when it is not an answer; only these two leave the denominator. */
export const NO_ANSWERS = ["not-applicable", "not-administered", "not-reached", "omitted"] as const;

/** What a stratum with one unit adds to a linearised variance. */
export const LONELY_PSU = ["fail", "remove", "certainty", "average", "adjust"] as const;

export const CENTRES = ["full-sample", "replicate-mean"] as const;

/** Codes are looked for as they are written, then without regard to case. */
const answers = z.strictObject({
	/** The answers that count as yes where nothing else is asked for (published practice). */
	yes: z.array(code).default([]),
	/** Every valid answer. */
	values: z.record(z.string(), text),
	/** Codes that are not answers, and why. */
	missing: z.record(z.string(), z.enum(NO_ANSWERS)).default({}),
	/** An empty cell is a no, such as a box that is not ticked; without this it is `omitted`. */
	empty: z.literal("no").optional(),
	/** A cell holds several answers with this between them, such as `a;b;c`. */
	separator: z.string().min(1).optional(),
	/** The answer that counts where the codebook knows none, such as free text beside "other". */
	unlisted: code.optional(),
});

/**
 * How sure it is that the column is what is said here, where it was not read from the survey's own documents. Runs
 * that use it say so.
 */
const confidence = z.enum(["medium", "low"]).optional();

const item = z.strictObject({
	/** Name of its column, whatever the case; `NAME #2` is the second column of that name. */
	variable: z.string(),
	label: text,
	/** The answers that are this item's yes, where several items are read from one column. */
	option: z.union([code.transform((one) => [one]), codes]).optional(),
	/** Set of answers, where it differs from the topic's. */
	answers: z.string().optional(),
	base: key.optional(),
	/** Further words, in any language, that `--item` finds this item by. */
	words: z.array(z.string()).optional(),
	/** Populations whose questionnaire has it; all where absent. */
	populations: z.array(z.string()).min(1).optional(),
	confidence,
});

const derived = z.strictObject({
	label: text,
	/**
	 * any-of: yes if one of them is yes, no if all are no, else missing. count: number of yes of a complete list. defined: as
	 * `define` says.
	 */
	rule: z.enum(["any-of", "count", "defined"]),
	/** Items it is made of; all of the topic where absent. */
	of: z.array(key).optional(),
	/** As on the command line: `any(peer-coaching, network)`, `need:ict and not focus:ict`. */
	define: z.string().optional(),
	/** Its base, if it differs from the topic's. */
	base: key.optional(),
	/** True: shown only where it is asked for by name. */
	onRequest: z.boolean().optional(),
});

const topic = z.strictObject({
	label: text,
	/** Says of whom and of what the percentages are; heads tables and charts. */
	title: text,
	question: z.string(),
	answers: z.string(),
	base: key,
	/** Forms of the questionnaire that have it; all where absent. */
	forms: z.array(z.string()).min(1).optional(),
	items: z.record(key, item),
	derived: z.record(key, derived).optional(),
});

/** Topics that ask the same items of different things, such as the providers of each kind of programme. */
const grid = z.strictObject({
	label: text,
	title: text,
	/** Base of its percentages, in one line for all topics. */
	base: text,
	/** Topic → head of its column. */
	topics: z.record(key, text),
});

const groupValue = z.strictObject({
	label: text,
	codes: codes.optional(),
	/** Names of files whose every row has this value where they lack the column: the start of the name. */
	file: pattern.optional(),
	/** Inclusive bounds on the column's number, in the column's unit. */
	from: z.number().optional(),
	to: z.number().optional(),
	/** The mark of caution that systems bear whose rows have this value. */
	caution: z.string().optional(),
});

const group = z.strictObject({
	variable: z.string(),
	/** The file of its column, if not the teachers' own. */
	file: z.literal("schools").optional(),
	/** Regular expression whose first group is the part of the column's text that is the code. */
	pattern: pattern.optional(),
	label: text,
	/** Further words, in any language, that `--by` and `--where` find it by. */
	words: z.array(z.string()).optional(),
	missing: z.array(code).optional(),
	/** `systems`: the participating countries and economies; else value id → codes or a range. */
	values: z.union([z.literal("systems"), z.record(z.string(), groupValue)]),
	/** Parts of the column's numbers, where a value has several of them. */
	ranges: z
		.array(z.strictObject({ value: z.string(), from: z.number().optional(), to: z.number().optional() }))
		.optional(),
	/** A code the codebook does not list is kept as a value of its own instead of being an error. */
	open: z.boolean().optional(),
	confidence,
});

/** A group made of two answers: who says yes to both, to one of them, or to neither. */
const profile = z.strictObject({
	/** As on the command line: `profile(needs:ict, focus:ict)`. */
	define: z.string(),
	label: text,
	/** Further words, in any language, that `--by` and `--where` find it by. */
	words: z.array(z.string()).optional(),
	/** In this order: `both`, the first alone, the second alone, `neither`. */
	values: z.record(z.string(), z.strictObject({ label: text })),
});

const system = z.strictObject({
	/** ISO 3166 region whose name every language knows (Intl.DisplayNames); */
	region: z.string().length(2).optional(),
	/** or a name of its own. */
	label: text.optional(),
	/** The system whose teachers these also are; averages count only one of the two. */
	partOf: z.string().optional(),
	/** Populations (or `all`) that the publisher marks with a caution, and its mark. */
	caution: z.record(z.string(), z.string()).optional(),
});

const level = z.enum(["configural", "metric", "scalar"]);
/** Level of invariance between countries, or the level of each population. */
const invariance = z.union([level, z.record(z.string(), level)]);

/** Lists of systems by population, as memberships differ between levels of education. */
const members = z.record(z.string(), z.array(z.string()).min(1));

const average = z.strictObject({
	/** The prefix before "average-27". */
	label: text,
	members,
});

/** A number of the file that means, quantiles and standard deviations are taken of. */
const measure = z.strictObject({
	variable: z.string(),
	label: text,
	/** Codes that are not values, such as 9998, and why; a mere list counts as omitted. */
	missing: z
		.union([
			codes.transform((list) => Object.fromEntries(list.map((code) => [code, "omitted" as const]))),
			z.record(z.string(), z.enum(NO_ANSWERS)),
		])
		.optional(),
	/** Smallest and largest value there can be. */
	from: z.number().optional(),
	to: z.number().optional(),
	/** Level of invariance between countries, for scales: means are comparable only where it is scalar. */
	invariance: invariance.optional(),
});

const base = z.strictObject({
	label: text,
	/**
	 * `topic:item` whose yes makes a teacher a member, and the base it is asked in; `topic:*` is the item of the same key,
	 * such as the platform that a certificate is of.
	 */
	gate: z.string().optional(),
	within: key.optional(),
	/** The gate decides whatever the cells say, where a tool writes answers for those who were not asked. */
	decides: z.literal("gate").optional(),
});

const weighted = {
	weight: z.string(),
	/** Codes in the weight column that mean the row has no weight and is left out. */
	missing: z.array(code).optional(),
	/** Weights of other files of the survey, which stand for other units than these rows. */
	others: z.array(z.string()).optional(),
};

/** The weight column, or the statement that there is none and every row has weight 1. */
const weightedOrNot = { ...weighted, weight: z.string().optional(), weights: z.literal("none").optional() };

/** Nobody has more, and each is a column. */
const MOST_REPLICATES = 10_000;

const replicated = {
	...weighted,
	/** PREFIX1 … PREFIXn, or the columns by name. */
	replicates: z.union([
		z.strictObject({ prefix: z.string(), count: z.number().int().min(2).max(MOST_REPLICATES) }),
		z.array(z.string()).min(2),
	]),
	/** Replaces the method's own constant. */
	scale: z.number().positive().optional(),
	/** The value that deviations are measured from; by default the full-sample estimate. */
	centre: z.enum(CENTRES).optional(),
};

const perReplicate = z.union([z.number(), z.array(z.number())]);

/** One variant per method, each with exactly its own parameters. */
const design = z.discriminatedUnion("method", [
	z.strictObject({ method: z.literal("fay-brr"), ...replicated, fay: z.number().min(0).lt(1) }),
	z.strictObject({ method: z.literal("brr"), ...replicated }),
	z.strictObject({ method: z.literal("jk1"), ...replicated }),
	z.strictObject({
		method: z.literal("jk2"),
		...replicated,
		/** Replicates made of each pair of units: one half dropped (1), or each in turn (2). */
		perZone: z.union([z.literal(1), z.literal(2)]).default(1),
	}),
	z.strictObject({
		method: z.literal("jkn"),
		...replicated,
		/** Factor of each replicate, … */
		rscales: perReplicate.optional(),
		/** … or the number n of units in the stratum it drops one of: (n − 1) / n. */
		stratumSizes: perReplicate.optional(),
	}),
	z.strictObject({
		method: z.literal("bootstrap"),
		...replicated,
		/** Bootstrap samples that each replicate is the mean of: C/R takes the place of 1/(R − 1). */
		meanOf: z.number().int().positive().optional(),
	}),
	z.strictObject({ method: z.literal("sdr"), ...replicated }),
	z.strictObject({
		method: z.literal("taylor"),
		...weightedOrNot,
		strata: z.string().optional(),
		/** Primary sampling unit, numbered within its stratum; each row is one where the column is absent. */
		psu: z.string().optional(),
		/** Units in the stratum's population, or the share of them that was drawn. */
		fpc: z.string().optional(),
		lonelyPsu: z.enum(LONELY_PSU).optional(),
	}),
	z.strictObject({ method: z.literal("weights-only"), ...weighted }),
	/** Neither weights nor a design: a simple random sample with weight 1 for every row. */
	z.strictObject({ method: z.literal("simple"), ...weightedOrNot }),
]);

/** Names of columns in the publisher's tables; {key}, {item}, {variable}, {answer}, {group}, {value}, {a} and {b} are filled in. */
const publisherColumns = z.strictObject({
	/** Its name in `--keys`. */
	name: key,
	figure: z.string(),
	error: z.string(),
	/** {statistic} and {item}; the percentage's own word is `percent`. */
	key: z.string(),
	percent: z.string(),
	/** An item of the codebook; what is none goes by its column alone. */
	item: z.string(),
	/** Behind the key: a base that is not the item's own, and each breakdown. */
	base: z.string(),
	group: z.string(),
	/** Differences within a breakdown, and of two keys. */
	within: z.string(),
	between: z.string(),
	/** Behind the keys of two countries or populations; populations by other names where they have some. */
	side: z.string(),
	populations: z.record(z.string(), z.string()).default({}),
	/** What stands for a figure that is not there, by status; `other` for the rest. */
	hidden: z.record(z.enum([...STATUSES, "other"]), z.string().optional()),
});

/** Figures that are published. */
const publishedFigures = z.strictObject({
	/** As they ask to be cited. */
	source: z.string(),
	/** Population → CSV file, from the folder of this codebook; one line per item, one column per system. */
	tables: z.record(z.string(), z.string()),
	/** The same of odds ratios of logistic models; their lines have `controls` and `term` instead of a statistic. */
	oddsRatios: z.record(z.string(), z.string()).default({}),
	/** Marks in place of numbers, and their reasons. */
	symbols: z.record(z.string(), z.enum(STATUSES)).default({}),
	/** Topics that are shown where none is asked for; all that there are where nothing is said. */
	topics: z.array(key).min(1).optional(),
});

/** The publisher of the survey and its own conventions. None of them changes a figure of a file. */
const publisher = z.strictObject({
	/** Codebooks of one publisher are cycles of one survey. */
	id: key,
	/** In the middle of a sentence: the OECD. */
	name: text,
	/** Codebooks of other cycles, where they do not ship: files, from the folder of this one. */
	codebooks: z.array(z.string()).default([]),
	/** The population that stands for the survey where a file tells none. */
	mainPopulation: z.string().optional(),
	/** The average over all members, which goes by `all`. */
	ownAverage: key.optional(),
	/** Published totals, which are not means of systems, with the average of the same members. */
	totals: z.record(key, key).default({}),
	figures: publishedFigures.optional(),
	columns: publisherColumns.optional(),
	/** Files of the survey that hold nothing this tool is for: by their names or columns, and what is said of them. */
	refused: z
		.array(z.strictObject({ files: pattern, columns: pattern, message: z.string(), hint: z.string() }))
		.default([]),
});

export type Publisher = z.output<typeof publisher>;

export type PublishedFigures = z.output<typeof publishedFigures>;

export type PublisherColumns = z.output<typeof publisherColumns>;

export const codebookSchema = z.strictObject({
	/** Another codebook, by id or by its file beside this one, that says whatever this one does not (extend.ts). */
	extends: z.string().optional(),
	id: key,
	version: z.string(),
	cycle: z.number().int(),
	title: text,
	/** Name of the survey in captions, such as TALIS 2018. */
	survey: text,
	detect: z.strictObject({
		/** The file is of this codebook when it has all of these columns. */
		columns: z.array(z.string()).min(1),
		/** Or, between codebooks that fit alike, when its name matches one of these. */
		files: z.array(pattern).optional(),
	}),
	ids: z.strictObject({
		country: z.string().optional(),
		population: z.string().optional(),
		school: z.string().optional(),
		teacher: z.string().optional(),
	}),
	/** Files that describe schools, a row each, and are joined to their teachers by the ids. */
	schools: z
		.strictObject({
			/** Regular expressions of their names, … */
			files: z.array(pattern).optional(),
			/** … and of columns that only they have; groups of `file: schools` tell them, too. */
			columns: pattern.optional(),
			/** Columns that together name a school, instead of the ids; of several the first that both files have. */
			keys: z
				.array(z.union([z.string(), z.array(z.string()).min(1)]))
				.min(1)
				.optional(),
			/** How such a file is read where no teachers are given with it: what its rows are called, and their weight. */
			alone: z.strictObject({ title: text, of: text, design }).optional(),
		})
		.optional(),
	/** The unit of the rows, if they are not respondents. */
	rowsAre: z.literal("schools").optional(),
	/** Forms of one questionnaire that have different questions, and the column that tells which a row is of. */
	forms: z.strictObject({ variable: z.string(), codes: z.record(z.string(), code) }).optional(),
	/**
	 * What an empty cell stands for: `omitted` where nothing is said, or `inferred` from the row's form, population
	 * and routing, for files that leave out the codes which tell these apart; boxes to tick are a no of those asked.
	 */
	emptyCells: z.enum(["omitted", "inferred"]).optional(),
	/** A column whose presence says that the rows are made up. */
	synthetic: z.string().optional(),
	design,
	suppression: z
		.strictObject({
			teachers: z.number().int().min(0),
			schools: z.number().int().min(0),
			/** Largest share of missing answers among those asked, in percent. */
			nonresponse: z.number().min(0).max(100),
		})
		.optional(),
	bases: z.record(key, base),
	answers: z.record(z.string(), answers),
	groups: z.record(key, group),
	/** What becomes of groups that are defined as a `profile(…)` of two answers, and so have no column. */
	profiles: z.record(key, profile).optional(),
	systems: z.record(z.string(), system).optional(),
	/** What the caution marks of systems mean, where it is not the usual risk of bias from non-response: mark → text. */
	cautions: z.record(z.string(), text).optional(),
	averages: z.record(z.string(), average).optional(),
	/** Members of the averages of changes since an earlier cycle, where they are fewer: cycle → average. */
	trends: z.record(z.string(), z.record(z.string(), members)).optional(),
	/** Items that mean the same in an earlier cycle: cycle → topic → item keys. All others do not compare. */
	crosswalk: z.record(z.string(), z.record(z.string(), z.array(key))).optional(),
	measures: z.record(key, measure).optional(),
	/** Lists of the columns of its files, by id or path: what is known of columns that stand nowhere else here. */
	variables: z.array(z.string()).min(1).optional(),
	/** Topics shown by default; all if absent. */
	defaults: z.strictObject({ topics: z.array(key).min(1) }).optional(),
	/** The topics that ask the same items as a need and as an offer. */
	gaps: z.strictObject({ needs: key, offer: key }).optional(),
	/** The item, `topic:item`, that a report begins with: who took part in anything at all. */
	headline: z.string().optional(),
	/** How the publisher's own tables call sets of answers, derived rows (`topic:item`) and groups with their values. */
	published: z
		.strictObject({
			answers: z.record(z.string(), z.string()),
			derived: z.record(z.string(), z.string()),
			groups: z.record(key, z.strictObject({ name: z.string(), values: z.record(z.string(), z.string()) })),
		})
		.optional(),
	publisher: publisher.optional(),
	topics: z.record(key, topic),
	/** Shown as one table of items by topics, and asked for by one name. */
	grids: z.record(key, grid).optional(),
});

export { invariance as invarianceSchema, key as keySchema, text as textSchema };

export type Codebook = z.output<typeof codebookSchema>;

export type Topic = z.output<typeof topic>;

export type Item = z.output<typeof item>;

export type Answers = z.output<typeof answers>;

export type GroupDefinition = z.output<typeof group>;

export type ProfileGroup = z.output<typeof profile>;

export type Measure = z.output<typeof measure>;

export type DesignDefinition = z.output<typeof design>;

export type NoAnswer = (typeof NO_ANSWERS)[number];
