import type { Asked } from "./result-set.js";

/** Topics of needs and of offers in results of gaps, and the topic derived from both. */
export function gapTopicsOf(results: Asked): Record<GapSide, string> {
	const { needs, offer } = (results.kind === "gaps" ? results.settings.gaps : undefined) ?? USUAL;
	return { need: needs, offer, unmet: "unmet" };
}

/** Used if results do not record the topics, as in earlier versions and other kinds. */
const USUAL = { needs: "needs", offer: "focus" };

/** Needs, offers, and needs without an offer. */
export const GAP_SIDES = ["need", "offer", "unmet"] as const;

export type GapSide = (typeof GAP_SIDES)[number];
