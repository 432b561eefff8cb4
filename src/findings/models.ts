import { groupBy } from "../base/group-by.js";
import type { Coefficient } from "../results/models.js";
import type { ResultSet } from "../results/result-set.js";
import { alphaOf } from "../results/significance.js";
import type { Finding, Value } from "./finding.js";
import { isSample, ownName } from "./names.js";

const INTERCEPT = "(intercept)";
const DIGITS = 2;

/** A term of a model: how many standard errors it is from no effect, in which direction, and whether it is told from it. */
interface Tested {
	term: string;
	label: string;
	distance: number;
	isPositive: boolean;
	isSignificant: boolean;
	value: Value;
}

/** What is tested of a coefficient; null where nothing is. */
type TestOf = (row: Coefficient) => Omit<Tested, "term" | "label"> | null;

/**
 * Of one model how many terms are significant, and which of them is furthest from no effect in standard errors; of one
 * term in many systems' models its range; of other models how many coefficients are significant, and in how many models
 * the term is that most often is.
 */
export function modelFinding(results: ResultSet): Finding | null {
	const alpha = alphaOf(results.settings);
	const testOf: TestOf = ({ p, t, estimate, oddsRatio }) => {
		if (p === null || t === null || estimate === null) return null;
		const value = { number: oddsRatio?.estimate ?? estimate, digits: DIGITS };
		return { distance: Math.abs(t), isPositive: estimate > 0, isSignificant: p < alpha, value };
	};
	return overSystems(results) ?? inTerms(results, "model", testOf);
}

/** The same of average marginal effects, in percentage points; significant is what its interval says. */
export function effectsFinding(results: ResultSet): Finding | null {
	return inTerms(results, "effects", ({ ame }) => {
		if (ame === null || ame.estimate === null || ame.ciLow === null || ame.ciHigh === null) return null;
		const distance = Math.abs(ame.estimate) / (ame.se ?? Number.POSITIVE_INFINITY);
		const isSignificant = ame.ciLow * ame.ciHigh > 0;
		return { distance, isPositive: ame.estimate > 0, isSignificant, value: { points: ame.estimate } };
	});
}

function overSystems(results: ResultSet): Finding | null {
	const { models = [] } = results;
	if (models.length < 2) return null;
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

function inTerms({ models = [] }: ResultSet, key: string, testOf: TestOf): Finding | null {
	const tested = models
		.filter(({ group }) => isSample(group))
		.map(({ coefficients, outcome }) => ({
			outcome: outcome.label,
			terms: testedIn(coefficients, testOf),
		}))
		.filter(({ terms }) => terms.length > 0);
	const [only, ...others] = tested;
	if (only === undefined) return null;
	if (others.length > 0) {
		const isShared = others.every(({ outcome }) => outcome === only.outcome);
		return inModels(
			tested.map(({ terms }) => terms),
			isShared ? only.outcome : undefined,
		);
	}
	const { outcome, terms } = only;
	const significant = terms.filter(({ isSignificant }) => isSignificant);
	const [first] = significant.toSorted((a, b) => b.distance - a.distance);
	const values = { outcome, of: terms.length };
	if (first === undefined) return { key: "model-none", values };
	return { key, values: { ...values, count: significant.length, item: first.label, value: first.value } };
}

function testedIn(coefficients: readonly Coefficient[], testOf: TestOf): Tested[] {
	return coefficients.flatMap((row) => {
		const test = row.term === INTERCEPT ? null : testOf(row);
		return test === null ? [] : [{ term: row.term, label: row.label, ...test }];
	});
}

/** Models side by side are not tested against each other: it is counted in how many a term is significant. */
function inModels(models: readonly (readonly Tested[])[], outcome: string | undefined): Finding {
	const all = models.flat();
	const significant = all.filter(({ isSignificant }) => isSignificant);
	const named = outcome === undefined ? "" : "-of";
	const values = { outcome: outcome ?? "", models: models.length, of: all.length };
	const clearness = (own: readonly Tested[]) => own.reduce((sum, { distance }) => sum + distance, 0);
	const [most] = [...groupBy(significant, ({ term }) => term).values()].toSorted(
		(a, b) => b.length - a.length || clearness(b) - clearness(a),
	);
	const [first] = most ?? [];
	if (most === undefined || first === undefined) return { key: `models${named}-none`, values };
	const up = most.filter(({ isPositive }) => isPositive).length;
	return {
		key: `models${named}`,
		values: {
			...{ ...values, count: significant.length, item: first.label, up, down: most.length - up },
			...{ times: most.length, tests: all.filter(({ term }) => term === first.term).length },
		},
	};
}
