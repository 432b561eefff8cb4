import type { AssociationTest } from "../results/associations.js";
import type { Coefficient, Gauge, Model } from "../results/models.js";
import type { ResultSet } from "../results/result-set.js";
import type { MemberFigure, Synthesis } from "../results/syntheses.js";
import { digitsOf, printedNumber } from "../wording/numbers.js";
import { cutDigits, type Maybe, roundedCount, roundedP, roundedTest, roundedTotal } from "./precision.js";

/** Effects, correlations and syntheses are printed with up to three decimals; two more stay. */
const EFFECT_DECIMALS = 5;
const F_DECIMALS = 4;

/** Predictions are printed with one. */
const PREDICTION_DIGITS = 1;

const effect = (value: Maybe) => value && cutDigits(value, EFFECT_DECIMALS);

/** A model whose numbers of teachers are rounded, and whose other numbers are cut. */
export function roundedModel(model: Model, more: number): Model {
	const { n, df, predictions, rSquared, nagelkerke, tjur } = model;
	const digits = digitsOf(model.outcome.statistic) + more;
	const figure = (value: Maybe) =>
		value && (digits > PREDICTION_DIGITS ? cutDigits(value, digits) : printedNumber(value, digits));
	const gauge = (one: Gauge | null) => one && roundedGauge(one);
	return {
		...model,
		...{ n: n && roundedCount(n), df: df && roundedTotal(df) },
		...(rSquared === undefined ? {} : { rSquared: gauge(rSquared) }),
		...(nagelkerke === undefined ? {} : { nagelkerke: gauge(nagelkerke) }),
		...(tjur === undefined ? {} : { tjur: gauge(tjur) }),
		coefficients: model.coefficients.map(roundedCoefficient),
		tests: model.tests.map((test) => ({ ...test, ...roundedF(test) })),
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

function roundedCoefficient(one: Coefficient): Coefficient {
	const { estimate, se, ciLow, ciHigh, oddsRatio, ame } = one;
	return {
		...one,
		...{ estimate: effect(estimate), se: effect(se), ciLow: effect(ciLow), ciHigh: effect(ciHigh) },
		...roundedTest(one),
		oddsRatio: oddsRatio && {
			estimate: cutDigits(oddsRatio.estimate, EFFECT_DECIMALS),
			...{ ciLow: effect(oddsRatio.ciLow), ciHigh: effect(oddsRatio.ciHigh) },
		},
		ame: ame && { ...roundedGauge(ame), ciLow: effect(ame.ciLow), ciHigh: effect(ame.ciHigh) },
	};
}

function roundedGauge({ estimate, se }: Gauge): Gauge {
	return { estimate: effect(estimate), se: effect(se) };
}

function roundedF({ F, df2, p }: { F: Maybe; df2: Maybe; p: Maybe }) {
	return { F: F && cutDigits(F, F_DECIMALS), df2: df2 && roundedTotal(df2), p: p && roundedP(p) };
}

/** The same of a joint test. */
export function roundedAssociation(test: AssociationTest): AssociationTest {
	const { df1, pAdjusted, n } = test;
	return {
		...test,
		...roundedF(test),
		// Rao and Scott's degrees of freedom are not whole numbers.
		...{
			df1: df1 && roundedTotal(df1),
			pAdjusted: pAdjusted && roundedP(pAdjusted),
			n: n && roundedCount(n),
		},
	};
}

/** The same of correlations and of the reliability of scales, where there are any. */
export function roundedRelations({ relations, alphas }: ResultSet): Pick<ResultSet, "relations" | "alphas"> {
	return {
		...(relations === undefined
			? {}
			: {
					relations: relations.map((one) => ({
						...one,
						...{ ...roundedGauge(one), ciLow: effect(one.ciLow), ciHigh: effect(one.ciHigh) },
						...{ df: one.df && roundedTotal(one.df), p: one.p && roundedP(one.p), n: roundedCount(one.n) },
					})),
				}),
		...(alphas === undefined
			? {}
			: { alphas: alphas.map((one) => ({ ...one, ...roundedGauge(one), n: roundedCount(one.n) })) }),
	};
}

/** The same for syntheses, of which each system is a figure. */
export function roundedSynthesis(one: Synthesis): Synthesis {
	const { p, qP, leaveOneOut } = one;
	return {
		...one,
		...roundedNumbers(one, ["estimate", "se", "ciLow", "ciHigh", "tau2", "i2", "h2", "q"]),
		...{ piLow: effect(one.piLow), piHigh: effect(one.piHigh), p: p && roundedP(p), qP: roundedP(qP) },
		leaveOneOut: leaveOneOut && { ...leaveOneOut, ...roundedNumbers(leaveOneOut, ["min", "max"]) },
		figures: one.figures.map((figure: MemberFigure) => ({
			...figure,
			...roundedNumbers(figure, ["estimate", "se", "ciLow", "ciHigh", "weight"]),
			without: figure.without && roundedNumbers(figure.without, ["estimate", "ciLow", "ciHigh"]),
		})),
	};
}

function roundedNumbers<K extends string>(from: Record<K, number>, keys: readonly K[]): Record<K, number> {
	return Object.fromEntries(keys.map((key) => [key, cutDigits(from[key], EFFECT_DECIMALS)])) as Record<
		K,
		number
	>;
}
