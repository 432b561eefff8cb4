import type { Answer, Reason } from "../meaning/semantics.js";
import { ANSWERS, FIRST_COUNT, stateOf } from "../meaning/states.js";

/** A value, or why there is none. */
export type Valued = { readonly value: number | string } | Reason;

/** Gives every distinct value a state, from FIRST_COUNT on, as it is met. */
export class ValueStates {
	readonly values: (number | string)[] = [];
	private readonly states = new Map<number | string, number>();

	stateOf(valued: Valued): number {
		if (typeof valued === "string") return stateOf(valued);
		const { value } = valued;
		let state = this.states.get(value);
		if (state === undefined) {
			state = FIRST_COUNT + this.values.push(value) - 1;
			this.states.set(value, state);
		}
		return state;
	}
}

/** Meaning of a state. */
export function valueOfState(state: number, values: readonly (number | string)[] | null): Valued {
	const answer = ANSWERS[state];
	if (answer === undefined)
		return { value: (values as readonly (number | string)[])[state - FIRST_COUNT] ?? "" };
	return valued(answer);
}

/** An answer as a value. */
export function valued(answer: Answer): Valued {
	return answer === "yes" || answer === "no" ? { value: answer } : answer;
}

/** What becomes of each state: a table that grows with the values that files have. */
export class ValueTable {
	private table = new Uint8Array(0);

	constructor(
		private readonly values: readonly (number | string)[] | null,
		private readonly change: (value: Valued) => number,
	) {}

	current(): Uint8Array {
		const { table, values } = this;
		const length = FIRST_COUNT + (values?.length ?? 0);
		if (length > table.length) {
			this.table = new Uint8Array(length);
			this.table.set(table);
			for (let state = table.length; state < length; state++) {
				this.table[state] = this.change(valueOfState(state, values));
			}
		}
		return this.table;
	}
}
