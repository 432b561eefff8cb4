import type { Dictionary } from "../../read/block.js";
import type { Answer } from "./semantics.js";

/** What a row has of an expression. Values that are neither yes nor no follow from FIRST_COUNT on. */
export const YES = 0;

export const NO = 1;
export const MISSING = 2;

export const NOT_APPLICABLE = 3;
export const NOT_ADMINISTERED = 4;

export const FIRST_COUNT = 5;

/** The answers that states stand for, in the order of the states. */
export const ANSWERS: readonly Answer[] = ["yes", "no", "missing", "not-applicable", "not-administered"];

export function stateOf(answer: Answer): number {
	return ANSWERS.indexOf(answer);
}

/** States of a block's rows: few for answers, one per distinct value for numbers and categories. */
export type StateArray = Uint8Array | Int32Array;

/** An empty cell whose reason is still to be found; never leaves the recoding. */
export const EMPTY = 254;

/** A code the codebook does not know; never leaves the recoding. */
export const UNKNOWN = 255;

/**
 * A code as text, one spelling for one number: " 1", "01", "1.0" and "1,0" are all "1".
 * Text that is not a number stays as it is.
 */
export function canonicalCode(text: string): string {
	const trimmed = text.trim();
	return /^[-+]?\d+([.,]\d+)?$/.test(trimmed) ? String(Number(trimmed.replace(",", "."))) : trimmed;
}

/** A function of a column's texts, computed once per text, not once per row. */
export class Lookup<T> {
	private readonly tables = new Map<Dictionary, T[]>();

	/** @param spell Brings a text into the spelling that is classified. */
	constructor(
		private readonly classify: (code: string) => T,
		private readonly spell: (text: string) => string = canonicalCode,
	) {}

	/** What each index of the dictionary stands for, brought up to date with its texts. */
	of(dictionary: Dictionary): readonly T[] {
		let table = this.tables.get(dictionary);
		if (table === undefined) {
			table = [];
			this.tables.set(dictionary, table);
		}
		for (let index = table.length; index < dictionary.texts.length; index++) {
			table.push(this.classify(this.spell(dictionary.texts[index] as string)));
		}
		return table;
	}
}
