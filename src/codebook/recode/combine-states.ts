import {
	FIRST_COUNT,
	MISSING,
	NO,
	NOT_ADMINISTERED,
	NOT_APPLICABLE,
	type StateArray,
	YES,
} from "../meaning/states.js";
import { combineCounts, sumSteps } from "./state-loops.js";

/** States an item can have. */
const STATES = FIRST_COUNT;

/** Routed teachers join as a no where the gate's own answer is no; who was not asked the gate stays out. */
export function widened(states: StateArray, gate: Uint8Array): StateArray {
	return mapStates(states, (state, row) => {
		if (state !== NOT_APPLICABLE) return state;
		if (gate[row] === NO) return NO;
		return gate[row] === NOT_APPLICABLE ? NOT_APPLICABLE : MISSING;
	});
}

/** Teachers whose gate is not yes leave; where it is missing nobody knows, so the answer is missing. */
export function restricted(states: StateArray, gate: Uint8Array): StateArray {
	return mapStates(states, (state, row) => {
		if (state === NOT_ADMINISTERED || gate[row] === YES) return state;
		return gate[row] === NO || gate[row] === NOT_APPLICABLE ? NOT_APPLICABLE : MISSING;
	});
}

function mapStates(states: StateArray, f: (state: number, row: number) => number): StateArray {
	return states instanceof Uint8Array ? states.map(f) : states.map(f);
}

/** How many items of a list have each state, row by row. */
export interface Tally {
	/** Items of the list, at most MOST_PARTS. */
	items: number;
	/** A byte a state: yes, no, not administered, not applicable, from the lowest. */
	counts: Uint32Array;
}

export function tallyOf(parts: readonly Uint8Array[]): Tally {
	const steps = new Uint32Array(STATES);
	for (const [byte, state] of [YES, NO, NOT_ADMINISTERED, NOT_APPLICABLE].entries())
		steps[state] = 256 ** byte;
	return { items: parts.length, counts: sumSteps(parts, steps) };
}

/**
 * Yes where one is yes, no where all are no, left out where all are, else missing. Items that were not administered
 * to a teacher are no part of the teacher's list.
 */
export function anyOf({ items, counts }: Tally): Uint8Array {
	return combineCounts(
		counts,
		items,
		byYes(items, (yes) => (yes > 0 ? YES : NO)),
		true,
	);
}

/** Number of yes where all that were administered are answered, left out where all are, else missing. */
export function countOf({ items, counts }: Tally): Uint8Array {
	return combineCounts(
		counts,
		items,
		byYes(items, (yes) => FIRST_COUNT + yes),
		false,
	);
}

function byYes(items: number, state: (yes: number) => number): Uint8Array {
	return Uint8Array.from({ length: items + 1 }, (_, yes) => state(yes));
}

/**
 * Need and offer of one topic by the same teachers. A row counts where the need has an answer and the offer
 * has one, or was not asked because the teacher took part in nothing.
 * @param routedAsNo Whether such a teacher counts as not covered; otherwise the teacher is left out.
 * @returns The need, the offer, or need without offer, all on that one base.
 */
export function gapStates(
	part: "need" | "offer" | "unmet",
	need: Uint8Array,
	offer: Uint8Array,
	routedAsNo: boolean,
): Uint8Array {
	return need.map((state, row) => {
		const reason = gapReason(state, offer[row] as number, routedAsNo);
		if (reason !== YES || part === "need") return reason === YES ? state : reason;
		const covered = offer[row] === YES;
		return (part === "offer" ? covered : state === YES && !covered) ? YES : NO;
	});
}

/** YES where the row counts, else why it does not. */
function gapReason(need: number, offer: number, routedAsNo: boolean): number {
	const answered = (state: number) => state === YES || state === NO;
	const offered = answered(offer) || (routedAsNo && offer === NOT_APPLICABLE);
	if (answered(need) && offered) return YES;
	for (const reason of [NOT_ADMINISTERED, NOT_APPLICABLE]) {
		if (need === reason || (offer === reason && !offered)) return reason;
	}
	return MISSING;
}
