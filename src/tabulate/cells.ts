import { ReplicateVectors } from "../design/degrees-of-freedom.js";
import { Vectors } from "../design/vectors.js";
import { IndexSet } from "./index-set.js";
import { SchoolAnswers } from "./school-answers.js";
import { UnitSums } from "./unit-sums.js";

/** Items that share one table: joint statistics exist between them, and patterns stay few. */
const ITEMS_PER_TABLE = 4;

/** Which variables stand together in a table. Pattern number = Σ state · radix. */
export interface TableLayout {
	variables: readonly number[];
	radices: readonly number[];
}

export interface CellLayout {
	tables: readonly TableLayout[];
	/** Number of states of each variable. */
	states: readonly number[];
	/** Weights a row has: 1 + R. */
	width: number;
	/** True: sums are also kept by sampling unit, for a linearised variance. */
	units: boolean;
	/** Where vectors of `width` numbers are kept. */
	vectors: Vectors;
}

/**
 * Plans the tables: neighbouring variables in fours; one with many states (a count, a measure) stands alone.
 * @param states Number of states of each variable; infinite where the file decides it.
 * @param width 1 + number of replicates.
 * @param most Variables of a table.
 */
export function planTables(
	states: readonly number[],
	width: number,
	units = false,
	most = ITEMS_PER_TABLE,
): CellLayout {
	const blocks: number[][] = [];
	for (const [variable, count] of states.entries()) {
		const last = blocks.at(-1);
		const fits = last !== undefined && last.length < most && states[last[0] as number] === count;
		if (fits && count <= 8) last.push(variable);
		else blocks.push([variable]);
	}
	const tables = blocks.map((variables) => {
		let next = 1;
		const radices = variables.map((variable) => {
			const radix = next;
			next *= states[variable] as number;
			return radix;
		});
		return { variables, radices };
	});
	return { tables, states, width, units, vectors: new Vectors(width) };
}

/** Weighted table of response patterns: for each pattern seen, its rows and Σ w_r for r = 0…R. */
export class PatternTable {
	readonly patterns: number[] = [];
	readonly rows: number[] = [];
	/** Numbers of the vectors of sums. */
	readonly sums: number[] = [];
	/** Sums by sampling unit; empty where the variance comes from replicates. */
	readonly units: UnitSums[] = [];
	/** Slot of each pattern. */
	private readonly slots = new Map<number, number>();

	constructor(private readonly layout: CellLayout) {}

	/** Place of a pattern in `patterns`, `rows` and `sums`, made where it is new. */
	slot(pattern: number): number {
		const known = this.slots.get(pattern);
		if (known !== undefined) return known;
		const slot = this.patterns.push(pattern) - 1;
		this.slots.set(pattern, slot);
		this.rows.push(0);
		this.sums.push(this.layout.vectors.make());
		if (this.layout.units) this.units.push(new UnitSums());
		return slot;
	}

	/** Adds rows and their sums to a slot. */
	add(slot: number, rows: number, values: Float64Array): void {
		this.rows[slot] = (this.rows[slot] as number) + rows;
		this.layout.vectors.add(this.sums[slot] as number, values);
	}

	merge(other: PatternTable): void {
		for (const [index, pattern] of other.patterns.entries()) {
			const slot = this.slot(pattern);
			const sums = other.layout.vectors.at(other.sums[index] as number);
			this.add(slot, other.rows[index] as number, sums);
			if (this.layout.units) this.units[slot]?.addAll(other.units[index] as UnitSums);
		}
	}
}

/** All that the estimates of one group are made of. Tables add up; schools and vectors are united. */
export class Cell {
	rows = 0;
	readonly tables: PatternTable[];
	readonly schools: SchoolAnswers;
	readonly vectors: ReplicateVectors;
	/** Sampling units with a row; empty where the variance comes from replicates. */
	readonly units = new IndexSet();

	constructor(readonly layout: CellLayout) {
		this.tables = layout.tables.map(() => new PatternTable(layout));
		this.schools = new SchoolAnswers(layout.states.length);
		this.vectors = new ReplicateVectors(layout.width - 1, layout.vectors);
	}

	merge(other: Cell): void {
		this.rows += other.rows;
		for (const [index, table] of other.tables.entries()) this.tables[index]?.merge(table);
		this.schools.merge(other.schools);
		this.vectors.merge(other.vectors);
		this.units.addAll(other.units);
	}
}

/** Cells by group. */
export type Cells<Key> = Map<Key, Cell>;

/** Cells combined; a single one stays unchanged. */
export function sumOf(cells: readonly Cell[]): Cell {
	const [first] = cells as readonly [Cell];
	if (cells.length === 1) return first;
	const sum = new Cell(first.layout);
	for (const cell of cells) sum.merge(cell);
	return sum;
}
