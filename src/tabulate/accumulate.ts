import { FIRST_COUNT, NO, type StateArray } from "../codebook/coding.js";
import type { CodedBlock } from "../codebook/recode.js";
import { BlockSums } from "./block-sums.js";
import { Cell, type Cells, type Layout, type PatternTable, type TableLayout } from "./cells.js";
import type { IndexSet } from "./index-set.js";

/**
 * Adds one block of rows to cells by group number.
 *
 * For every row and table the pattern of its states picks one vector of 1 + R sums, and the row's
 * weights, which lie side by side, are added to it (BlockSums, the hot loop of the tool). That is one pass over
 * 1 + R numbers for four items at once, instead of one for every item. A block is summed by itself and then added,
 * so that the order of additions does not depend on who reads the blocks.
 */
export function tabulate(block: CodedBlock, layout: Layout, cells: Cells<number>): void {
	const { weights, width, rows } = block;
	const sums = new BlockSums(weights, rows, width, rows * layout.tables.length);
	const runs = runsOf(block, layout, cells);
	if (block.unit === null) addVectors(block, runs, sums.turns());
	else addUnits(block, block.unit, runs);
	for (const { cell, from, to } of runs) cell.rows += to - from;
	for (const [index, table] of layout.tables.entries()) {
		const patterns = patternsOf(block, table);
		sums.add((targets) => {
			for (const { cell, from, to } of runs) {
				const own = cell.tables[index] as PatternTable;
				for (let row = from; row < to; row++) {
					targets[row] = sums.address(own, countRow(own, patterns[row] as number, block, row));
				}
			}
		});
	}
	sums.finish();
	if (block.school !== null) addSchools(block.states, block.school, runs);
}

/** Rows of one cell that follow each other, as a country's rows mostly do. */
interface Run {
	cell: Cell;
	from: number;
	to: number;
}

/** The rows that belong to a cell; those that are left out are in no run. */
function runsOf({ group, rows }: CodedBlock, layout: Layout, cells: Cells<number>): Run[] {
	const runs: Run[] = [];
	for (let from = 0; from < rows; ) {
		const number = group[from] as number;
		let to = from + 1;
		while (to < rows && group[to] === number) to++;
		if (number >= 0) runs.push({ cell: cellOf(cells, number, layout), from, to });
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

/** Counts the row in its pattern. Returns the pattern's slot. */
function countRow(
	table: PatternTable,
	pattern: number,
	{ unit, weights, width }: CodedBlock,
	row: number,
): number {
	const slot = table.slot(pattern);
	table.rows[slot] = (table.rows[slot] as number) + 1;
	if (unit !== null) table.units[slot]?.add(unit[row] as number, weights[row * width] as number);
	return slot;
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
function addSchools(all: readonly StateArray[], school: Int32Array, runs: readonly Run[]): void {
	for (const { cell, from, to } of runs) {
		for (const [variable, states] of all.entries()) {
			addValid(cell.schools[variable] as IndexSet, states, school, from, to);
		}
	}
}

function addValid(schools: IndexSet, states: StateArray, school: Int32Array, from: number, to: number): void {
	// Teachers of one school mostly follow each other.
	let last = -1;
	for (let row = from; row < to; row++) {
		const state = states[row] as number;
		if ((state > NO && state < FIRST_COUNT) || school[row] === last) continue;
		last = school[row] as number;
		schools.add(last);
	}
}
