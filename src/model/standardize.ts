import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { covarianceOf } from "./correlation.js";
import type { Products } from "./cross-products.js";
import { type DesignColumn, type DesignColumns, NUMBER } from "./design-columns.js";
import type { Fit } from "./linear.js";
import { smooth } from "./smooth.js";

/** Mean and standard deviation of a number, under every weight. */
export interface Scale {
	mean: Theta;
	sd: Theta;
}

/**
 * Mean and standard deviation of a column, the latter as R's svyvar: Σw(x − m)²/Σw · n/(n − 1).
 * @param products Column 0 is the intercept.
 * @param n Number of teachers.
 */
export function meanAndDeviation(products: Products, column: number, estimator: Estimator, n: number): Scale {
	const totals = (i: number, j: number) =>
		Float64Array.from({ length: 1 + products.terms }, (_, term) => products.at(i, j, term));
	const correction = n / (n - 1);
	return {
		mean: estimator.ratio(totals(0, column), totals(0, 0)),
		sd: estimator.transform(
			covarianceOf(products, column, column, estimator),
			(variance) => Math.sqrt(variance * correction),
			(variance) => Math.sqrt(correction / variance) / 2,
		),
	};
}

/**
 * Coefficients of a model whose numbers, and outcome where its scale is given, are measured in standard deviations from
 * their means; both are estimates, too, and are worked out again under every weight. Levels of factors stay as they are.
 *
 * With x = m + s·z, a column that is a product of numbers becomes a sum of the columns that are part of it.
 * @param scales By variable; undefined for factors.
 * @param outcome Of the outcome; null leaves it as it is (log odds).
 * @returns One per coefficient of the fit, or null where an interaction stands without a column that is part of it.
 */
export function standardize(
	{ columns, coefficients }: Fit,
	design: DesignColumns,
	scales: readonly (Scale | undefined)[],
	outcome: Scale | null,
	estimator: Estimator,
): Theta[] | null {
	const statistics: Theta[] = [...coefficients];
	const place = (theta: Theta) => statistics.push(theta) - 1;
	const places = scales.map((scale) => scale && { mean: place(scale.mean), sd: place(scale.sd) });
	const byOutcome =
		outcome === null
			? []
			: [
					place(
						estimator.transform(
							outcome.sd,
							(sd) => 1 / sd,
							(sd) => -1 / sd ** 2,
						),
					),
				];
	const sums: Monomial[][] = columns.map(() => []);
	for (const [coefficient, column] of columns.entries()) {
		for (const { part, inside, outside } of partsOf(design.columns[column] as DesignColumn)) {
			const own = columns.indexOf(design.find(part.term, part.levels) ?? -1);
			if (own < 0) return null;
			sums[own]?.push({
				sign: 1,
				factors: [
					coefficient,
					...inside.map((variable) => places[variable]?.sd as number),
					...outside.map((variable) => places[variable]?.mean as number),
					...byOutcome,
				],
			});
		}
	}
	if (outcome !== null) sums[0]?.push({ sign: -1, factors: [place(outcome.mean), ...byOutcome] });
	return sums.map((monomials) => polynomial(estimator, statistics, monomials));
}

/** A product of statistics by their places. */
interface Monomial {
	sign: number;
	factors: readonly number[];
}

/** A column's parts: with each choice of its numbers, the others being replaced by their means. */
function partsOf({ term, levels }: DesignColumn) {
	const numbers = term.filter((_, i) => levels[i] === NUMBER);
	return Array.from({ length: 2 ** numbers.length }, (_, choice) => {
		const inside = numbers.filter((_, i) => ((choice >> i) & 1) === 1);
		const kept = [...term.keys()].filter((i) => levels[i] !== NUMBER || inside.includes(term[i] as number));
		const part = {
			term: kept.map((i) => term[i] as number),
			levels: kept.map((i) => levels[i] as number),
		};
		return { part, inside, outside: numbers.filter((variable) => !inside.includes(variable)) };
	});
}

function polynomial(
	estimator: Estimator,
	statistics: readonly Theta[],
	monomials: readonly Monomial[],
): Theta {
	const product = ({ sign, factors }: Monomial, values: readonly number[], but = -1) =>
		factors.reduce((all, factor, i) => (i === but ? all : all * (values[factor] as number)), sign);
	return smooth(
		estimator,
		statistics,
		(values) => monomials.reduce((sum, monomial) => sum + product(monomial, values), 0),
		(values) => {
			const slopes = statistics.map(() => 0);
			for (const monomial of monomials) {
				for (const [i, factor] of monomial.factors.entries()) {
					slopes[factor] = (slopes[factor] as number) + product(monomial, values, i);
				}
			}
			return slopes;
		},
	);
}
