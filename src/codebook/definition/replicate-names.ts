import type { Codebook } from "./schema.js";

/** Names of a design's replicate weights. */
export function replicateNames(design: Codebook["design"]): string[] {
	if (!("replicates" in design)) return [];
	const { replicates } = design;
	if (Array.isArray(replicates)) return replicates;
	return Array.from({ length: replicates.count }, (_, index) => `${replicates.prefix}${index + 1}`);
}
