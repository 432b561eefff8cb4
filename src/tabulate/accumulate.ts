import type { CodedBlock } from "../codebook/recode/recoder.js";
import { BlockLoops } from "./block-loops.js";
import { Cell, type CellLayout, type Cells, type PatternTable } from "./cells.js";
import { bitWords } from "./school-answers.js";

/**
 * Adds one block of rows to cells by group number.
 *
 * The states of a row in a table form a pattern, and each pattern has one vector of 1 + R sums. The row's weights lie
 * side by side and are added to that vector (src/loops/tabulate.ts, the hot loop of the tool): one pass over 1 + R
 * numbers for four items at once instead of one pass per item. Each block is summed on its own and then added, so that
 * the order of additions does not depend on who reads the blocks.
 */
export function tabulate(block: CodedBlock, layout: CellLayout, cells: Cells<number>): void {
	const loops = new BlockLoops(block, layout.tables);
	const own = loops.group().map(({ key, rows }) => {
		const cell = cellOf(cells, key, layout);
		cell.rows += rows;
		return cell;
	});
	if (block.unit === null) addVectors(block, own, loops);
	else addUnits(block, block.unit, own, loops);
	if (block.school !== null) addSchools(block, block.school, own, loops);
	for (const [index, patterns] of loops.add().entries()) {
		const slots = patterns.map(({ place, key, rows, number }) => {
			const table = own[place]?.tables[index] as PatternTable;
			const slot = table.slot(key);
			table.add(slot, rows, loops.sums(number));
			return { table, slot, number };
		});
		if (block.unit !== null) addUnitSums(block, block.unit, slots, loops.targets(index));
	}
}

function cellOf(cells: Cells<number>, group: number, layout: CellLayout): Cell {
	let cell = cells.get(group);
	if (cell === undefined) {
		cell = new Cell(layout);
		cells.set(group, cell);
	}
	return cell;
}

/** Adds the replicate factors of each cell's rows. */
function addVectors({ width }: CodedBlock, own: readonly Cell[], loops: BlockLoops): void {
	const { firsts, factors, hashes } = loops.turns();
	const { places } = loops;
	for (const [turn, row] of firsts.entries()) {
		const vector = factors.subarray(turn * width, (turn + 1) * width);
		cellAt(own, places, row)?.vectors.add(vector, hashes[turn] as number);
	}
}

/** Adds the sampling units of each cell's rows. */
function addUnits(
	{ weights, vector, width, rows }: CodedBlock,
	unit: Int32Array,
	own: readonly Cell[],
	{ places }: BlockLoops,
): void {
	for (let row = 0; row < rows; row++) {
		if ((weights[(vector[row] as number) * width] as number) > 0)
			cellAt(own, places, row)?.units.add(unit[row] as number);
	}
}

/** A school counts for a variable if at least one of its teachers gave a valid answer. */
function addSchools(
	{ states }: CodedBlock,
	school: Int32Array,
	own: readonly Cell[],
	loops: BlockLoops,
): void {
	const words = bitWords(states.length);
	const { places } = loops;
	const { firsts, bits } = loops.valid(school);
	for (const row of firsts) {
		const number = school[row] as number;
		if (number >= 0) cellAt(own, places, row)?.schools.add(number, bits, row * words);
	}
}

/** Adds the sums by sampling unit that a linearised variance needs. */
function addUnitSums(
	{ weights, vector, width, rows }: CodedBlock,
	unit: Int32Array,
	slots: readonly { table: PatternTable; slot: number; number: number }[],
	targets: Int32Array,
): void {
	const first = slots[0]?.number ?? 0;
	for (let row = 0; row < rows; row++) {
		const target = slots[(targets[row] as number) - first];
		const weight = weights[(vector[row] as number) * width] as number;
		target?.table.units[target.slot]?.add(unit[row] as number, weight);
	}
}

/** The row's cell, if it has one. */
function cellAt(own: readonly Cell[], places: Int32Array, row: number): Cell | undefined {
	return own[(places[row] as number) - 1];
}
