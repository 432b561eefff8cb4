import { averageOf, type Combined } from "../estimate/combine.js";
import { finite } from "../estimate/finite.js";
import { printedInterval } from "../estimate/interval.js";
import {
	AVERAGE,
	type EstimateRow,
	type Group,
	type IntervalMethod,
	isAverage,
} from "../results/result-set.js";
import type { AverageKind } from "../settings/rates.js";
import { combined, type Figured } from "./figured.js";
import { type AlikeFigures, byBreakdown } from "./group-pairs.js";

/** An average over countries with its members. */
export interface Average {
	figure: Figured;
	/** Members with a figure, by code. */
	members: Map<string, Figured>;
	kind: AverageKind;
	/** Members without a figure. */
	lost: string[];
}

/** How to compute averages. */
export interface AverageOptions {
	kind: AverageKind;
	/** The members of a group's average, and the start of its label. */
	membership(group: Group): { id: string; members: readonly string[] };
	/** The figure for several countries treated as one population; required for `pooled`. */
	pooled?(countries: readonly string[], figure: Figured): Figured | undefined;
	level: number;
	ci: IntervalMethod;
	df: "design" | number;
}

/**
 * Averages every figure over countries. A member without a figure drops out, and the average's name states how many
 * remain. Numbers of teachers are not averaged.
 */
export function averagesOf(figures: readonly Figured[], options: AverageOptions): Average[] {
	const countries = figures.filter(({ estimate }) => isCountry(estimate));
	return byBreakdown(countries, "country").flatMap((bundle) => averageBundle(bundle, options));
}

/** Whether a row is of a single country and has a statistic that can be averaged. */
export function isCountry({ group, statistic }: EstimateRow): boolean {
	const { country } = group;
	return country !== undefined && country !== "total" && !isAverage(country) && statistic !== "count";
}

function averageBundle({ group, levels }: AlikeFigures, options: AverageOptions): Average[] {
	const { id, members: codes } = options.membership(group);
	const members = new Map(
		codes.flatMap((code) => {
			const figure = levels.get(code);
			return figure === undefined || figure.hidden ? [] : [[code, figure] as const];
		}),
	);
	if (members.size === 0) return [];
	const lost = codes.filter((code) => levels.has(code) && !members.has(code));
	const country = averageName(id, members.size, codes, (code) => levels.has(code));
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

/**
 * `average:oecd-30`, or `average:oecd-3-of-30` if some members are missing: an average of a few must not pass for the
 * average of all.
 * @param count Members with a figure.
 */
export function averageName(
	id: string,
	count: number,
	codes: readonly string[],
	isThere: (code: string) => boolean,
): string {
	return `${AVERAGE}${id}-${count}${codes.every(isThere) ? "" : `-of-${codes.length}`}`;
}

export function withCountry(group: Group, country: string): Group {
	return Object.fromEntries(
		Object.entries(group).map(([id, value]) => [id, id === "country" ? country : value]),
	);
}

/** A figure as a member of an average. */
export function member(figure: Figured) {
	return { ...combined(figure), weight: figure.weight ?? 0 };
}

/**
 * An average as an estimate. Without replicates a logit interval comes from the delta method. n and schools are sums
 * over the members, coverage is their mean.
 */
function averageEstimate(
	parts: readonly Figured[],
	{ estimate, se, df: own }: Combined,
	group: Group,
	{ level, ci, df: asked }: AverageOptions,
): EstimateRow {
	const first = (parts[0] as Figured).estimate;
	const df = asked === "design" ? own : asked;
	const sum = (name: "n" | "schools" | "weightedN" | "coverage") =>
		totalOf(parts.map(({ estimate }) => estimate[name]));
	const n = sum("n");
	const coverage = sum("coverage");
	return {
		...first,
		group,
		estimate,
		se,
		...printedInterval({ ...first, estimate, se, n }, df, level, ci),
		df: finite(df),
		n,
		schools: sum("schools"),
		weightedN: sum("weightedN"),
		coverage: coverage === null ? null : coverage / parts.length,
		deff: null,
		status: "ok",
	};
}

/** Sum of numbers; null if any is unknown. */
export function totalOf(numbers: readonly (number | null)[]): number | null {
	return numbers.includes(null) ? null : numbers.reduce<number>((sum, n) => sum + (n as number), 0);
}
