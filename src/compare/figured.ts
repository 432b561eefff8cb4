import type { Theta } from "../design/variance.js";
import type { Combined } from "../estimate/combine.js";
import type { Measured } from "../estimate/estimates.js";
import { isHidden } from "../estimate/reliability.js";
import type { EstimateRow, Group, Side } from "../results/result-set.js";

/** A figure that can be one side of a comparison. */
export interface Figured {
	estimate: EstimateRow;
	/** True for figures without a standard error or with hidden numbers: they take part in no difference. */
	hidden: boolean;
	/** Under every weight; absent if only the printed figure is known. */
	theta?: Theta;
	/** May be infinite. */
	df: number;
	/** Σ w of all teachers in the group; absent if only the printed figure is known. */
	weight?: number;
}

/** A figure computed from a survey file. */
export function fromMeasured(
	{ estimate, theta, df }: Measured,
	showSuppressed: boolean,
	weight?: number,
): Figured {
	const hidden = isHidden(estimate.status, showSuppressed) || estimate.se === null;
	return { estimate, hidden, theta, df, ...(weight === undefined ? {} : { weight }) };
}

/** A figure from saved or published results. Absent degrees of freedom count as infinite. */
export function fromEstimate(estimate: EstimateRow, showSuppressed = false): Figured {
	const unknown = estimate.estimate === null || estimate.se === null;
	const hidden = unknown || isHidden(estimate.status, showSuppressed);
	return { estimate, hidden, df: estimate.df ?? Number.POSITIVE_INFINITY };
}

/** The figure as a term of sums. Call only if it is not hidden. */
export function combined({ estimate, df }: Figured): Combined {
	return { estimate: estimate.estimate as number, se: estimate.se as number, df };
}

export function sideOf({ estimate, hidden }: Figured): Side {
	return {
		estimate: hidden && estimate.status !== "no-variance" ? null : estimate.estimate,
		se: hidden ? null : estimate.se,
		n: estimate.n,
		...(estimate.flag === undefined ? {} : { flag: estimate.flag }),
	};
}

/** What two figures must share, besides their group, to be compared. */
export function subjectKey({
	topic,
	item,
	base,
	statistic,
}: Pick<EstimateRow, "topic" | "item" | "base" | "statistic">): string {
	return JSON.stringify([topic, item, base, statistic]);
}

/** A group without a breakdown. */
export function without(group: Group, ...ids: string[]): Group {
	return Object.fromEntries(Object.entries(group).filter(([id]) => !ids.includes(id)));
}
