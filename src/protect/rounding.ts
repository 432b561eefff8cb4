import type { Comparison, Estimate, ResultSet, Side, Statistic } from "../results/result-set.js";
import { digitsOf, printedNumber } from "../wording/numbers.js";
import {
	cutDigits,
	type Maybe,
	ROUNDING,
	roundedCount,
	roundedP,
	roundedTest,
	roundedTotal,
} from "./precision.js";
import { ofRoundedCount } from "./rounded-count.js";
import { roundedAssociation, roundedModel, roundedRelations, roundedSynthesis } from "./rounded-parts.js";

/** Rounds to the printed decimals and a few more. */
function roundedFigure(value: number, statistic: Statistic, more: number): number {
	if (statistic === "count") return roundedTotal(value);
	const digits = digitsOf(statistic);
	return more === 0 ? printedNumber(value, digits) : cutDigits(value, digits + more);
}

/**
 * Rounds results so that sums and differences of their numbers reveal nothing exact: n to 5, weighted numbers and
 * design effects to three digits, figures to a few decimals more than are printed, so that tables stay the same.
 * Rounding again changes nothing.
 * @param more Decimals of figures beyond print; standard errors have two.
 */
export function roundedResults<R extends ResultSet>(results: R, more: number): R {
	return {
		...results,
		estimates: results.estimates.map((row) => roundedRow(ofRoundedCount(row, results.settings.level), more)),
		comparisons: results.comparisons.map((row) => roundedComparison(row, more)),
		...(results.models === undefined ? {} : { models: results.models.map((one) => roundedModel(one, more)) }),
		...(results.tests === undefined ? {} : { tests: results.tests.map(roundedAssociation) }),
		...(results.syntheses === undefined ? {} : { syntheses: results.syntheses.map(roundedSynthesis) }),
		...roundedRelations(results),
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
		...roundedTest(row),
		pAdjusted: row.pAdjusted && roundedP(row.pAdjusted),
	};
}
