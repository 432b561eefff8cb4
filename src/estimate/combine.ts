/** An independent figure that enters a sum with a coefficient. */
export interface SumTerm {
	estimate: number;
	se: number;
	/** May be infinite. */
	df: number;
	coefficient: number;
}

export interface Combined {
	estimate: number;
	se: number;
	df: number;
}

/**
 * Σ c·θ of independent figures with the standard error √Σ c²·se² and Welch–Satterthwaite degrees of freedom (Σ v)² / Σ
 * (v²/df), v = c²·se². A figure with infinite degrees of freedom adds nothing to the denominator.
 */
export function combine(terms: readonly SumTerm[]): Combined {
	let estimate = 0;
	let variance = 0;
	let spread = 0;
	for (const { estimate: value, se, df, coefficient } of terms) {
		const part = (coefficient * se) ** 2;
		estimate += coefficient * value;
		variance += part;
		// A figure without error adds nothing, whatever its degrees of freedom.
		if (part > 0) spread += part ** 2 / df;
	}
	const df = spread > 0 ? variance ** 2 / spread : Number.POSITIVE_INFINITY;
	return { estimate, se: Math.sqrt(variance), df };
}

/** A member of an average: a system's figure and its weight, for averages that do not weight systems equally. */
export interface Member {
	estimate: number;
	se: number;
	df: number;
	/** Σ w over all teachers of the system. */
	weight: number;
}

export type CombinedKind = "simple" | "weighted";

/** Each member's share in the average: 1/k, or its share of all teachers. Shares are treated as fixed. */
export function sharesOf(members: readonly Pick<Member, "weight">[], kind: CombinedKind): number[] {
	if (kind === "simple") return members.map(() => 1 / members.length);
	const all = members.reduce((total, { weight }) => total + weight, 0);
	return members.map(({ weight }) => weight / all);
}

/**
 * Average over systems, each an independent sample: the arithmetic mean with √Σ se²/k (as in OECD averages), or the
 * mean weighted by the systems' teachers.
 */
export function averageOf(members: readonly Member[], kind: CombinedKind): Combined {
	const shares = sharesOf(members, kind);
	return combine(members.map((member, index) => ({ ...member, coefficient: shares[index] as number })));
}

/**
 * Compares a member with the average that contains it. The member's own share is taken out before variances are added:
 * SE² = (1 − s_a)² se_a² + Σ_others s² se².
 */
export function memberAgainstAverage(
	members: readonly Member[],
	place: number,
	kind: CombinedKind,
): Combined {
	const shares = sharesOf(members, kind);
	return combine(
		members.map((member, index) => ({
			...member,
			coefficient: (index === place ? 1 : 0) - (shares[index] as number),
		})),
	);
}

/** A system within a figure that is compared with a published average. */
export interface SystemPart extends Combined {
	/** The system's share of the figure: 1 for a single system. */
	share: number;
	/** Whether the published average contains it. */
	isWithin: boolean;
}

/**
 * Compares a system, or an average of systems, with a published mean of n systems that contains some or all of them.
 * Each contributes s²/n of the mean, so SE² = SE_mean² + Σ (c² − 2c/n) · se² over the systems it contains, with their
 * shares c, plus Σ c² · se² over the others; the figures of the remaining members are not available. For one system
 * this is the OECD rule for a country and its average, SE² = ((n − 1)² − 1)/n² · se² + SE_mean². Degrees of freedom as
 * in `combine`.
 * @param n Number of members of the mean.
 */
export function againstPublished(parts: readonly SystemPart[], average: Combined, n: number): Combined {
	let [estimate, variance, spread] = [-average.estimate, average.se ** 2, average.se ** 4 / average.df];
	for (const { estimate: value, se, df, share, isWithin } of parts) {
		const own = (share ** 2 - (isWithin ? (2 * share) / n : 0)) * se ** 2;
		estimate += share * value;
		variance += own;
		if (own !== 0) spread += own ** 2 / df;
	}
	const df = spread > 0 ? variance ** 2 / spread : Number.POSITIVE_INFINITY;
	return { estimate, se: Math.sqrt(variance), df };
}
