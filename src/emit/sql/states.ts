import type { Answer, Reason } from "../../codebook/meaning/semantics.js";
import { ANSWERS, FIRST_COUNT, stateOf } from "../../codebook/meaning/states.js";

/** Arms of a CASE by what they give: all numbers that become one are in one list. */
function arms(sql: string, made: ReadonlyMap<number, readonly number[]>): string {
	return [...made].map(([to, from]) => ` WHEN ${among(sql, from)} THEN ${to}`).join("");
}

/** Whether a column of numbers has one of some. */
export function among(sql: string, values: readonly (number | string)[]): string {
	return values.length === 1 ? `${sql} = ${values[0]}` : `${sql} IN (${values.join(", ")})`;
}

/** States changed one by one; those that stay are not written. */
export function mapped(sql: string, states: number, change: (state: number) => number): string {
	const made = new Map<number, number[]>();
	for (let state = 0; state < states; state++) {
		const to = change(state);
		if (to !== state) made.set(to, [...(made.get(to) ?? []), state]);
	}
	return made.size === 0 ? sql : `CASE${arms(sql, made)} ELSE ${sql} END`;
}

/** The new state of each answer. */
export function changed(sql: string, change: (answer: Answer) => Answer): string {
	return mapped(sql, ANSWERS.length, (state) => stateOf(change(ANSWERS[state] as Answer)));
}

/**
 * What becomes of an answer beside another one.
 * @param ofValue What becomes of a value that is not an answer; without it, it stays.
 */
export function paired(
	first: string,
	second: string,
	change: (first: Answer, second: Answer) => Answer,
	ofValue: (second: Answer) => Reason | "value" = () => "value",
): string {
	const made = ANSWERS.flatMap((other, otherState) => {
		const own = new Map<number, number[]>();
		for (const [state, answer] of ANSWERS.entries()) {
			const to = stateOf(change(answer, other));
			if (to !== state) own.set(to, [...(own.get(to) ?? []), state]);
		}
		const value = ofValue(other);
		const beside = `${second} = ${otherState}`;
		return [
			...[...own].map(([to, from]) => ` WHEN ${beside} AND ${among(first, from)} THEN ${to}`),
			...(value === "value" ? [] : [` WHEN ${beside} AND ${first} >= ${FIRST_COUNT} THEN ${stateOf(value)}`]),
		];
	});
	return made.length === 0 ? first : `CASE${made.join("")} ELSE ${first} END`;
}

/** Number of columns in a state. */
export function countOfState(columns: readonly string[], state: number): string {
	return columns.map((sql) => `CASE WHEN ${sql} = ${state} THEN 1 ELSE 0 END`).join(" + ");
}
