import betainc from "@stdlib/math-base-special-betainc";
import gammainc from "@stdlib/math-base-special-gammainc";

/**
 * P(X > x) of the chi-square distribution, accurate even at 1e-300.
 * @param df Degrees of freedom, above 0; need not be whole.
 * @example chiSquareTail(3.841459, 1); // 0.05
 */
export function chiSquareTail(x: number, df: number): number {
	if (Number.isNaN(x)) return Number.NaN;
	return x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true);
}

/**
 * P(X > x) of the F distribution, as in R's `pf(lower.tail = FALSE)`. Degrees of freedom need not be whole; an infinite
 * `df2` gives the chi-square distribution of `df1 · x`.
 * @example fTail(3.117982, 2, 74); // 0.05
 */
export function fTail(x: number, df1: number, df2: number): number {
	if (Number.isNaN(x)) return Number.NaN;
	if (df2 === Number.POSITIVE_INFINITY) return chiSquareTail(df1 * x, df1);
	return x <= 0 ? 1 : betainc((df1 * x) / (df1 * x + df2), df1 / 2, df2 / 2, true, true);
}
