import {
	FIRST_COUNT,
	MISSING,
	NO,
	NOT_ADMINISTERED,
	NOT_APPLICABLE,
	YES,
} from "../codebook/meaning/states.js";
import { sumVectors } from "../tabulate/block-loops.js";
import type { Cell, PatternTable, TableLayout } from "../tabulate/cells.js";

/** One variable of one cell: rows and Σ w_r by state. */
export interface Margin {
	rows: readonly number[];
	/** One vector of 1 + R sums per state; with a linearised variance, sums over the R sampling units. */
	sums: readonly Float64Array[];
}

/** Margins of cells. All variables of a table are summed at once; the sums are kept until the next table is used. */
export class Margins {
	private readonly kept = new Map<Cell, { index: number; margins: Margin[] }>();

	/** @param terms Number of replicates, or of sampling units in the whole sample. */
	constructor(private readonly terms: number) {}

	/** @param states Number of the variable's states. */
	of(cell: Cell, variable: number, states: number): Margin {
		const { tables, units } = cell.layout;
		const index = tables.findIndex(({ variables }) => variables.includes(variable));
		const { variables } = tables[index] as TableLayout;
		if (variables.length === 1) return marginAlone(cell, index, states, this.terms);
		// Sums by sampling unit are as long as the sample has units: too many to keep for all groups.
		if (units) return marginsOf(cell, index, [variable], this.terms)[0] as Margin;
		let known = this.kept.get(cell);
		if (known?.index !== index) {
			known = { index, margins: marginsOf(cell, index, variables, this.terms) };
			this.kept.set(cell, known);
		}
		return known.margins[variables.indexOf(variable)] as Margin;
	}
}

/**
 * Margin of a variable in a table to itself: its patterns are its states. There may be as many as rows, so it is not
 * cached.
 */
function marginAlone({ layout, tables }: Cell, index: number, states: number, terms: number): Margin {
	const { patterns, rows, sums, units } = tables[index] as PatternTable;
	const counts = new Array<number>(states).fill(0);
	const all = statesOf(states, 1 + terms);
	for (const [slot, state] of patterns.entries()) {
		const own = all[state] as Float64Array;
		counts[state] = rows[slot] as number;
		layout.vectors.copyTo(own, 0, sums[slot] as number);
		units[slot]?.scatter(own);
	}
	return { rows: counts, sums: all };
}

/** Sums of states in one block of memory: allocating thousands of small arrays takes longer than filling them. */
function statesOf(states: number, length: number): Float64Array[] {
	const all = new Float64Array(states * length);
	return Array.from({ length: states }, (_, state) => all.subarray(state * length, (state + 1) * length));
}

/** Sums some of a table's variables over its patterns, state by state. */
function marginsOf(
	{ layout, tables }: Cell,
	index: number,
	variables: readonly number[],
	terms: number,
): Margin[] {
	const table = layout.tables[index] as TableLayout;
	const { patterns, rows, sums, units } = tables[index] as PatternTable;
	const { width, vectors } = layout;
	let numbers = 0;
	const targets: Int32Array[] = [];
	const margins = variables.map((variable) => {
		const of = layout.states[variable] as number;
		const radix = table.radices[table.variables.indexOf(variable)] as number;
		const first = numbers;
		numbers += of;
		const own = new Int32Array(patterns.length);
		for (const [slot, pattern] of patterns.entries()) own[slot] = Math.floor(pattern / radix) % of;
		targets.push(own.map((state) => first + state + 1));
		return { own, first, rows: new Array<number>(of).fill(0) };
	});
	const summed = sumVectors(
		{ rows: patterns.length, width },
		(into) => {
			for (const [slot, number] of sums.entries()) vectors.copyTo(into, slot * width, number);
		},
		targets,
		numbers,
	);
	const all = statesOf(numbers, 1 + terms);
	for (const [number, own] of all.entries()) own.set(summed.subarray(number * width, (number + 1) * width));
	return margins.map(({ own, first, rows: counts }) => {
		const states = all.slice(first, first + counts.length);
		for (const [slot, state] of own.entries()) {
			counts[state] = (counts[state] as number) + (rows[slot] as number);
			units[slot]?.scatter(states[state] as Float64Array);
		}
		return { rows: counts, sums: states };
	});
}

/** Rows by response: answered, asked without an answer, not asked. */
export interface Response {
	/** Rows with a valid answer. */
	valid: number;
	/** Rows of those asked who gave no valid answer. */
	missing: number;
	notApplicable: number;
	notAdministered: number;
	weightedValid: number;
	/** Percent: 100 · Σ w(valid) / Σ w(valid or missing). */
	coverage: number;
}

/** Σ w of all rows of a cell, with or without an answer. */
export function totalWeight({ tables, layout }: Cell): number {
	const sums = tables[0]?.sums ?? [];
	return sums.reduce((total, number) => total + layout.vectors.component(number, 0), 0);
}

/**
 * Σ w of all rows of some cells, and the mean of Σ w_r over the replicates r. Every method keeps that mean near Σ w.
 */
export function replicateSums(cells: readonly Cell[]): { weight: number; replicates: number } {
	let [weight, replicates] = [0, 0];
	for (const { tables, layout } of cells) {
		const { vectors, width } = layout;
		for (const number of tables[0]?.sums ?? []) {
			weight += vectors.component(number, 0);
			for (let r = 1; r < width; r++) replicates += vectors.component(number, r) / (width - 1);
		}
	}
	return { weight, replicates };
}

export function responseOf({ rows, sums }: Margin): Response {
	const weight = (state: number) => sums[state]?.[0] ?? 0;
	let valid = (rows[YES] ?? 0) + (rows[NO] ?? 0);
	let weightedValid = weight(YES) + weight(NO);
	for (let state = FIRST_COUNT; state < rows.length; state++) {
		valid += rows[state] ?? 0;
		weightedValid += weight(state);
	}
	return {
		valid,
		missing: rows[MISSING] ?? 0,
		notApplicable: rows[NOT_APPLICABLE] ?? 0,
		notAdministered: rows[NOT_ADMINISTERED] ?? 0,
		weightedValid,
		coverage: (100 * weightedValid) / (weightedValid + weight(MISSING)),
	};
}

/** Σ w of the valid rows, by replicate or sampling unit. */
export function validSums({ sums }: Margin): Float64Array {
	const valid = sums.filter((_, state) => state === YES || state === NO || state >= FIRST_COUNT);
	const total = new Float64Array(valid[0]?.length ?? 0);
	for (const own of valid)
		for (const [place, value] of own.entries()) total[place] = (total[place] as number) + value;
	return total;
}
