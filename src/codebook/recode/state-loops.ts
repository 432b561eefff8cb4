import { sharedWasm } from "../../platform/wasm.js";
import { MISSING, NOT_ADMINISTERED, NOT_APPLICABLE } from "../meaning/states.js";

/** The loops over rows (src/loops/recode.ts); addresses are bytes in their memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	lookUp(codes: number, rows: number, meanings: number, states: number, unknown: number): number;
	markChanges(codes: number, rows: number, marks: number): void;
	listMarks(marks: number, rows: number, list: number): number;
	addSteps(counts: number, rows: number, states: number, steps: number): void;
	combine(
		counts: number,
		rows: number,
		items: number,
		whole: number,
		least: number,
		notAdministered: number,
		notApplicable: number,
		missing: number,
		states: number,
	): void;
}

export const loadStateLoops = sharedWasm<Exports>("recode.wasm");

/** Memory of the loops with room for arrays of these lengths in bytes, and where they begin. */
function loops(...lengths: readonly number[]): { wasm: Exports; starts: number[] } {
	const wasm = loadStateLoops();
	let end = 0;
	const starts = lengths.map((length) => {
		const start = end;
		end = Math.ceil((start + length) / 8) * 8;
		return start;
	});
	wasm.reserve(end);
	return { wasm, starts };
}

/** A column of numbers and a table of bytes → a column of states, by a loop, and what the loop gives. */
function statesBy<T>(
	numbers: Int32Array | Uint32Array,
	table: Uint8Array,
	loop: (wasm: Exports, numbersAt: number, tableAt: number, statesAt: number) => T,
): { states: Uint8Array; given: T } {
	const rows = numbers.length;
	const { wasm, starts } = loops(4 * rows, table.length, rows);
	const [numbersAt, tableAt, statesAt] = starts as [number, number, number];
	const { buffer } = wasm.memory;
	new Uint8Array(buffer, numbersAt, 4 * rows).set(
		new Uint8Array(numbers.buffer, numbers.byteOffset, 4 * rows),
	);
	new Uint8Array(buffer, tableAt, table.length).set(table);
	const given = loop(wasm, numbersAt, tableAt, statesAt);
	return { states: new Uint8Array(buffer, statesAt, rows).slice(), given };
}

/**
 * States by code.
 * @param meanings State of each code.
 * @returns The states, and the first row with the state `unknown`, or their number where none has it.
 */
export function lookUpStates(
	codes: Int32Array,
	meanings: Uint8Array,
	unknown: number,
): { states: Uint8Array; first: number } {
	const { states, given } = statesBy(codes, meanings, (wasm, codesAt, meaningsAt, statesAt) =>
		wasm.lookUp(codesAt, codes.length, meaningsAt, statesAt, unknown),
	);
	return { states, first: given };
}

/**
 * Sums over columns of states, row by row.
 * @param steps What each state adds.
 */
export function sumSteps(columns: readonly Uint8Array[], steps: Uint32Array): Uint32Array {
	const rows = columns[0]?.length ?? 0;
	const { wasm, starts } = loops(4 * rows, rows, 4 * steps.length);
	const [countsAt, statesAt, stepsAt] = starts as [number, number, number];
	const { buffer } = wasm.memory;
	const counts = new Uint32Array(buffer, countsAt, rows).fill(0);
	const states = new Uint8Array(buffer, statesAt, rows);
	new Uint32Array(buffer, stepsAt, steps.length).set(steps);
	for (const column of columns) {
		states.set(column);
		wasm.addSteps(countsAt, rows, statesAt, stepsAt);
	}
	return counts.slice();
}

/**
 * States of lists by the counts of their items' states.
 * @param counts A byte each: yes, no, not administered, not applicable, from the lowest.
 * @param whole State by number of yes, where all that were administered are answered, or where that number is decided.
 * @param least It is decided where this many are yes, or where fewer are however the open ones are answered; 0: only where
 *   all are answered.
 */
export function combineCounts(
	counts: Uint32Array,
	items: number,
	whole: Uint8Array,
	least: number,
): Uint8Array {
	const others = [NOT_ADMINISTERED, NOT_APPLICABLE, MISSING] as const;
	return statesBy(counts, whole, (wasm, countsAt, wholeAt, statesAt) =>
		wasm.combine(countsAt, counts.length, items, wholeAt, least, ...others, statesAt),
	).states;
}

/** The first rows of runs of rows with the same codes in several columns. */
export function codeRuns(columns: readonly Int32Array[], rows: number): Int32Array {
	const { wasm, starts } = loops(4 * rows, rows, 4 * rows);
	const [codesAt, marksAt, listAt] = starts as [number, number, number];
	const { buffer } = wasm.memory;
	const codes = new Int32Array(buffer, codesAt, rows);
	new Uint8Array(buffer, marksAt, rows).fill(0).fill(1, 0, 1);
	for (const column of columns) {
		codes.set(column.subarray(0, rows));
		wasm.markChanges(codesAt, rows, marksAt);
	}
	return new Int32Array(buffer, listAt, wasm.listMarks(marksAt, rows, listAt)).slice();
}
