import type { Coefficient } from "../results/models.js";
import type { ResultSet } from "../results/result-set.js";
import { alphaOf } from "../results/significance.js";
import type { Finding, Value } from "./finding.js";
import { isSample, ownName } from "./names.js";

const INTERCEPT = "(intercept)";
const DIGITS = 2;

/** A term with how many standard errors it is from no effect, and whether it is told from it. */
interface Tested {
	label: string;
	distance: number;
	isSignificant: boolean;
	value: Value;
}

/**
 * How many terms of a model are significant, and which of them is furthest from no effect in standard errors; of the one
 * term of many systems' models, its range.
 */
export function modelFinding(results: ResultSet): Finding | null {
	if ((results.models?.length ?? 0) > 1) return overSystems(results);
	const alpha = alphaOf(results.settings);
	return inTerms(results, "model", ({ label, p, t, estimate, oddsRatio }) => {
		if (p === null || t === null || estimate === null) return [];
		const value = { number: oddsRatio?.estimate ?? estimate, digits: DIGITS };
		return [{ label, distance: Math.abs(t), isSignificant: p < alpha, value }];
	});
}

/** The same of average marginal effects, in percentage points; significant is what its interval says. */
export function effectsFinding(results: ResultSet): Finding | null {
	return inTerms(results, "effects", ({ label, ame }) => {
		if (ame === null || ame.estimate === null || ame.ciLow === null || ame.ciHigh === null) return [];
		const distance = Math.abs(ame.estimate) / (ame.se ?? Number.POSITIVE_INFINITY);
		const isSignificant = ame.ciLow * ame.ciHigh > 0;
		return [{ label, distance, isSignificant, value: { points: ame.estimate } }];
	});
}

function overSystems(results: ResultSet): Finding | null {
	const { models = [] } = results;
	const rows = models.flatMap(({ group, coefficients, outcome, name = "" }) =>
		coefficients
			.filter(({ term }) => term !== INTERCEPT)
			.map(({ label, oddsRatio, estimate }) => ({
				...{ group, label, question: `${outcome.label} ${name} ${label}` },
				value: oddsRatio?.estimate ?? estimate,
			})),
	);
	const shown = rows.filter(({ group, value }) => value !== null && isSample(group));
	const sorted = shown.toSorted((a, b) => Number(b.value) - Number(a.value));
	const [high, low] = [sorted[0], sorted.at(-1)];
	const isOne = new Set(rows.map(({ question }) => question)).size === 1;
	if (high === undefined || low === undefined || high === low || !isOne) return null;
	const value = (number: number | null) => ({ number: number ?? 0, digits: DIGITS });
	const name = ({ group }: typeof high) => ownName(group, shown, results);
	return {
		key: "groups",
		values: {
			item: high.label,
			...{ low: value(low.value), lowGroup: name(low), high: value(high.value), highGroup: name(high) },
		},
	};
}

/** Null of several models: whose terms stand for each other, the chart tells. */
function inTerms(
	{ models = [] }: ResultSet,
	key: string,
	testedOf: (row: Coefficient) => Tested[],
): Finding | null {
	const [model] = models;
	if (model === undefined || models.length > 1) return null;
	const tested = model.coefficients.filter(({ term }) => term !== INTERCEPT).flatMap(testedOf);
	if (tested.length === 0) return null;
	const significant = tested.filter(({ isSignificant }) => isSignificant);
	const [first] = significant.toSorted((a, b) => b.distance - a.distance);
	const of = tested.length;
	if (first === undefined) return { key: "model-none", values: { outcome: model.outcome.label, of } };
	const values = { outcome: model.outcome.label, count: significant.length, of };
	return { key, values: { ...values, item: first.label, value: first.value } };
}
