import { type ColumnMeaning, isPossible } from "../meaning/column-meaning.js";
import { reasonOf } from "../meaning/no-answers.js";
import { FIRST_COUNT, Lookup, MISSING, NO_ANSWER_STATES } from "../meaning/states.js";
import type { Maker } from "./item-reader.js";

/** Reads a measure: a state a distinct value. What is no number, or cannot be a value of the column, is unknown. */
export function measureMaker(slot: number, meaning: ColumnMeaning): Maker {
	const { missing } = meaning;
	const values: number[] = [];
	const states = new Map<number, number>();
	const lookup = new Lookup((code) => {
		if (code === "") return MISSING;
		const reason = missing === null ? undefined : reasonOf(missing, code);
		if (reason !== undefined) return NO_ANSWER_STATES[reason];
		const value = Number(code);
		if (!Number.isFinite(value) || !isPossible(meaning, code)) return NO_NUMBER;
		let state = states.get(value);
		if (state === undefined) {
			state = FIRST_COUNT + values.push(value) - 1;
			states.set(value, state);
		}
		return state;
	});
	return {
		base: "all",
		states: Number.POSITIVE_INFINITY,
		values,
		own: ({ frame }) => frame.measure(slot, lookup, NO_NUMBER, MISSING),
	};
}

export const NO_NUMBER = -1;
