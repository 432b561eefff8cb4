import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import type { Products } from "./cross-products.js";
import { smooth } from "./smooth.js";

/** Weighted mean of the product of two columns, under every weight. */
function meanProduct(products: Products, i: number, j: number, estimator: Estimator): Theta {
	const totals = (a: number, b: number) =>
		Float64Array.from({ length: 1 + products.terms }, (_, term) => products.at(a, b, term));
	return estimator.ratio(totals(i, j), totals(0, 0));
}

/**
 * Weighted covariance of two columns with Σw in the denominator, under every weight.
 * @param products Column 0 is the intercept.
 */
export function covarianceOf(products: Products, i: number, j: number, estimator: Estimator): Theta {
	const moments = [[i, j] as const, [0, i] as const, [0, j] as const];
	return smooth(
		estimator,
		moments.map(([a, b]) => meanProduct(products, a, b, estimator)),
		([product = 0, a = 0, b = 0]) => product - a * b,
		([, a = 0, b = 0]) => [1, -b, -a],
	);
}

/**
 * Pearson's correlation of two columns, under every weight.
 * @param products Column 0 is the intercept; rows without one of the two values are not in them.
 * @returns From −1 to 1; NaN if one of them does not vary.
 */
export function correlationOf(products: Products, i: number, j: number, estimator: Estimator): Theta {
	const pairs = [[i, j] as const, [i, i] as const, [j, j] as const];
	return smooth(
		estimator,
		pairs.map(([a, b]) => covarianceOf(products, a, b, estimator)),
		([covariance = 0, a = 0, b = 0]) => covariance / Math.sqrt(a * b),
		([covariance = 0, a = 0, b = 0]) => {
			const root = Math.sqrt(a * b);
			return [1 / root, -covariance / (2 * a * root), -covariance / (2 * b * root)];
		},
	);
}

/** Fisher's z of a correlation, on whose scale intervals are made. */
export function fisherZ(correlation: Theta, estimator: Estimator): Theta {
	return estimator.transform(correlation, Math.atanh, (r) => 1 / (1 - r * r));
}

/**
 * Cronbach's (1951) alpha of the sum of columns: k/(k − 1) · (1 − Σ variances / variance of the sum), under every weight.
 * @param columns At least two.
 * @param signs −1 for reverse-coded columns, else 1.
 */
export function cronbachAlpha(
	products: Products,
	columns: readonly number[],
	signs: readonly number[],
	estimator: Estimator,
): Theta {
	const k = columns.length;
	const pairs = columns.flatMap((_, a) => columns.slice(0, a + 1).map((_, b) => [a, b] as const));
	// The variance of the sum has each covariance twice.
	const share = ([a, b]: readonly [number, number]) =>
		a === b ? 1 : 2 * (signs[a] as number) * (signs[b] as number);
	const sums = (values: readonly number[]) => {
		let [own, all] = [0, 0];
		for (const [place, pair] of pairs.entries()) {
			const value = values[place] as number;
			if (pair[0] === pair[1]) own += value;
			all += share(pair) * value;
		}
		return { own, all };
	};
	const scale = k / (k - 1);
	return smooth(
		estimator,
		pairs.map(([a, b]) => covarianceOf(products, columns[a] as number, columns[b] as number, estimator)),
		(values) => {
			const { own, all } = sums(values);
			return scale * (1 - own / all);
		},
		(values) => {
			const { own, all } = sums(values);
			return pairs.map((pair) => {
				const isVariance = pair[0] === pair[1] ? 1 : 0;
				return scale * ((own * share(pair)) / all ** 2 - isVariance / all);
			});
		},
	);
}
