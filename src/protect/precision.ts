/** How protected results are rounded; their settings record it for later readers. */
export const ROUNDING = {
	/** Numbers of teachers are multiples of this. */
	n: 5,
	/** Significant digits of weighted numbers, and of numbers from which n could be derived. */
	digits: 3,
	/** Most decimals beyond those printed; fewer if they reveal something. */
	decimals: 2,
} as const;

export type Maybe = number | null;

/** Printed with three decimals; two more stay. */
const P_DECIMALS = 5;
const T_DECIMALS = 4;

/** To multiples of five. */
export function roundedCount(n: number): number {
	return Math.round(n / ROUNDING.n) * ROUNDING.n;
}

/** To three significant digits. */
export function roundedTotal(value: number): number {
	return Number(value.toPrecision(ROUNDING.digits));
}

/**
 * The first decimals of a number. They are cut off and not rounded: what is rounded twice may be printed otherwise than what is
 * rounded once (0.8497 as 0.850, and that as 0.9), while a number that is cut prints as it did.
 */
export function cutDigits(value: number, digits: number): number {
	let format = cuts.get(digits);
	if (format === undefined) {
		format = new Intl.NumberFormat("en", {
			...{ maximumFractionDigits: digits, useGrouping: false },
			...{ roundingMode: "trunc", signDisplay: "negative" },
		});
		cuts.set(digits, format);
	}
	return Number(format.format(Number(value.toPrecision(EXACT_DIGITS))));
}

/** The number that a floating-point sum stands for: 19.999999999999996 is 20. */
const EXACT_DIGITS = 13;

const cuts = new Map<number, Intl.NumberFormat>();

export function roundedP(p: number): number {
	return cutDigits(p, P_DECIMALS);
}

interface Tested {
	t: number | null;
	df: number | null;
	p: number | null;
}

export function roundedTest({ t, df, p }: Tested): Tested {
	return { t: t && cutDigits(t, T_DECIMALS), df: df && roundedTotal(df), p: p && roundedP(p) };
}
