import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";

/**
 * A smooth function of several statistics, under every weight; for a linearised variance by the delta method.
 * @param gradient Derivatives of f by each statistic.
 * @example smooth(estimator, [a, b], ([x, y]) => x * y, ([x, y]) => [y, x]);
 */
export function smooth(
	{ linearised }: Pick<Estimator, "linearised">,
	statistics: readonly Theta[],
	f: (values: readonly number[]) => number,
	gradient: (values: readonly number[]) => readonly number[],
): Theta {
	const at = (term: number) => statistics.map((theta) => theta[term] as number);
	const length = (statistics[0] as Theta).length;
	if (!linearised) return Float64Array.from({ length }, (_, term) => f(at(term)));
	const full = at(0);
	const value = f(full);
	const slopes = gradient(full);
	return Float64Array.from({ length }, (_, term) =>
		at(term).reduce((sum, own, i) => sum + (slopes[i] as number) * (own - (full[i] as number)), value),
	);
}
