import { type Combined, combine } from "../estimate/combine.js";
import type { Difference } from "./difference.js";

/** What makes up a country together with a part of it: a sample of its own. */
export interface Remainder {
	figure: Combined;
	/** Of the country's teachers, how many are in the part: 0 to 1. */
	share: number;
}

/**
 * A part of a country against a mean that has this country in it, or against the country alone. With the country's figure
 * w·part + (1 − w)·remainder, whose samples are drawn apart, the mean is a sum of independent figures, and the part's own share
 * of it is taken out: √((1 − c·w)²·se_part² + c²(1 − w)²·se_rest² + c²·Σ se_other²) with c = 1/k for a mean of k countries.
 * @param mean As it is printed, so that the difference is that of the printed figures.
 * @param others The mean's other members; none where the part stands against its country.
 */
export function partOfMember(
	part: Combined,
	{ figure, share }: Remainder,
	mean: Combined,
	others: readonly Combined[] = [],
): Difference {
	const each = 1 / (others.length + 1);
	const { se, df } = combine([
		{ ...part, coefficient: 1 - each * share },
		{ ...figure, coefficient: -each * (1 - share) },
		...others.map((other) => ({ ...other, coefficient: -each })),
	]);
	return { difference: part.estimate - mean.estimate, se, df };
}
