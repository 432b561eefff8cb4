import { FIRST_COUNT, MISSING, NO, NOT_ADMINISTERED, NOT_APPLICABLE, YES } from "./coding.js";

/** Routed teachers join as a no where the gate's own answer is no; who was not asked the gate stays out. */
export function widened(states: Uint8Array, gate: Uint8Array): Uint8Array {
	return states.map((state, row) => {
		if (state !== NOT_APPLICABLE) return state;
		if (gate[row] === NO) return NO;
		return gate[row] === NOT_APPLICABLE ? NOT_APPLICABLE : MISSING;
	});
}

/** Teachers whose gate is not yes leave; where it is missing nobody knows, so the answer is missing. */
export function restricted(states: Uint8Array, gate: Uint8Array): Uint8Array {
	return states.map((state, row) => {
		if (state === NOT_ADMINISTERED || gate[row] === YES) return state;
		return gate[row] === NO || gate[row] === NOT_APPLICABLE ? NOT_APPLICABLE : MISSING;
	});
}

/** Yes where one is yes, no where all are no, left out where all are, else missing. */
export function anyOf(parts: readonly Uint8Array[]): Uint8Array {
	return combineRows(parts, (yes) => (yes > 0 ? YES : NO), true);
}

/** Number of yes where all are answered, left out where all are, else missing. */
export function countOf(parts: readonly Uint8Array[]): Uint8Array {
	return combineRows(parts, (yes) => FIRST_COUNT + yes, false);
}

function combineRows(
	parts: readonly Uint8Array[],
	whole: (yes: number) => number,
	yesDecides: boolean,
): Uint8Array {
	const result = new Uint8Array(parts[0]?.length ?? 0);
	const tally = new Uint16Array(FIRST_COUNT);
	for (let row = 0; row < result.length; row++) {
		tally.fill(0);
		for (const part of parts) tally[part[row] as number] = (tally[part[row] as number] as number) + 1;
		const [yes = 0, no = 0, , routed = 0, unasked = 0] = tally;
		if (yes + no === parts.length || (yesDecides && yes > 0)) result[row] = whole(yes);
		else if (unasked === parts.length) result[row] = NOT_ADMINISTERED;
		else result[row] = routed + unasked === parts.length ? NOT_APPLICABLE : MISSING;
	}
	return result;
}
