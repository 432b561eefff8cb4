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
	const cellOfRow = cellsOfRows(block, layout, cells);
	addRows(block, cellOfRow);
	for (const [index, table] of layout.tables.entries()) {
		const patterns = patternsOf(block, table);
		sums.add((row) => {
			const own = cellOfRow[row]?.tables[index];
			return own === undefined ? 0 : sums.address(own, countRow(own, patterns[row] as number, block, row));
		});
	}
	sums.finish();
}

/** Cell of each row; undefined where the row is left out. */
function cellsOfRows(
	{ group, rows }: CodedBlock,
	layout: Layout,
	cells: Cells<number>,
): (Cell | undefined)[] {
	const found: (Cell | undefined)[] = [];
	for (let row = 0; row < rows; row++) {
		const number = group[row] as number;
		found.push(number < 0 ? undefined : cellOf(cells, number, layout));
	}
	return found;
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

/** What of rows belongs to their groups whatever they answered, and the schools that did answer. */
function addRows(block: CodedBlock, cellOfRow: readonly (Cell | undefined)[]): void {
	const { unit, weights, width, school, states } = block;
	for (let row = 0; row < block.rows; row++) {
		const cell = cellOfRow[row];
		if (cell === undefined) continue;
		cell.rows += 1;
		if (unit === null) cell.vectors.add(weights, row * width);
		else if ((weights[row * width] as number) > 0) cell.units.add(unit[row] as number);
	}
	if (school === null) return;
	for (const [variable, own] of states.entries()) addSchools(variable, own, school, cellOfRow);
}

/** A school counts for a variable where one of its teachers gave a valid answer. */
function addSchools(
	variable: number,
	states: StateArray,
	school: Int32Array,
	cellOfRow: readonly (Cell | undefined)[],
): void {
	let last: IndexSet | undefined;
	let lastSchool = -1;
	for (let row = 0; row < cellOfRow.length; row++) {
		const state = states[row] as number;
		if (state > NO && state < FIRST_COUNT) continue;
		const schools = cellOfRow[row]?.schools[variable];
		// Teachers of one school mostly follow each other.
		if (schools === last && school[row] === lastSchool) continue;
		schools?.add(school[row] as number);
		last = schools;
		lastSchool = school[row] as number;
	}
}
