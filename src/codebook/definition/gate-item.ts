import { entryOf } from "../../base/entry-of.js";
import type { Codebook } from "./schema.js";

/**
 * The item whose yes lets a teacher be asked an item of a base; `topic:*` stands for the topic's item of the same key.
 */
export function gateItem(codebook: Codebook, base: string, item: string): string | undefined {
	return entryOf(codebook.bases, base)?.gate?.replace(/:\*$/, `:${item}`);
}
