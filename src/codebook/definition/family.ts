import { entryOf } from "../../base/entry-of.js";
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

/**
 * The codebooks of a survey's cycles: the one given first, then those it names, and what ships of the same publisher.
 * @throws UserError where one that is named cannot be read.
 */
export function familyOf(codebook: Codebook): Codebook[] {
	const { publisher } = codebook;
	if (publisher === undefined) return [codebook];
	const shipped = shippedCodebooks().filter((one) => one.publisher?.id === publisher.id);
	const all = [codebook, ...publisher.codebooks.map(loadCodebook), ...shipped];
	return [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed();
}

/** The codebook of another cycle of a survey, or of the same. */
export function ofCycle(codebook: Codebook, cycle: number): Codebook | undefined {
	return familyOf(codebook).find((one) => one.cycle === cycle);
}

/**
 * The codebook that results were made by. Results that name none are of the shipped survey that has their cycle.
 * @param given The user's own, or one of the same survey.
 */
export function codebookOfResults(
	id: string,
	cycle: unknown,
	given: Codebook | undefined,
): Codebook | undefined {
	const family = given === undefined ? [] : familyOf(given);
	const known = [...family, ...shippedCodebooks()];
	const named = known.find((one) => one.id === id);
	if (named !== undefined || (id !== UNNAMED && given === undefined)) return named;
	return (given === undefined ? known : family).find((one) => one.cycle === cycle);
}

/** Codebook of results that name none. */
const UNNAMED = "unknown";

function shippedCodebooks(): Codebook[] {
	return codebookIds().map(loadCodebook);
}

/** What the newest shipped codebook that knows a system says of it; not every system takes part in every cycle. */
export function knownSystem(code: string): NonNullable<Codebook["systems"]>[string] | undefined {
	const knowing = shippedCodebooks().findLast(({ systems = {} }) => Object.hasOwn(systems, code));
	return entryOf(knowing?.systems, code);
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
