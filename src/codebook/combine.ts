import {
	FIRST_COUNT,
	MISSING,
	NO,
	NOT_ADMINISTERED,
	NOT_APPLICABLE,
	type StateArray,
	YES,
} from "./coding.js";

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

/**
 * Yes where one is yes, no where all are no, left out where all are, else missing. Items that were not administered
 * to a teacher are no part of the teacher's list.
 */
export function anyOf(parts: readonly Uint8Array[]): Uint8Array {
	return combineRows(parts, (yes) => (yes > 0 ? YES : NO), true);
}

/** Number of yes where all that were administered are answered, left out where all are, else missing. */
export function countOf(parts: readonly Uint8Array[]): Uint8Array {
	return combineRows(parts, (yes) => FIRST_COUNT + yes, false);
}

function combineRows(
	parts: readonly Uint8Array[],
	whole: (yes: number) => number,
	yesDecides: boolean,
): Uint8Array {
	const result = new Uint8Array(parts[0]?.length ?? 0);
	const valid = pairCounts(parts, YES, NO);
	const outside = pairCounts(parts, NOT_ADMINISTERED, NOT_APPLICABLE);
	for (let row = 0; row < result.length; row++) {
		const answers = valid[row] as number;
		const others = outside[row] as number;
		const yes = answers & LOW;
		const answered = yes + (answers >>> HALF);
		const unasked = others & LOW;
		if ((answered > 0 && answered + unasked === parts.length) || (yesDecides && yes > 0)) {
			result[row] = whole(yes);
		} else if (unasked === parts.length) result[row] = NOT_ADMINISTERED;
		else result[row] = (others >>> HALF) + unasked === parts.length ? NOT_APPLICABLE : MISSING;
	}
	return result;
}

const HALF = 16;
const LOW = 0xffff;

/** How many parts have either of two states, row by row: the first in the lower half of a number, the other above. */
function pairCounts(parts: readonly Uint8Array[], low: number, high: number): Uint32Array {
	const counts = new Uint32Array(parts[0]?.length ?? 0);
	const steps = new Uint32Array(STATES);
	steps[low] = 1;
	steps[high] = 1 << HALF;
	// One column after the other, as they lie.
	for (const states of parts) {
		for (let row = 0; row < counts.length; row++) {
			counts[row] = (counts[row] as number) + (steps[states[row] as number] as number);
		}
	}
	return counts;
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
