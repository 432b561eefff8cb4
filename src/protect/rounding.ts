import type { Coefficient, Gauge, Model } from "../results/models.js";
import type { Comparison, Estimate, ResultSet, Side, Statistic } from "../results/result-set.js";
import { digitsOf } from "../wording/numbers.js";

/** How protected results are rounded; their settings say it, so that who reads them back knows. */
export const ROUNDING = {
	/** Numbers of teachers are multiples of this. */
	n: 5,
	/** Significant digits of weighted numbers, and of what n could be worked out from. */
	digits: 3,
	/** Decimals beyond those that are printed, at most: fewer where they give something away. */
	decimals: 2,
} as const;

/** Printed with three decimals; two more stay. */
const P_DECIMALS = 5;
const T_DECIMALS = 4;

type Maybe = number | null;

/** To multiples of five. */
function roundedCount(n: number): number {
	return Math.round(n / ROUNDING.n) * ROUNDING.n;
}

/** To three significant digits. */
function roundedTotal(value: number): number {
	return Number(value.toPrecision(ROUNDING.digits));
}

/** To the decimals of print, and some more. */
function roundedFigure(value: number, statistic: Statistic, more: number): number {
	return statistic === "count" ? roundedTotal(value) : decimals(value, digitsOf(statistic) + more);
}

/**
 * Results rounded so far that sums and differences of their numbers say nothing exact: n to 5, weighted numbers and design
 * effects to three digits, figures to a few decimals more than are printed. Rounding them again changes nothing.
 * @param more Decimals of figures beyond print; standard errors have two.
 */
export function roundedResults<R extends ResultSet>(results: R, more: number): R {
	return {
		...results,
		estimates: results.estimates.map((row) => roundedRow(row, more)),
		comparisons: results.comparisons.map((row) => roundedComparison(row, more)),
		...(results.models === undefined ? {} : { models: results.models.map((one) => roundedModel(one, more)) }),
	};
}

function roundedRow(row: Estimate, more: number): Estimate {
	const figure = (value: Maybe) => value && roundedFigure(value, row.statistic, more);
	const error = (value: Maybe) => value && roundedFigure(value, row.statistic, ROUNDING.decimals);
	const total = (value: Maybe) => value && roundedTotal(value);
	const { estimate, se, ciLow, ciHigh, df, n, weightedN, coverage, deff, cv, nEff } = row;
	return {
		...row,
		...{ estimate: figure(estimate), se: error(se), ciLow: figure(ciLow), ciHigh: figure(ciHigh) },
		...{ df: total(df), n: n && roundedCount(n), weightedN: total(weightedN) },
		...{ coverage: total(coverage), deff: total(deff) },
		...(cv === undefined ? {} : { cv: total(cv) }),
		...(nEff === undefined ? {} : { nEff: total(nEff) }),
	};
}

function roundedComparison(row: Comparison, more: number): Comparison {
	const figure = (value: Maybe) => value && roundedFigure(value, row.statistic, more);
	const error = (value: Maybe) => value && roundedFigure(value, row.statistic, ROUNDING.decimals);
	const side = (one: Side): Side => ({
		...one,
		...{ estimate: figure(one.estimate), se: error(one.se), n: one.n && roundedCount(one.n) },
	});
	const { difference, se, ciLow, ciHigh } = row;
	return {
		...row,
		...{ a: side(row.a), b: side(row.b), difference: figure(difference), se: error(se) },
		...{ ciLow: figure(ciLow), ciHigh: figure(ciHigh) },
		...tested(row),
		pAdjusted: row.pAdjusted && decimals(row.pAdjusted, P_DECIMALS),
	};
}

function tested({ t, df, p }: Pick<Comparison, "t" | "df" | "p">) {
	return { t: t && decimals(t, T_DECIMALS), df: df && roundedTotal(df), p: p && decimals(p, P_DECIMALS) };
}

function roundedModel(model: Model, more: number): Model {
	const { n, df, predictions } = model;
	const { statistic } = model.outcome;
	const figure = (value: Maybe) => value && roundedFigure(value, statistic, more);
	const gauge = (one: Gauge | null) => one && roundedGauge(one);
	return {
		...model,
		...{ n: n && roundedCount(n), df: df && roundedTotal(df) },
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
		ame: ame && { ...roundedGauge(ame), ciLow: effect(ame.ciLow), ciHigh: effect(ame.ciHigh) },
	};
}

function roundedGauge({ estimate, se }: Gauge): Gauge {
	const effect = (value: Maybe) => value && decimals(value, EFFECT_DECIMALS);
	return { estimate: effect(estimate), se: effect(se) };
}

function decimals(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
