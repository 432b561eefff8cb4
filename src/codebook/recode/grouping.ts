import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { Breakdown } from "../meaning/breakdown.js";
import type { Condition } from "../meaning/condition.js";
import { Lookup } from "../meaning/states.js";
import type { Frame } from "./recode-frame.js";

/** Numbers the distinct pairs (previous number, next value) it is shown, from 0. */
class PairNumbers {
	readonly first: number[] = [];
	readonly second: number[] = [];
	private readonly numbers = new Map<number, number>();

	number(first: number, second: number): number {
		const key = first * 2 ** 26 + second;
		let number = this.numbers.get(key);
		if (number === undefined) {
			number = this.first.length;
			this.numbers.set(key, number);
			this.first.push(first);
			this.second.push(second);
		}
		return number;
	}
}

/** Numbers rows by the values they share in several columns, one column after the other. */
class TupleNumbers {
	private readonly levels: PairNumbers[];

	constructor(length: number) {
		this.levels = Array.from({ length }, () => new PairNumbers());
	}

	/**
	 * Numbers of the rows of a block. Rows that follow each other mostly share all values, so they come as runs.
	 * @param values One array a column, of an element a run.
	 * @param runs First rows.
	 * @param kept Rows without it have −1.
	 */
	numbers(values: readonly Int32Array[], runs: Int32Array, rows: number, kept?: Uint8Array): Int32Array {
		const numbers = new Int32Array(rows);
		for (const [run, first] of runs.entries()) {
			const end = runs[run + 1] ?? rows;
			const number =
				kept === undefined || kept.subarray(first, end).includes(1) ? this.number(values, run) : -1;
			numbers.fill(number, first, end);
		}
		if (kept !== undefined) for (let row = 0; row < rows; row++) if (kept[row] === 0) numbers[row] = -1;
		return numbers;
	}

	private number(values: readonly Int32Array[], run: number): number {
		let number = 0;
		for (let index = 0; index < this.levels.length; index++) {
			const value = values[index]?.[run] as number;
			number = this.levels[index]?.number(number, value) as number;
		}
		return number;
	}

	get size(): number {
		return this.levels.at(-1)?.first.length ?? 1;
	}

	/** The values a number stands for. */
	values(number: number): number[] {
		const values: number[] = [];
		let rest = number;
		for (const { first, second } of this.levels.toReversed()) {
			values.unshift(second[rest] as number);
			rest = first[rest] as number;
		}
		return values;
	}
}

const NO_VALUE = -1;
const UNKNOWN_VALUE = -2;

/** Names of a breakdown's values by number. Number 0 is kept for rows without a value. */
class ValueNames {
	readonly names: string[] = [""];
	readonly lookup: Lookup<number>;

	constructor(breakdown: Breakdown) {
		this.lookup = new Lookup((code) => {
			const value = breakdown.classify(code);
			if (value === undefined) return UNKNOWN_VALUE;
			return value === null ? NO_VALUE : this.number(value);
		}, breakdown.spell);
	}

	private number(value: string): number {
		const known = this.names.indexOf(value);
		return known >= 0 ? known : this.names.push(value) - 1;
	}
}

/** Numbers the texts of a column alike in every file. */
class TextNumbers {
	private readonly numbers = new Map<string, number>();
	readonly lookup = new Lookup((code) => {
		const known = this.numbers.get(code);
		if (known !== undefined) return known;
		this.numbers.set(code, this.numbers.size);
		return this.numbers.size - 1;
	});
}

/** Puts every row in its group, school and population. */
export class Grouping {
	/** Rows that belong to no group because they have no value in a breakdown, by breakdown id. */
	readonly withoutValue = new Map<string, number>();
	private readonly names: ValueNames[];
	private readonly tuples: TupleNumbers;
	private readonly schools: TupleNumbers;
	private readonly slots: number[];
	private readonly schoolColumns: { slot: number; texts: TextNumbers }[];

	/**
	 * @param breakdowns The asked ones first.
	 * @param places How many are asked for, and how many make groups: lack of a value leaves a row out in the
	 *   asked ones, and a code nobody knows is reported in all that make groups.
	 * @param school Columns that together name a school; none where the file has no school column.
	 */
	constructor(
		private readonly breakdowns: readonly Breakdown[],
		private readonly places: { asked: number; grouped: number },
		school: readonly number[],
		picker: ColumnPicker,
	) {
		this.names = breakdowns.map((breakdown) => new ValueNames(breakdown));
		this.tuples = new TupleNumbers(breakdowns.length);
		this.schools = new TupleNumbers(school.length);
		this.slots = breakdowns.map(({ column }) => picker.slot(column));
		this.schoolColumns = school.map((column) => ({ slot: picker.slot(column), texts: new TextNumbers() }));
	}

	/** Group of each row; −1 where the row is left out. */
	groups(frame: Frame): Int32Array {
		const runs = frame.runs(this.slots);
		const values = this.breakdowns.map((_, index) => this.valueNumbers(frame, index, runs));
		const kept = frame.dropped > 0 ? frame.kept : undefined;
		return this.tuples.numbers(values, runs, frame.block.rows, kept);
	}

	/** School of each row, or null where the file has none. */
	schoolNumbers(frame: Frame): Int32Array | null {
		if (this.schoolColumns.length === 0) return null;
		const runs = frame.runs(this.schoolColumns.map(({ slot }) => slot));
		const values = this.schoolColumns.map(({ slot, texts }) => frame.numbersAt(runs, slot, texts.lookup));
		return this.schools.numbers(values, runs, frame.block.rows);
	}

	/** Value ids of a group, one a breakdown; "" where a row has none. */
	valuesOf(group: number): string[] {
		return this.tuples.values(group).map((value, index) => this.names[index]?.names[value] ?? "");
	}

	/** Values of a breakdown, one a run. */
	private valueNumbers(frame: Frame, index: number, runs: Int32Array): Int32Array {
		const numbers = frame.numbersAt(
			runs,
			this.slots[index] as number,
			(this.names[index] as ValueNames).lookup,
		);
		for (const [run, value] of numbers.entries()) {
			if (value >= 0) continue;
			numbers[run] = 0;
			if (index >= this.places.grouped) continue;
			const end = runs[run + 1] ?? frame.block.rows;
			for (let row = runs[run] as number; row < end; row++) {
				if (frame.kept[row] === 1) this.without(frame, row, index, value);
			}
		}
		return numbers;
	}

	private without(frame: Frame, row: number, index: number, value: number): void {
		const { id } = this.breakdowns[index] as Breakdown;
		if (value === UNKNOWN_VALUE) frame.reportUnknown(this.slots[index] as number, row);
		if (index < this.places.asked) frame.drop(row);
		this.withoutValue.set(id, (this.withoutValue.get(id) ?? 0) + 1);
	}
}

/** Leaves out the rows that fail a condition. */
export function applyConditions(
	frame: Frame,
	conditions: readonly { slot: number; lookup: Lookup<number> }[],
): void {
	for (const { slot, lookup } of conditions) {
		const holds = frame.numbers(slot, lookup);
		for (let row = 0; row < holds.length; row++) if (holds[row] === 0) frame.drop(row);
	}
}

/** Conditions with the columns they look at. */
export function conditionLookups(conditions: readonly Condition[], picker: ColumnPicker) {
	return conditions.map(({ breakdown, holds }) => ({
		slot: picker.slot(breakdown.column),
		lookup: new Lookup((code) => Number(holds(code)), breakdown.spell),
	}));
}
