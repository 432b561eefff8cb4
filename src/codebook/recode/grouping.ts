import { FIRST_COUNT, Lookup, NO, YES } from "../meaning/states.js";
import type { Plan, PlannedGroup } from "../plan/plan.js";
import type { Interpreter, Reading } from "./interpreter.js";
import { type Frame, UNKNOWN_VALUE } from "./recode-frame.js";
import { codeRuns } from "./state-loops.js";
import { valueOfState } from "./value-states.js";

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
	 * @param values One array per column, with one element per run.
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

/** Number of a blank text. */
const BLANK = -1;

/** Numbers the texts of a column alike in every file. */
class TextNumbers {
	private readonly numbers = new Map<string, number>();
	readonly lookup = new Lookup((code) => {
		if (code === "") return BLANK;
		const known = this.numbers.get(code);
		if (known !== undefined) return known;
		this.numbers.set(code, this.numbers.size);
		return this.numbers.size - 1;
	});
}

/** What puts rows into groups: numbers that change where the group may change, and the state each stands for. */
interface GroupKeys {
	keys: Int32Array;
	stateOf(key: number): number;
}

/** State of rows of no country. */
const NO_COUNTRY = -1;

/** Number of what has no value; what has one is numbered by its state, from 1. */
const NO_VALUE = 0;

/** 1 for rows with a text, by runs of rows that share it; undefined where all have one. */
function named(texts: Int32Array, runs: Int32Array, rows: number): Uint8Array | undefined {
	if (!texts.includes(BLANK)) return undefined;
	const kept = new Uint8Array(rows);
	for (const [run, first] of runs.entries()) {
		kept.fill(texts[run] === BLANK ? 0 : 1, first, runs[run + 1] ?? rows);
	}
	return kept;
}

/** Puts every row in its group and school. */
export class Grouping {
	/** Rows that belong to no group because they have no value in a breakdown, by breakdown id. */
	readonly withoutValue = new Map<string, number>();
	private readonly readings: readonly Reading[];
	private readonly tuples: TupleNumbers;
	private readonly schools: TupleNumbers;
	private readonly schoolColumns: { slot: number; texts: TextNumbers }[];
	private readonly country: number;
	/** By breakdown: whether a country's rows, by its state, have a value. */
	private readonly valued: Map<number, boolean>[];

	/**
	 * @param plan The asked groups first.
	 * @param slots Places of columns in the blocks.
	 */
	constructor(
		private readonly groups: Plan["groups"],
		school: Plan["school"],
		interpreter: Interpreter,
		slot: (column: string) => number,
	) {
		this.readings = groups.map(({ of }) => interpreter.read(of));
		this.tuples = new TupleNumbers(groups.length);
		this.schools = new TupleNumbers(school.length);
		this.country = groups.findIndex(({ id }) => id === "country");
		this.valued = groups.map(() => new Map());
		this.schoolColumns = school.map((column) => ({ slot: slot(column), texts: new TextNumbers() }));
	}

	/** Group of each row; −1 where the row is left out. */
	groupsOf(frame: Frame): Int32Array {
		const columns = this.readings.map((reading) => groupKeys(reading, frame));
		const { rows } = frame.block;
		const runs = codeRuns(
			columns.map(({ keys }) => keys),
			rows,
		);
		const countries = this.countriesOf(columns[this.country], runs);
		const values = columns.map((column, index) => this.valueNumbers(frame, column, index, runs, countries));
		const kept = frame.dropped > 0 ? frame.kept : undefined;
		return this.tuples.numbers(values, runs, rows, kept);
	}

	/** School of each row, −1 where its id is blank; null where the file has none. */
	schoolNumbers(frame: Frame): Int32Array | null {
		if (this.schoolColumns.length === 0) return null;
		const columns = this.schoolColumns.map(({ slot, texts }) => ({
			codes: frame.codes(slot),
			numbers: frame.meanings(slot, texts.lookup),
		}));
		const { rows } = frame.block;
		const runs = codeRuns(
			columns.map(({ codes }) => codes),
			rows,
		);
		const values = columns.map(({ codes, numbers }) =>
			runs.map((row) => numbers[codes[row] as number] as number),
		);
		return this.schools.numbers(values, runs, rows, named(values.at(-1) as Int32Array, runs, rows));
	}

	/** Value ids of a group, one per breakdown; "" where a row has none. */
	valuesOf(group: number): string[] {
		return this.tuples.values(group).map((number, index) => {
			if (number === NO_VALUE) return "";
			const value = valueOfState(number - 1, (this.readings[index] as Reading).values);
			return typeof value === "string" ? "" : String(value.value);
		});
	}

	/** Countries of which no row has a value of a breakdown, by its id. */
	vanished(): Map<string, string[]> {
		const nameOf = (state: number) => {
			const value = valueOfState(state, (this.readings[this.country] as Reading).values);
			return typeof value === "string" ? [] : [String(value.value)];
		};
		const lost = this.groups.map(({ id }, index): [string, string[]] => {
			const without = [...(this.valued[index] as Map<number, boolean>)].filter(([, has]) => !has);
			return [id, without.flatMap(([state]) => nameOf(state)).sort()];
		});
		return new Map(lost.filter(([, systems]) => systems.length > 0));
	}

	/** The state that each run's country is. */
	private countriesOf(column: GroupKeys | undefined, runs: Int32Array): Int32Array {
		if (column === undefined) return new Int32Array(runs.length).fill(NO_COUNTRY);
		return runs.map((first) => {
			const state = column.stateOf(column.keys[first] as number);
			return hasValue(state) ? state : NO_COUNTRY;
		});
	}

	/** Values of a breakdown, one a run. */
	private valueNumbers(
		frame: Frame,
		{ keys, stateOf }: GroupKeys,
		index: number,
		runs: Int32Array,
		countries: Int32Array,
	): Int32Array {
		const { role } = this.groups[index] as PlannedGroup;
		const valued = this.valued[index] as Map<number, boolean>;
		const numbers = new Int32Array(runs.length);
		for (const [run, first] of runs.entries()) {
			const state = stateOf(keys[first] as number);
			const country = countries[run] as number;
			if (hasValue(state)) {
				numbers[run] = state + 1;
				if (country !== NO_COUNTRY) valued.set(country, true);
			} else if (role !== "pooled") {
				const end = runs[run + 1] ?? frame.block.rows;
				for (let row = first; row < end; row++) {
					if (frame.kept[row] !== 1) continue;
					if (country !== NO_COUNTRY && !valued.has(country)) valued.set(country, false);
					this.without(frame, row, index, state);
				}
			}
		}
		return numbers;
	}

	private without(frame: Frame, row: number, index: number, state: number): void {
		const { id, role } = this.groups[index] as PlannedGroup;
		const { column } = this.readings[index] as Reading;
		if (state === UNKNOWN_VALUE && column !== undefined) frame.reportUnknown(column.slot, row);
		if (role !== "compared") frame.drop(row);
		this.withoutValue.set(id, (this.withoutValue.get(id) ?? 0) + 1);
	}
}

/** What one column decides is looked up once a run, without its states row by row. */
function groupKeys({ column, states }: Reading, frame: Frame): GroupKeys {
	if (column === undefined) return { keys: Int32Array.from(states(frame)), stateOf: (state) => state };
	const meanings = frame.meanings(column.slot, column.lookup);
	return { keys: frame.codes(column.slot), stateOf: (code) => meanings[code] as number };
}

function hasValue(state: number): boolean {
	return state === YES || state === NO || state >= FIRST_COUNT;
}
