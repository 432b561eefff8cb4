import type { Asked } from "./result-set.js";

/** The topics that stand for needs and for offers in results of gaps, and the one made of both. */
export function gapTopicsOf(results: Asked): Record<GapSide, string> {
	const { needs, offer } = (results.kind === "gaps" ? results.settings.gaps : undefined) ?? USUAL;
	return { need: needs, offer, unmet: "unmet" };
}

/** Where results do not say, as those of earlier versions and of other kinds. */
const USUAL = { needs: "needs", offer: "focus" };

/** What is needed, what is offered, and what is needed and not offered. */
export const GAP_SIDES = ["need", "offer", "unmet"] as const;

export type GapSide = (typeof GAP_SIDES)[number];
