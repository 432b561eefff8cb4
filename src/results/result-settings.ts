/** The question that a result answers; `report` combines all parts of a report. */
export const RESULT_KINDS = [
	"rates",
	"compare",
	"gaps",
	"means",
	"published",
	"reach",
	"model",
	"relate",
	"report",
] as const;

export type ResultKind = (typeof RESULT_KINDS)[number];

export type IntervalMethod = "logit" | "wald" | "beta" | "wilson" | "xlogit";

/**
 * How an interval was computed: as requested, or `exact` (Clopper–Pearson) for a share of 0 or 1, `log` of a count on
 * its log scale, `woodruff` of a quantile by the distribution function.
 */
export type UsedInterval = IntervalMethod | "exact" | "log" | "woodruff";

/** The settings that determined the numbers, under the names used in files. */
export interface SharedSettings {
	/** The kind once more, under the name it had when files had no kind. */
	command: string;
	cycle: number;
	topics: readonly string[];
	items: readonly string[];
	/** Breakdowns that groups have. */
	by: readonly string[];
	/** Breakdowns that were taken out of the default ones. */
	pool: readonly string[];
	where: readonly string[];
	base: string | null;
	yes: readonly string[] | null;
	/** Absent unless every answer has a row of its own. */
	answers: boolean;
	total: boolean;
	counts: boolean;
	/** Confidence level, such as 0.95. */
	level: number;
	ci: IntervalMethod;
	df: "design" | "inf" | number;
	suppress: string;
	protect: boolean;
	/**
	 * How protected numbers are rounded: n to multiples, weighted numbers and what n follows from to significant digits,
	 * figures to decimals beyond print; and within how many points nothing hidden can be worked out. Figures of fewer than
	 * `fewest` teachers are hidden. Absent where they are not.
	 */
	protection: { n: number; digits: number; decimals: number; points: number; fewest?: number };
	average: string | readonly string[] | null;
	averageKind: string;
	benchmark: readonly { system: string; cycle: number }[];
	adjust: string;
	family: string;
	extras: readonly string[];
	unknownCodes: string;
	/** Column → its values that were said to be no answers; absent where nothing was said. */
	missing: Readonly<Record<string, readonly string[]>>;
	/** User-defined concepts, as they were defined; absent if there are none. */
	define: readonly string[];
	codebook: string;
	lang: string;
	/** Populations of the teachers asked, where the file tells. */
	populations: readonly string[];
	/** How systems were combined, if they were. */
	synthesis: { method: string; test: string; excludeCaution: boolean; moderator: string | null };
}

interface Compared {
	/** A breakdown, `items`, `cycle` or `baseline`. */
	between: string | null;
	variables: readonly string[];
	reference: string | null;
	pairs: "all" | null;
	allowMismatch: readonly string[];
	forceTrend: boolean;
	/** Tests of all levels at once, where they were asked for. */
	test: string | null;
	/** The bound of equivalence. */
	within: number | null;
	/** Of several results, the earliest first. */
	cycles: readonly number[];
}

/** What a kind of result records beside. */
export interface OwnSettings {
	rates: object;
	compare: Compared;
	/** The topics that stand for needs and for offers. */
	gaps: Compared & { gaps: { needs: string; offer: string } };
	means: {
		variables: readonly string[];
		quantiles: readonly number[];
		/** Absent where none was asked for. */
		ratios?: readonly string[];
		quantileInterval: string;
		quantileRule: string;
	};
	published: object;
	reach: object;
	model: {
		outcomes: readonly string[];
		/** As they are written on the command line. */
		models: readonly string[];
		modelFamily: string;
		references: readonly { variable: string; level: string }[];
		standardize: boolean;
		effects: boolean;
		/** Values by variable, one list per prediction. */
		at: readonly (readonly { variable: string; value: string }[])[];
		eachOwn: boolean;
		equalSystems: boolean;
	};
	relate: { variables: readonly string[]; rank: boolean; scales: readonly (readonly string[])[] };
	/** Breakdowns that the parts of a report are by. */
	report: { between: readonly string[] };
}

/** Settings of results of a kind; what one kind does not have, or an older file does not say, is absent. */
export type SettingsOf<K extends ResultKind> = Partial<SharedSettings & OwnSettings[K]>;

/** What settings of every kind may say. */
export type Settings = Partial<SharedSettings>;
