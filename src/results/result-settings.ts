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

/** The kind of question that results answer. */
export type ResultKind = (typeof RESULT_KINDS)[number];

/** Methods of confidence intervals of percentages, with the names of R's `svyciprop`. */
export type IntervalMethod = "logit" | "wald" | "beta" | "wilson" | "xlogit";

/**
 * How an interval was computed: as requested, or `exact` (Clopper–Pearson) for a share of 0 or 1, `log` of a count on
 * its log scale, `woodruff` of a quantile by the distribution function.
 */
export type UsedInterval = IntervalMethod | "exact" | "log" | "woodruff";

/** The settings that determined the numbers, under the names used in files. */
export interface SharedSettings {
	/** The kind again, under the name used before files had a kind. */
	command: string;
	cycle: number;
	topics: readonly string[];
	items: readonly string[];
	/** Breakdowns that groups have. */
	by: readonly string[];
	/** Default breakdowns that were removed. */
	pool: readonly string[];
	where: readonly string[];
	base: string | null;
	yes: readonly string[] | null;
	/** Absent unless every answer has its own row. */
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
	 * Rounding of protected numbers: n to multiples; weighted numbers and what n follows from to significant digits;
	 * figures to more decimals than printed; `points` is the range within which hidden figures must stay undeterminable.
	 * Figures of fewer than `fewest` teachers are hidden. Absent without protection.
	 */
	protection: { n: number; digits: number; decimals: number; points: number; fewest?: number };
	average: string | readonly string[] | null;
	averageKind: string;
	benchmark: readonly { system: string; cycle: number }[];
	adjust: string;
	family: string;
	extras: readonly string[];
	unknownCodes: string;
	/** By column, values that the user declared missing; absent if there are none. */
	missing: Readonly<Record<string, readonly string[]>>;
	/** User-defined concepts, as they were defined; absent if there are none. */
	define: readonly string[];
	codebook: string;
	lang: string;
	/** Populations of the teachers, if the file tells. */
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
	/** On request: tests of all levels at once. */
	test: string | null;
	/** The bound of equivalence. */
	within: number | null;
	/** Cycles of several results, the earliest first. */
	cycles: readonly number[];
}

/** Additional settings of each kind of result. */
export interface OwnSettings {
	rates: object;
	compare: Compared;
	/** The topics of needs and of offers. */
	gaps: Compared & { gaps: { needs: string; offer: string } };
	means: {
		variables: readonly string[];
		quantiles: readonly number[];
		/** Absent unless requested. */
		ratios?: readonly string[];
		quantileInterval: string;
		quantileRule: string;
	};
	published: object;
	reach: object;
	model: {
		outcomes: readonly string[];
		/** In command-line notation. */
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
	/** Breakdowns of the parts of a report. */
	report: { between: readonly string[] };
}

/** Settings of one kind of result; settings that the kind or an older file lacks are absent. */
export type SettingsOf<K extends ResultKind> = Partial<SharedSettings & OwnSettings[K]>;

/** Settings that any kind of result may have. */
export type Settings = Partial<SharedSettings>;
