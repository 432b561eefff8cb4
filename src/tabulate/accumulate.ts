import { FIRST_COUNT, NO, type StateArray } from "../codebook/coding.js";
import type { CodedBlock } from "../codebook/recode.js";
import { BlockSums } from "./block-sums.js";
import { Cell, type Cells, type Layout, type PatternTable, type TableLayout } from "./cells.js";
import { wordsOf } from "./school-answers.js";

/**
 * Adds one block of rows to cells by group number.
 *
 * For every row and table the pattern of its states picks one vector of 1 + R sums, and the row's
 * weights, which lie side by side, are added to it (BlockSums, the hot loop of the tool). That is one pass over
 * 1 + R numbers for four items at once, instead of one for every item. A block is summed by itself and then added,
 * so that the order of additions does not depend on who reads the blocks.
 */
export function tabulate(block: CodedBlock, layout: Layout, cells: Cells<number>): void {
	const { weights, width, rows, unit, school } = block;
	const sums = new BlockSums(weights, rows, width, rows * layout.tables.length);
	const runs = runsOf(block, layout, cells);
	for (const { cell, from, to } of runs) cell.rows += to - from;
	if (unit === null) addVectors(block, runs, sums.turns());
	else addUnits(block, unit, runs);
	if (school !== null) addSchools(block, school, runs);
	for (const [index, table] of layout.tables.entries()) {
		const patterns = patternsOf(block, table);
		sums.add((targets) => {
			aim(targets, patterns, runs, sums, index);
			if (unit !== null) addUnitSums(block, unit, patterns, runs, index);
		});
	}
	sums.finish();
}

/** Rows of one cell that follow each other, as a country's rows mostly do. */
interface Run {
	cell: Cell;
	/** Number of the cell among those of the block. */
	place: number;
	from: number;
	to: number;
}

/** The rows that belong to a cell; those that are left out are in no run. */
function runsOf({ group, rows }: CodedBlock, layout: Layout, cells: Cells<number>): Run[] {
	const runs: Run[] = [];
	const places = new Map<number, number>();
	for (let from = 0; from < rows; ) {
		const number = group[from] as number;
		let to = from + 1;
		while (to < rows && group[to] === number) to++;
		if (number >= 0) {
			const place = places.get(number) ?? places.size;
			places.set(number, place);
			runs.push({ cell: cellOf(cells, number, layout), place, from, to });
		}
		from = to;
	}
	return runs;
}

function cellOf(cells: Cells<number>, number: number, layout: Layout): Cell {
	let cell = cells.get(number);
	if (cell === undefined) {
		cell = new Cell(layout);
		cells.set(number, cell);
	}
	return cell;
}

/** Number of each row's pattern in a table. */
function patternsOf({ states, rows }: CodedBlock, { variables, radices }: TableLayout): Int32Array {
	const patterns = new Int32Array(rows);
	for (const [place, variable] of variables.entries()) {
		const own = states[variable] as StateArray;
		const radix = radices[place] as number;
		for (let row = 0; row < rows; row++) {
			patterns[row] = (patterns[row] as number) + (own[row] as number) * radix;
		}
	}
	return patterns;
}

/** Most numbers of sums that are looked up by place; a block with more patterns and cells renumbers its patterns. */
const MOST_NUMBERS = 1 << 22;

/** By place and pattern, the number of the sums they have in the block; zeros between the blocks' tables. */
let scratch = new Uint32Array(0);

/** Writes which sums each row belongs to. */
function aim(
	targets: Uint32Array,
	patterns: Int32Array,
	runs: readonly Run[],
	sums: BlockSums,
	index: number,
): void {
	const places = 1 + runs.reduce((most, { place }) => Math.max(most, place), 0);
	const own = places * spanOf(patterns) > MOST_NUMBERS ? renumbered(patterns) : patterns;
	const span = spanOf(own);
	if (places * span > scratch.length) scratch = new Uint32Array(places * span);
	const numbers = scratch;
	const used: number[] = [];
	for (const { cell, place, from, to } of runs) {
		const table = cell.tables[index] as PatternTable;
		for (let row = from; row < to; row++) {
			const at = place * span + (own[row] as number);
			if (numbers[at] === 0) {
				numbers[at] = sums.begin(table, table.slot(patterns[row] as number));
				used.push(at);
			}
			targets[row] = numbers[at] as number;
		}
	}
	for (const at of used) numbers[at] = 0;
}

/** One more than the largest. */
function spanOf(patterns: Int32Array): number {
	let largest = 0;
	for (const pattern of patterns) if (pattern > largest) largest = pattern;
	return largest + 1;
}

/** The same patterns by order of appearance, as a measure may have thousands of which a block has few. */
function renumbered(patterns: Int32Array): Int32Array {
	const places = new Map<number, number>();
	return patterns.map((pattern) => {
		const place = places.get(pattern) ?? places.size;
		places.set(pattern, place);
		return place;
	});
}

/** What a linearised variance needs beside the sums: those of each sampling unit. */
function addUnitSums(
	{ weights, width }: CodedBlock,
	unit: Int32Array,
	patterns: Int32Array,
	runs: readonly Run[],
	index: number,
): void {
	for (const { cell, from, to } of runs) {
		const table = cell.tables[index] as PatternTable;
		for (let row = from; row < to; row++) {
			const slot = table.slot(patterns[row] as number);
			table.units[slot]?.add(unit[row] as number, weights[row * width] as number);
		}
	}
}

/** Replicate factors of the rows of each cell. */
function addVectors({ weights, width }: CodedBlock, runs: readonly Run[], turns: Uint8Array): void {
	for (const { cell, from, to } of runs) {
		for (let row = from; row < to; row++) {
			if (row === from || turns[row] === 1) cell.vectors.add(weights, row * width);
		}
	}
}

/** Sampling units of the rows of each cell. */
function addUnits({ weights, width }: CodedBlock, unit: Int32Array, runs: readonly Run[]): void {
	for (const { cell, from, to } of runs) {
		for (let row = from; row < to; row++) {
			if ((weights[row * width] as number) > 0) cell.units.add(unit[row] as number);
		}
	}
}

/** A school counts for a variable where one of its teachers gave a valid answer. */
function addSchools({ states, rows }: CodedBlock, school: Int32Array, runs: readonly Run[]): void {
	const words = wordsOf(states.length);
	const valid = new Uint32Array(rows * words);
	for (const [variable, own] of states.entries()) markValid(valid, own, variable, words);
	for (const { cell, from, to } of runs) {
		for (let row = from; row < to; row++) cell.schools.add(school[row] as number, valid, row * words);
	}
}

/** Sets a variable's bit in each row that has a valid answer. */
function markValid(valid: Uint32Array, states: StateArray, variable: number, words: number): void {
	const bit = 1 << (variable & 31);
	let at = variable >>> 5;
	for (let row = 0; at < valid.length; row++) {
		const state = states[row] as number;
		if (state <= NO || state >= FIRST_COUNT) valid[at] = (valid[at] as number) | bit;
		at += words;
	}
}
