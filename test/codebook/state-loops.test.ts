import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	FIRST_COUNT,
	MISSING,
	NO,
	NOT_ADMINISTERED,
	NOT_APPLICABLE,
	YES,
} from "../../src/codebook/meaning/states.js";
import { atLeast, countOf, tallyOf } from "../../src/codebook/recode/combine-states.js";
import { codeRuns, lookUpStates } from "../../src/codebook/recode/state-loops.js";
import { tries } from "../support/long.js";

const STATES = [YES, NO, MISSING, NOT_APPLICABLE, NOT_ADMINISTERED];

describe("states", () => {
	test("are what codes stand for, with the first unknown one told", () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1, maxLength: 300 }),
				fc.array(fc.nat(), { minLength: 1, maxLength: 5000 }),
				fc.nat(255),
				(meanings, drawn, unknown) => {
					const codes = Int32Array.from(drawn, (code) => code % meanings.length);
					const expected = Array.from(codes, (code) => meanings[code] as number);
					const place = expected.indexOf(unknown);
					const { states, first } = lookUpStates(codes, meanings, unknown);
					expect([...states]).toEqual(expected);
					expect(first).toBe(place < 0 ? codes.length : place);
				},
			),
			{ seed: 2018, numRuns: tries(100) },
		);
	});

	test("of a list follow from those of its items", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 250 }),
				fc.integer({ min: 1, max: 20 }),
				fc.infiniteStream(fc.constantFrom(...STATES)),
				fc.constantFrom(...STATES),
				fc.integer({ min: 0, max: 10 }),
				(items, rows, stream, usual, odd) => {
					const draw = () => (Math.abs(stream.next().value) < odd ? stream.next().value : usual);
					const parts = Array.from({ length: items }, () => Uint8Array.from({ length: rows }, draw));
					const tally = tallyOf(parts);
					const lists = Array.from({ length: rows }, (_, row) => parts.map((part) => part[row] as number));
					expect([...atLeast(1, tally)]).toEqual(lists.map(anyPlainly));
					expect([...countOf(tally)]).toEqual(lists.map(countPlainly));
				},
			),
			{ seed: 2018, numRuns: tries(300) },
		);
	});
});

/** The reason a list has no answer. */
function reasonOf(list: readonly number[]): number {
	if (list.every((state) => state === NOT_ADMINISTERED)) return NOT_ADMINISTERED;
	const none = list.every((state) => state === NOT_APPLICABLE || state === NOT_ADMINISTERED);
	return none ? NOT_APPLICABLE : MISSING;
}

function isWhole(list: readonly number[]): boolean {
	const asked = list.filter((state) => state !== NOT_ADMINISTERED);
	return asked.length > 0 && asked.every((state) => state === YES || state === NO);
}

function anyPlainly(list: readonly number[]): number {
	if (list.includes(YES)) return YES;
	return isWhole(list) ? NO : reasonOf(list);
}

function countPlainly(list: readonly number[]): number {
	return isWhole(list) ? FIRST_COUNT + list.filter((state) => state === YES).length : reasonOf(list);
}

test("runs of rows with the same codes in all columns", () => {
	const codes = (...rows: number[]) => Int32Array.from(rows);
	expect([...codeRuns([codes(1, 1, 2, 2, 2, 1)], 6)]).toEqual([0, 2, 5]);
	expect([...codeRuns([codes(1, 1, 2, 2, 2, 1), codes(0, 0, 0, 0, 3, 3)], 6)]).toEqual([0, 2, 4, 5]);
	expect([...codeRuns([codes(4, 4, 4)], 2)]).toEqual([0]);
	expect([...codeRuns([], 3)]).toEqual([0]);
});
