import type { ResultSet } from "./result-set.js";

/** The topics that stand for needs and for offers in results of gaps, and the one made of both. */
export function gapTopicsOf({ settings }: Pick<ResultSet, "settings">): Record<GapSide, string> {
	// Results of earlier versions do not say; their codebooks were those of TALIS.
	const { needs, offer } = { needs: "needs", offer: "focus", ...(settings.gaps as object | undefined) };
	return { need: needs, offer, unmet: "unmet" };
}

/** What is needed, what is offered, and what is needed and not offered. */
export const GAP_SIDES = ["need", "offer", "unmet"] as const;

export type GapSide = (typeof GAP_SIDES)[number];
