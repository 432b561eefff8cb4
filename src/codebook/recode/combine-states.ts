import type { Answer, Reason } from "../meaning/semantics.js";
import {
	ANSWERS,
	FIRST_COUNT,
	NO,
	NOT_ADMINISTERED,
	NOT_APPLICABLE,
	type StateArray,
	stateOf,
	YES,
} from "../meaning/states.js";
import { combineCounts, sumSteps } from "./state-loops.js";

/** Stands in a table for a value that is kept as it is. */
const KEPT = FIRST_COUNT;

/** States changed by a table. */
export function mapStates(states: StateArray, table: Uint8Array): Uint8Array {
	const mapped = new Uint8Array(states.length);
	for (let row = 0; row < mapped.length; row++) mapped[row] = table[states[row] as number] as number;
	return mapped;
}

/** A table of what each answer becomes. */
export function changeTable(change: (answer: Answer) => Answer): Uint8Array {
	return Uint8Array.from(ANSWERS, (answer) => stateOf(change(answer)));
}

/** What becomes of an answer beside another one, looked up row by row. */
export class PairTable {
	/** By the first answer and the second; then, by the second, of values that are not answers. */
	private readonly table: Uint8Array;

	/** @param ofValue What becomes of a value that is not an answer; without it, it stays. */
	constructor(
		change: (first: Answer, second: Answer) => Answer,
		ofValue: (second: Answer) => Reason | "value" = () => "value",
	) {
		const values = ANSWERS.map(ofValue).map((made) => (made === "value" ? KEPT : stateOf(made)));
		const answers = ANSWERS.flatMap((first) => ANSWERS.map((second) => stateOf(change(first, second))));
		this.table = Uint8Array.from([...answers, ...values]);
	}

	apply<States extends StateArray>(first: States, second: Uint8Array): States {
		const { table } = this;
		const made = first.slice() as States;
		for (let row = 0; row < made.length; row++) {
			const state = Math.min(made[row] as number, KEPT);
			const found = table[state * FIRST_COUNT + (second[row] as number)] as number;
			if (found !== KEPT) made[row] = found;
		}
		return made;
	}
}

/** Number of list items in each state, row by row. */
export interface Tally {
	/** Items of the list, at most MOST_PARTS. */
	items: number;
	/** One byte per state: yes, no, not administered, not applicable, from the lowest. */
	counts: Uint32Array;
}

/** @param first The answer that stands in the lowest byte; the other one follows. */
export function tallyOf(parts: readonly Uint8Array[], first: typeof YES | typeof NO = YES): Tally {
	const steps = new Uint32Array(FIRST_COUNT);
	const second = first === YES ? NO : YES;
	for (const [byte, state] of [first, second, NOT_ADMINISTERED, NOT_APPLICABLE].entries())
		steps[state] = 256 ** byte;
	return { items: parts.length, counts: sumSteps(parts, steps) };
}

/** semantics.ts: atLeast. */
export function atLeast(least: number, { items, counts }: Tally): Uint8Array {
	const whole = byNumber(items, (yes) => (yes >= least ? YES : NO));
	return combineCounts(counts, items, whole, least);
}

/** semantics.ts: allOf. @param tally With the number of no in the lowest byte. */
export function allOf({ items, counts }: Tally): Uint8Array {
	const whole = byNumber(items, (no) => (no > 0 ? NO : YES));
	return combineCounts(counts, items, whole, 1);
}

/** semantics.ts: countOf. */
export function countOf({ items, counts }: Tally): Uint8Array {
	const whole = byNumber(items, (yes) => FIRST_COUNT + yes);
	return combineCounts(counts, items, whole, 0);
}

function byNumber(items: number, state: (number: number) => number): Uint8Array {
	return Uint8Array.from({ length: items + 1 }, (_, number) => state(number));
}
