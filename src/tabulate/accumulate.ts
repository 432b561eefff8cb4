import { FIRST_COUNT, NO, type StateArray } from "../codebook/coding.js";
import type { CodedBlock } from "../codebook/recode.js";
import { BlockSums } from "./block-sums.js";
import { Cell, type Cells, type Layout, type PatternTable } from "./cells.js";

/**
 * Adds one block of rows to cells by group number.
 *
 * For every row and table the pattern of its states picks one vector of 1 + R sums, and the row's
 * weights, which lie side by side, are added to it (BlockSums, the hot loop of the tool). That is one pass over
 * 1 + R numbers for four items at once, instead of one for every item. A block is summed by itself and then added,
 * so that the order of additions does not depend on who reads the blocks.
 */
export function tabulate(block: CodedBlock, layout: Layout, cells: Cells<number>): void {
	const { group, weights, width, rows } = block;
	const sums = new BlockSums(weights, rows, width, rows * layout.tables.length);
	const cellOfRow = Array.from({ length: rows }, (_, row) => {
		const number = group[row] as number;
		return number < 0 ? undefined : cellOf(cells, number, layout);
	});
	for (const [row, cell] of cellOfRow.entries()) if (cell !== undefined) addRow(cell, block, row);
	for (const [index, table] of layout.tables.entries()) {
		const patternOf = patterns(block, table);
		sums.add((row) => {
			const own = cellOfRow[row]?.tables[index];
			return own === undefined ? 0 : sums.address(own, countRow(own, patternOf(row), block, row));
		});
	}
	sums.finish();
}

function cellOf(cells: Cells<number>, number: number, layout: Layout): Cell {
	let cell = cells.get(number);
	if (cell === undefined) {
		cell = new Cell(layout);
		cells.set(number, cell);
	}
	return cell;
}

/** Number of a row's pattern in a table. */
function patterns({ states }: CodedBlock, { variables, radices }: Layout["tables"][number]) {
	const columns = variables.map((variable) => states[variable] as StateArray);
	return (row: number): number => {
		let pattern = 0;
		for (let i = 0; i < columns.length; i++) {
			pattern += ((columns[i] as StateArray)[row] as number) * (radices[i] as number);
		}
		return pattern;
	};
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

/** What of a row belongs to its group whatever it answered. */
function addRow(cell: Cell, block: CodedBlock, row: number): void {
	const { unit, weights, width, school } = block;
	cell.rows += 1;
	if (unit === null) cell.vectors.add(weights, row * width);
	else if ((weights[row * width] as number) > 0) cell.units.add(unit[row] as number);
	if (school !== null) addSchool(cell, block, row, school[row] as number);
}

/** A school counts for a variable where one of its teachers gave a valid answer. */
function addSchool(cell: Cell, block: CodedBlock, row: number, school: number): void {
	for (let variable = 0; variable < block.states.length; variable++) {
		const state = (block.states[variable] as StateArray)[row] as number;
		if (state <= NO || state >= FIRST_COUNT) cell.schools[variable]?.add(school);
	}
}
