import { codebookIds, loadCodebook } from "./library.js";
import type { Codebook } from "./schema.js";

/** Stands in where no codebook knows a survey: no items, no groups, no memberships. */
export const UNKNOWN_CODEBOOK: Pick<Codebook, "id" | "topics" | "groups" | "bases" | "answers"> = {
	id: "the codebook of these results",
	topics: {},
	groups: {},
	bases: {},
	answers: {},
};

/** Shipped codebooks by cycle, the newest last. */
export function codebookOfCycle(cycle: number, id: string | undefined): Codebook | undefined {
	const shipped = codebookIds();
	if (id !== undefined && shipped.includes(id)) return loadCodebook(id);
	return shipped.map(loadCodebook).find((codebook) => codebook.cycle === cycle);
}

/** What the newest shipped codebook that knows a system says of it; not every system takes part in every cycle. */
export function knownSystem(code: string): NonNullable<Codebook["systems"]>[string] | undefined {
	const knowing = codebookIds()
		.map(loadCodebook)
		.findLast(({ systems = {} }) => Object.hasOwn(systems, code));
	return knowing?.systems?.[code];
}

/**
 * Whether an item means the same in two cycles. Derived rows and items that no codebook lists do not.
 */
export function isComparable(
	later: Codebook | undefined,
	earlier: number,
	{ topic, item }: { topic: string; item: string },
): boolean {
	return later?.crosswalk?.[String(earlier)]?.[topic]?.includes(item) ?? false;
}
