import { ReplicateVectors } from "../design/degrees-of-freedom.js";
import { Vectors } from "../design/vectors.js";
import { IndexSet } from "./index-set.js";
import { SchoolAnswers } from "./school-answers.js";
import { UnitSums } from "./unit-sums.js";

/** Items per table. Items in one table have joint statistics; four keep the number of patterns small. */
const ITEMS_PER_TABLE = 4;

/** The variables of one table. Pattern number = Σ state · radix. */
export interface TableLayout {
	variables: readonly number[];
	radices: readonly number[];
}

export interface CellLayout {
	tables: readonly TableLayout[];
	/** States per variable. */
	states: readonly number[];
	/** Weights per row: 1 + R. */
	width: number;
	/** Whether sums are also kept by sampling unit, for a linearised variance. */
	units: boolean;
	/** Storage for vectors of `width` numbers. */
	vectors: Vectors;
}

/**
 * Plans the tables: neighbouring variables in groups of four. A variable with many states (a count or a measure) gets a
 * table to itself.
 * @param states States per variable; infinite if only the file decides.
 * @param width 1 + number of replicates.
 * @param most Variables per table.
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

/** Weighted table of response patterns: for each pattern that occurs, its rows and Σ w_r for r = 0…R. */
export class PatternTable {
	readonly patterns: number[] = [];
	readonly rows: number[] = [];
	/** Numbers of the vectors of sums. */
	readonly sums: number[] = [];
	/** Sums by sampling unit; empty if the variance comes from replicates. */
	readonly units: UnitSums[] = [];
	/** Slot of each pattern. */
	private readonly slots = new Map<number, number>();

	constructor(private readonly layout: CellLayout) {}

	/** Position of a pattern in `patterns`, `rows` and `sums`; added if it is new. */
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

/**
 * The data behind all estimates of one group. When cells are combined, tables are added; schools and vectors are merged
 * as sets.
 */
export class Cell {
	rows = 0;
	readonly tables: PatternTable[];
	readonly schools: SchoolAnswers;
	readonly vectors: ReplicateVectors;
	/** Sampling units that have rows here; empty if the variance comes from replicates. */
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

/** Combines cells; a single cell is returned unchanged. */
export function sumOf(cells: readonly Cell[]): Cell {
	const [first] = cells as readonly [Cell];
	if (cells.length === 1) return first;
	const sum = new Cell(first.layout);
	for (const cell of cells) sum.merge(cell);
	return sum;
}
