import { FIRST_COUNT, NO, type StateArray } from "../codebook/coding.js";
import type { CodedBlock } from "../codebook/recode.js";
import { Cell, type Cells, type Layout } from "./cells.js";

/**
 * One block of rows → cells by group number. The hot loop of the tool.
 *
 * For every row and table the pattern of its states picks one vector of 1 + R sums, and the row's
 * weights, which lie side by side, are added to it. That is one pass over 1 + R numbers for four items at
 * once, instead of one for every item.
 */
export function tabulate(block: CodedBlock, layout: Layout): Cells<number> {
	const cells: Cells<number> = new Map();
	const { group, weights, width, rows } = block;
	for (let row = 0; row < rows; row++) {
		const number = group[row] as number;
		if (number < 0) continue;
		const cell = cellOf(cells, number, layout);
		cell.rows += 1;
		if (block.unit === null) cell.vectors.add(weights, row * width);
		else if ((weights[row * width] as number) > 0) cell.units.add(block.unit[row] as number);
		addRow(cell, block, row);
		if (block.school !== null) addSchool(cell, block, row, block.school[row] as number);
	}
	return cells;
}

function cellOf(cells: Cells<number>, number: number, layout: Layout): Cell {
	let cell = cells.get(number);
	if (cell === undefined) {
		cell = new Cell(layout);
		cells.set(number, cell);
	}
	return cell;
}

function addRow(cell: Cell, block: CodedBlock, row: number): void {
	const { weights, width, states } = block;
	const start = row * width;
	for (let index = 0; index < cell.tables.length; index++) {
		const { variables, radices } = cell.layout.tables[index] as Layout["tables"][number];
		let pattern = 0;
		for (let i = 0; i < variables.length; i++) {
			const state = (states[variables[i] as number] as StateArray)[row] as number;
			pattern += state * (radices[i] as number);
		}
		const table = cell.tables[index] as Cell["tables"][number];
		const slot = table.slot(pattern);
		table.rows[slot] = (table.rows[slot] as number) + 1;
		const sums = table.sums[slot] as Float64Array;
		for (let r = 0; r < width; r++) sums[r] = (sums[r] as number) + (weights[start + r] as number);
		if (block.unit !== null) table.units[slot]?.add(block.unit[row] as number, weights[start] as number);
	}
}

/** A school counts for a variable where one of its teachers gave a valid answer. */
function addSchool(cell: Cell, block: CodedBlock, row: number, school: number): void {
	for (let variable = 0; variable < block.states.length; variable++) {
		const state = (block.states[variable] as StateArray)[row] as number;
		if (state <= NO || state >= FIRST_COUNT) cell.schools[variable]?.add(school);
	}
}
