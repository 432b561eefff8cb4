import type { Coefficient, Gauge, Model } from "../results/models.js";
import type { Comparison, Estimate, ResultSet, Side, Statistic } from "../results/result-set.js";
import { digitsOf } from "../wording/numbers.js";

/** How protected results are rounded; their settings say it, so that who reads them back knows. */
export const ROUNDING = {
	/** Numbers of teachers are multiples of this. */
	n: 5,
	/** Significant digits of weighted numbers, and of what n could be worked out from. */
	digits: 3,
	/** Decimals beyond those that are printed. */
	decimals: 2,
} as const;

/** Printed with three decimals; two more stay. */
const P_DECIMALS = 5;
const T_DECIMALS = 4;

type Maybe = number | null;

/** To multiples of five. */
export function roundedCount(n: number): number {
	return Math.round(n / ROUNDING.n) * ROUNDING.n;
}

/** To three significant digits. */
export function roundedTotal(value: number): number {
	return Number(value.toPrecision(ROUNDING.digits));
}

/** To the decimals of print, and two more. */
export function roundedFigure(value: number, statistic: Statistic): number {
	return statistic === "count"
		? roundedTotal(value)
		: Number(value.toFixed(digitsOf(statistic) + ROUNDING.decimals));
}

/**
 * Results rounded so far that sums and differences of their numbers say nothing exact: n to 5, weighted numbers and design
 * effects to three digits, figures to two decimals more than are printed. Rounding them again changes nothing.
 */
export function roundedResults<R extends ResultSet>(results: R): R {
	return {
		...results,
		estimates: results.estimates.map(roundedRow),
		comparisons: results.comparisons.map(roundedComparison),
		...(results.models === undefined ? {} : { models: results.models.map(roundedModel) }),
	};
}

function roundedRow(row: Estimate): Estimate {
	const figure = (value: Maybe) => value && roundedFigure(value, row.statistic);
	const total = (value: Maybe) => value && roundedTotal(value);
	const { estimate, se, ciLow, ciHigh, df, n, weightedN, coverage, deff, cv, nEff } = row;
	return {
		...row,
		...{ estimate: figure(estimate), se: figure(se), ciLow: figure(ciLow), ciHigh: figure(ciHigh) },
		...{ df: total(df), n: n && roundedCount(n), weightedN: total(weightedN) },
		...{ coverage: total(coverage), deff: total(deff) },
		...(cv === undefined ? {} : { cv: total(cv) }),
		...(nEff === undefined ? {} : { nEff: total(nEff) }),
	};
}

function roundedComparison(row: Comparison): Comparison {
	const figure = (value: Maybe) => value && roundedFigure(value, row.statistic);
	const side = (one: Side): Side => ({
		...one,
		...{ estimate: figure(one.estimate), se: figure(one.se), n: one.n && roundedCount(one.n) },
	});
	const { difference, se, ciLow, ciHigh } = row;
	return {
		...row,
		...{ a: side(row.a), b: side(row.b), difference: figure(difference), se: figure(se) },
		...{ ciLow: figure(ciLow), ciHigh: figure(ciHigh) },
		...tested(row),
		pAdjusted: row.pAdjusted && decimals(row.pAdjusted, P_DECIMALS),
	};
}

function tested({ t, df, p }: Pick<Comparison, "t" | "df" | "p">) {
	return { t: t && decimals(t, T_DECIMALS), df: df && roundedTotal(df), p: p && decimals(p, P_DECIMALS) };
}

function roundedModel(model: Model): Model {
	const { n, df, predictions } = model;
	const { statistic } = model.outcome;
	const figure = (value: Maybe) => value && roundedFigure(value, statistic);
	const gauge = (one: Gauge | null) => one && roundedGauge(one);
	return {
		...model,
		...{ n: roundedCount(n), df: df && roundedTotal(df) },
		...(model.rSquared === undefined ? {} : { rSquared: gauge(model.rSquared) }),
		...(model.nagelkerke === undefined ? {} : { nagelkerke: gauge(model.nagelkerke) }),
		...(model.tjur === undefined ? {} : { tjur: gauge(model.tjur) }),
		coefficients: model.coefficients.map(roundedCoefficient),
		tests: model.tests.map((test) => ({
			...test,
			...{ F: test.F && decimals(test.F, T_DECIMALS), df2: test.df2 && roundedTotal(test.df2) },
			p: test.p && decimals(test.p, P_DECIMALS),
		})),
		...(predictions === undefined
			? {}
			: {
					predictions: predictions.map((one) => ({
						...one,
						...{ estimate: figure(one.estimate), se: figure(one.se) },
						...{ ciLow: figure(one.ciLow), ciHigh: figure(one.ciHigh) },
					})),
				}),
	};
}

/** Effects are printed with up to three decimals, shares as percentages. */
const EFFECT_DECIMALS = 5;

function roundedCoefficient(one: Coefficient): Coefficient {
	const effect = (value: Maybe) => value && decimals(value, EFFECT_DECIMALS);
	const { estimate, se, ciLow, ciHigh, oddsRatio, ame } = one;
	return {
		...one,
		...{ estimate: effect(estimate), se: effect(se), ciLow: effect(ciLow), ciHigh: effect(ciHigh) },
		...tested(one),
		oddsRatio: oddsRatio && {
			estimate: decimals(oddsRatio.estimate, EFFECT_DECIMALS),
			...{ ciLow: effect(oddsRatio.ciLow), ciHigh: effect(oddsRatio.ciHigh) },
		},
		ame: ame && roundedGauge(ame),
	};
}

function roundedGauge({ estimate, se }: Gauge): Gauge {
	const effect = (value: Maybe) => value && decimals(value, EFFECT_DECIMALS);
	return { estimate: effect(estimate), se: effect(se) };
}

function decimals(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
