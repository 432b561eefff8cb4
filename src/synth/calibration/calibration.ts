import * as z from "zod";

const percent = z.number().min(0).max(100);
const source = z.string();
const column = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a column name in capitals");
const count = z.number().int().min(1);

/** Code → share; the shares need not add up to 100, they are put in proportion. */
const shares = z
	.record(z.string().regex(/^\d+$/, "a whole number"), z.number().min(0))
	.refine((codes) => Object.values(codes).some((share) => share > 0), "the shares are all 0");

/** Inclusive bounds on a background column; codes for no answer lie above `to`. */
const where = z.strictObject({ column, from: z.number().default(0), to: z.number() });

const omitted = z.strictObject({ code: z.number().int(), percent });

const spread = z.strictObject({
	source,
	shares,
	/** One value for all teachers of a school. */
	level: z.enum(["teacher", "school"]).default("teacher"),
	omitted: omitted.optional(),
});

/** What the strata differ in, such as the region: the code of each, from the first; further strata begin anew. */
const byStratum = z.strictObject({ source, strata: z.array(z.number().int()).min(1) });

const background = z.union([byStratum, spread]);

/** Age and years of work, which hang together: years here ≤ years in all ≤ age − `start`. */
const career = z.strictObject({
	source,
	/** Column of the age in years, where the file has it and not the group alone. */
	age: column.optional(),
	group: column,
	/** Code of the age group → its years and how many teachers are in it. */
	groups: z.record(
		z.string().regex(/^\d+$/, "a whole number"),
		z.strictObject({ from: count, to: count, share: z.number().min(0) }),
	),
	/** Youngest age at which someone teaches. */
	start: count,
	total: column,
	here: column,
	/** Last year of each group but the last, where years of work are in groups: [5, 10] is 1 to 5, 2 to 10, 3 over. */
	years: z.array(count).min(1).optional(),
	omitted: omitted.optional(),
});

/** A share of the weighted valid answers on the item's base, or of those of them that fit `where`. */
const target = z.strictObject({
	percent,
	source,
	where: where.optional(),
	/** The item's own shares of its codes, met as closely as the percentage itself; those of its topic where absent. */
	shares: shares.optional(),
});

/** The box to tick where none of the others is. */
const noneOf = z.strictObject({ "none-of": z.array(z.string()).min(1) });

/** Chance in percent of a question left out as a whole, and of a single item left out. */
const omissions = z.strictObject({ question: percent, item: percent });

/** Moves some teachers' propensity, in standard deviations; the targets hold all the same. */
const effect = z.strictObject({ where, shift: z.number(), items: z.array(z.string()).optional() });

const topic = z.strictObject({
	omitted: omissions.optional(),
	/** How the teachers who say yes, and those who say no, spread over the codes; codes rise with propensity. */
	shares: shares.optional(),
	effects: z.array(effect).default([]),
	items: z.record(z.string(), z.union([target, noneOf])),
});

/** A scale, made of the codes of items: their mean, moved and stretched to the weighted mean and deviation. */
const scale = z.strictObject({
	source,
	/** `topic:item`; who gave no answer to one of them has no score. */
	of: z.array(z.string()).min(1),
	mean: z.number(),
	sd: z.number().positive(),
});

/** A score of its own: bell-shaped around a mean that answers and background move. */
const score = z.strictObject({
	source,
	mean: z.number(),
	/** Between teachers of one school, whom nothing else tells apart. */
	sd: z.number().positive(),
	/** Standard deviation of what teachers of one school have in common. */
	school: z.number().min(0).default(0),
	/** What moves it, and how far that differs from system to system (a standard deviation). */
	effects: z
		.array(z.strictObject({ where, shift: z.number(), between: z.number().min(0).default(0) }))
		.default([]),
	omitted: omitted.optional(),
});

const system = z.strictObject({
	code: z.string().min(1),
	/** Value id of the codebook's group `population`. */
	population: z.string(),
	teachers: count,
	schools: count,
	zones: count,
	/** Number of teachers the sample stands for. */
	represents: z.strictObject({ teachers: count, source }),
	background: z.record(column, background),
	career,
	/** Shares of an answer's latent variance between schools and between teachers; the rest is the item's own. */
	correlation: z
		.strictObject({ school: z.number().min(0), teacher: z.number().min(0) })
		.refine(({ school, teacher }) => school + teacher <= 1, "school and teacher exceed 1 together"),
	/** Percentage of teachers who stop before the end. */
	breakoff: percent,
	omitted: omissions,
	/** `topic:item` that was not administered here. */
	"not-administered": z.array(z.string()).default([]),
	/** In the order of the questionnaire. */
	topics: z.record(z.string(), topic),
	/** Measures of the codebook. */
	scales: z.record(z.string(), scale).default({}),
	/** Columns that hold scores. */
	scores: z.record(column, score).default({}),
});

/** How the survey's files are written. */
const file = z.strictObject({
	separator: z.enum([",", ";"]).default(","),
	/** Decimals of the weights; 5 as in the public files of TALIS. */
	"weight-decimals": z.number().int().min(0).max(13).default(5),
});

export const calibrationSchema = z.strictObject({
	codebook: z.string(),
	seed: z.number().int(),
	/** Short id → full citation; `assumed` marks unpublished figures. */
	sources: z.record(z.string(), z.string().min(1)),
	file: file.prefault({}),
	systems: z.array(system).min(1),
});

/** A calibration file: the design and the rates of a synthetic survey. */
export type Calibration = z.output<typeof calibrationSchema>;

export type SystemCalibration = Calibration["systems"][number];
export type TopicCalibration = z.output<typeof topic>;

export type Target = z.output<typeof target>;
export type ItemCalibration = TopicCalibration["items"][string];

export type CalibratedWhere = z.output<typeof where>;
export type CalibratedEffect = z.output<typeof effect>;

export type Omissions = z.output<typeof omissions>;
export type Background = z.output<typeof background>;

export type CalibratedScale = z.output<typeof scale>;
export type Score = z.output<typeof score>;
export type Career = z.output<typeof career>;
