/** An independent figure that enters a sum with a coefficient. */
export interface Term {
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
 * Σ c·θ of independent figures, its standard error √Σ c²·se², and Welch–Satterthwaite degrees of freedom
 * (Σ v)² / Σ (v²/df) with v = c²·se², to which a figure of infinite degrees of freedom adds nothing below the line.
 */
export function combine(terms: readonly Term[]): Combined {
	let estimate = 0;
	let variance = 0;
	let spread = 0;
	for (const { estimate: value, se, df, coefficient } of terms) {
		const part = (coefficient * se) ** 2;
		estimate += coefficient * value;
		variance += part;
		// A figure without error adds none, whatever its degrees of freedom.
		if (part > 0) spread += part ** 2 / df;
	}
	const df = spread > 0 ? variance ** 2 / spread : Number.POSITIVE_INFINITY;
	return { estimate, se: Math.sqrt(variance), df };
}

/** A member of an average: a system's figure and the weight it has where systems do not count alike. */
export interface Member {
	estimate: number;
	se: number;
	df: number;
	/** Σ w over all teachers of the system. */
	weight: number;
}

export type CombinedKind = "simple" | "weighted";

/** Share of each member in the average: 1/k, or its part of all teachers. The shares are taken as fixed. */
export function sharesOf(members: readonly Pick<Member, "weight">[], kind: CombinedKind): number[] {
	if (kind === "simple") return members.map(() => 1 / members.length);
	const all = members.reduce((total, { weight }) => total + weight, 0);
	return members.map(({ weight }) => weight / all);
}

/**
 * Average of systems, each a sample of its own: the arithmetic mean with √Σ se²/k (OECD's averages), or
 * weighted by the systems' teachers.
 */
export function averageOf(members: readonly Member[], kind: CombinedKind): Combined {
	const shares = sharesOf(members, kind);
	return combine(members.map((member, index) => ({ ...member, coefficient: shares[index] as number })));
}

/**
 * A member against the average that contains it: the member's own share is taken out before variances are
 * added, SE² = (1 − s_a)² se_a² + Σ_others s² se².
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

/**
 * A member against a published average that contains it, SE² = ((n − 1)² − 1)/n² · se² + SE_average² (OECD's rule for a
 * country and its average), as the other members' figures are not at hand.
 * @param n Members of the average.
 */
export function memberAgainstPublished(own: Combined, average: Combined, n: number): Combined {
	const { se, df } = combine([
		{ ...own, coefficient: Math.sqrt((n - 1) ** 2 - 1) / n },
		{ ...average, coefficient: -1 },
	]);
	return { estimate: own.estimate - average.estimate, se, df };
}
