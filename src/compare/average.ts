import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { averageOf, type Combined, combine, memberAgainstAverage, sharesOf } from "../estimate/average.js";
import { shareInterval, waldInterval } from "../estimate/interval.js";
import type { Comparison, Estimate, Group, IntervalMethod } from "../results.js";
import type { AverageKind } from "../settings.js";
import { compare, type TestOptions } from "./comparison.js";
import { fromCombined, independent, sameSample } from "./difference.js";
import { type Bundle, byBreakdown } from "./groups.js";
import { combined, type Figured, groupKey, subjectKey, without } from "./side.js";

/** Country of a row that stands for several. */
export const AVERAGE = "average:";

/** An average over countries, and whom it is over. */
export interface Average {
	figure: Figured;
	/** Those that have a figure, by code. */
	members: Map<string, Figured>;
	kind: AverageKind;
	/** Members that have none here. */
	lost: string[];
}

/** How averages are made. */
export interface AverageOptions {
	kind: AverageKind;
	/** Members of the average of figures of a group; their label's start. */
	membership(group: Group): { id: string; members: readonly string[] };
	/** The figure of several countries as one population; needed for `pooled`. */
	pooled?(countries: readonly string[], figure: Figured): Figured | undefined;
	level: number;
	ci: IntervalMethod;
	df: "design" | number;
}

/**
 * The average of every figure over countries. A member without a figure leaves the mean, and the average's
 * name gives the number that is left. Numbers of teachers are not averaged.
 */
export function averagesOf(figures: readonly Figured[], options: AverageOptions): Average[] {
	const countries = figures.filter(({ estimate }) => isCountry(estimate));
	return byBreakdown(countries, "country").flatMap((bundle) => averageBundle(bundle, options));
}

function isCountry({ group, statistic }: Estimate): boolean {
	const { country } = group;
	return (
		country !== undefined && country !== "total" && !country.startsWith(AVERAGE) && statistic !== "count"
	);
}

function averageBundle({ group, levels }: Bundle, options: AverageOptions): Average[] {
	const { id, members: codes } = options.membership(group);
	const members = new Map(
		codes.flatMap((code) => {
			const figure = levels.get(code);
			return figure === undefined || figure.hidden ? [] : [[code, figure] as const];
		}),
	);
	if (members.size === 0) return [];
	const lost = codes.filter((code) => levels.has(code) && !members.has(code));
	const country = `${AVERAGE}${id}-${members.size}`;
	const parts = [...members.values()];
	const first = parts[0] as Figured;
	if (options.kind === "pooled") {
		const whole = options.pooled?.([...members.keys()], first);
		if (whole === undefined) return [];
		const estimate = { ...whole.estimate, group: withCountry(first.estimate.group, country) };
		return [{ figure: { ...whole, estimate }, members, kind: "pooled", lost }];
	}
	const whole = averageOf(parts.map(member), options.kind);
	const estimate = averageEstimate(parts, whole, withCountry(first.estimate.group, country), options);
	const weight = parts.reduce((sum, { weight = 0 }) => sum + weight, 0);
	return [{ figure: { estimate, hidden: false, df: whole.df, weight }, members, kind: options.kind, lost }];
}

function withCountry(group: Group, country: string): Group {
	return Object.fromEntries(
		Object.entries(group).map(([id, value]) => [id, id === "country" ? country : value]),
	);
}

function member(figure: Figured) {
	return { ...combined(figure), weight: figure.weight ?? 0 };
}

/**
 * An average as an estimate. Its interval cannot be made from replicates, so a logit one is made by the delta
 * method; n and schools are sums over the members, coverage is their mean.
 */
function averageEstimate(
	parts: readonly Figured[],
	{ estimate, se, df: own }: Combined,
	group: Group,
	{ level, ci, df: asked }: AverageOptions,
): Estimate {
	const first = (parts[0] as Figured).estimate;
	const df = asked === "design" ? own : asked;
	const total = (values: (number | null)[]) =>
		values.includes(null) ? null : values.reduce<number>((sum, value) => sum + (value as number), 0);
	const n = total(parts.map(({ estimate }) => estimate.n));
	const coverage = total(parts.map(({ estimate }) => estimate.coverage));
	const method = ci === "logit" ? "xlogit" : ci;
	const interval =
		first.statistic === "percent"
			? shareOf100(estimate, se, n, df, level, method)
			: waldInterval(estimate, se, df, level);
	return {
		...first,
		group,
		estimate,
		se,
		ciLow: finite(interval.low),
		ciHigh: finite(interval.high),
		ciMethod: interval.method,
		df: finite(df),
		n,
		schools: total(parts.map(({ estimate }) => estimate.schools)),
		weightedN: total(parts.map(({ estimate }) => estimate.weightedN)),
		coverage: coverage === null ? null : coverage / parts.length,
		deff: null,
		status: "ok",
	};
}

/**
 * Interval of a percentage that is known without its replicates.
 * @param n Null takes Wald's interval at 0 and 100 %, where the others need it.
 */
export function shareOf100(
	percent: number,
	se: number,
	n: number | null,
	df: number,
	level: number,
	ci: IntervalMethod,
) {
	if (n === null && (percent <= 0 || percent >= 100 || ci === "beta" || ci === "wilson")) {
		return waldInterval(percent, se, df, level);
	}
	const theta = Float64Array.of(percent / 100);
	const share = { theta, se: se / 100, n: n ?? 0, df, estimator: NO_REPLICATES };
	const { low, high, method } = shareInterval(ci === "logit" ? "xlogit" : ci, level, share);
	return { low: 100 * low, high: 100 * high, method };
}

const NO_REPLICATES: Estimator = {
	terms: 0,
	linearised: true,
	ratio: () => Float64Array.of(Number.NaN),
	total: () => Float64Array.of(Number.NaN),
	transform: () => Float64Array.of(Number.NaN),
	variance: () => ({ variance: Number.NaN, dropped: 0 }),
};

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

/**
 * Countries against an average: a member by the rule of part and whole (pooled: replicate by replicate), any
 * other as an independent sample.
 */
export function compareWithAverage(
	figures: readonly Figured[],
	averages: readonly Average[],
	sample: { estimator: Estimator } | undefined,
	options: TestOptions,
): Comparison[] {
	const known = new Map(averages.map((average) => [alikeKey(average.figure.estimate), average]));
	return byBreakdown(
		figures.filter(({ estimate }) => isCountry(estimate)),
		"country",
	).flatMap((bundle) => {
		const [any] = bundle.levels.values();
		const average = known.get(alikeKey((any as Figured).estimate));
		if (average === undefined) return [];
		return [...bundle.levels].map(([country, a]) => {
			const between = { variable: "country", a: country, b: average.figure.estimate.group.country as string };
			const part = average.members.has(country);
			return compare(
				{
					a,
					b: average.figure,
					group: bundle.group,
					between,
					kind: part ? "part-whole" : "independent",
					difference: () =>
						part ? partWhole(country, average, sample) : independent(combined(a), combined(average.figure)),
				},
				options,
			);
		});
	});
}

/** What figures share that differ in their country alone. */
function alikeKey(estimate: Estimate): string {
	return subjectKey(estimate) + groupKey(without(estimate.group, "country"));
}

function partWhole(
	country: string,
	{ figure, members, kind }: Average,
	sample: { estimator: Estimator } | undefined,
) {
	const own = members.get(country) as Figured;
	if (kind === "pooled") {
		return sameSample(
			own.theta as Theta,
			figure.theta as Theta,
			(sample as { estimator: Estimator }).estimator,
			figure.df,
		);
	}
	const place = [...members.keys()].indexOf(country);
	return fromCombined(memberAgainstAverage([...members.values()].map(member), place, kind));
}

/**
 * The average of differences: the mean of the members' own, each of them an independent sample.
 * @param comparisons Of all countries, alike but for the country.
 */
export function averageComparisons(
	comparisons: readonly Comparison[],
	{ kind, membership }: Pick<AverageOptions, "kind" | "membership">,
	weightOf: (country: string) => number,
	options: TestOptions,
): { comparison: Comparison; members: string[]; lost: string[] }[] {
	const alike = new Map<string, Comparison[]>();
	for (const comparison of comparisons) {
		const { topic, item, base, statistic, between, group } = comparison;
		if (group.country === undefined || group.country.startsWith(AVERAGE)) continue;
		const key = JSON.stringify([topic, item, base, statistic, between, { ...group, country: "" }]);
		alike.set(key, [...(alike.get(key) ?? []), comparison]);
	}
	return [...alike.values()].flatMap((rows) => {
		const { country: _, ...rest } = (rows[0] as Comparison).group;
		const { id, members: codes } = membership(rest);
		const tested = rows.filter(
			({ group, difference }) => codes.includes(group.country as string) && difference !== null,
		);
		const lost = rows
			.map(({ group }) => group.country as string)
			.filter((code) => codes.includes(code) && !tested.some(({ group }) => group.country === code));
		if (tested.length === 0) return [];
		const shares = sharesOf(
			tested.map(({ group }) => ({ weight: weightOf(group.country as string) })),
			kind === "weighted" ? "weighted" : "simple",
		);
		const first = tested[0] as Comparison;
		const group = withCountry(first.group, `${AVERAGE}${id}-${tested.length}`);
		const total = (pick: (comparison: Comparison) => Combined) =>
			combine(
				tested.map((comparison, index) => ({ ...pick(comparison), coefficient: shares[index] as number })),
			);
		const side = (name: "a" | "b"): Figured => {
			const { estimate, se, df } = total((row) => ({
				...sideNumbers(row[name]),
				df: Number.POSITIVE_INFINITY,
			}));
			const n = tested.reduce<number | null>(
				(sum, row) => (sum === null || row[name].n === null ? null : sum + row[name].n),
				0,
			);
			return { estimate: blank(first, group, estimate, se, n), hidden: false, df };
		};
		const whole = total((row) => ({
			estimate: row.difference as number,
			se: row.se as number,
			df: row.df ?? Number.POSITIVE_INFINITY,
		}));
		const comparison = compare(
			{
				a: side("a"),
				b: side("b"),
				group,
				between: first.between,
				kind: first.kind,
				difference: () => fromCombined(whole),
			},
			options,
		);
		return [{ comparison, members: tested.map(({ group }) => group.country as string), lost }];
	});
}

function sideNumbers({ estimate, se }: Comparison["a"]): { estimate: number; se: number } {
	return { estimate: estimate as number, se: se as number };
}

function blank(like: Comparison, group: Group, estimate: number, se: number, n: number | null): Estimate {
	const { topic, item, variable, label, base, statistic } = like;
	const numbers = { ciLow: null, ciHigh: null, ciMethod: null, df: null, schools: null };
	return {
		...{ topic, item, variable, label, group, base, statistic, estimate, se, ...numbers },
		...{ n, weightedN: null, coverage: null, deff: null, status: "ok" },
	};
}
