import { type Combined, combine } from "../estimate/combine.js";
import type { Difference } from "./difference.js";

/** The rest of a country, which forms the country together with a part; a separate sample. */
export interface Remainder {
	figure: Combined;
	/** Share of the country's teachers in the part, 0 to 1. */
	share: number;
}

/**
 * Compares a part of a country with a mean that contains the country, or with the country itself. The country's figure
 * is w·part + (1 − w)·remainder, and the two are sampled independently. The mean is then a sum of independent figures,
 * from which the part's own share is taken out: √((1 − c·w)²·se_part² + c²(1 − w)²·se_rest² + c²·Σ se_other²) with c =
 * 1/k for a mean of k countries.
 * @param mean The printed mean, so that the difference is that of the printed figures.
 * @param others The mean's other members; empty if the part is compared with its country.
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
