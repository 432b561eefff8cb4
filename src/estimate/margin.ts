import { FIRST_COUNT, MISSING, NO, NOT_ADMINISTERED, NOT_APPLICABLE, YES } from "../codebook/coding.js";
import type { Cell } from "../tabulate/cells.js";

/** One variable of one cell: rows and Σ w_r by state. */
export interface Margin {
	rows: readonly number[];
	/** One vector of 1 + R sums a state; with a linearised variance the sums of the R sampling units. */
	sums: readonly Float64Array[];
}

/**
 * Sums a variable's states out of the table of patterns it stands in.
 * @param states Number of states.
 * @param terms Replicates, or sampling units of the whole sample.
 */
export function marginOf(cell: Cell, variable: number, states: number, terms: number): Margin {
	const { layout } = cell;
	const rows = new Array<number>(states).fill(0);
	const length = 1 + terms;
	// One piece of memory, as thousands of small ones take longer to set aside than to fill.
	const all = new Float64Array(states * length);
	const sums = Array.from({ length: states }, (_, state) =>
		all.subarray(state * length, (state + 1) * length),
	);
	const index = layout.tables.findIndex(({ variables }) => variables.includes(variable));
	const table = cell.tables[index];
	const place = layout.tables[index];
	if (table === undefined || place === undefined) throw new Error(`variable ${variable} is in no table`);
	const radix = place.radices[place.variables.indexOf(variable)] as number;
	for (const [slot, pattern] of table.patterns.entries()) {
		const state = Math.floor(pattern / radix) % (layout.states[variable] as number);
		rows[state] = (rows[state] as number) + (table.rows[slot] as number);
		const into = sums[state] as Float64Array;
		layout.vectors.addTo(into, table.sums[slot] as number);
		table.units[slot]?.scatter(into);
	}
	return { rows, sums };
}

/** How many rows answered, were asked, and were not asked. */
export interface Response {
	/** Rows with a valid answer. */
	valid: number;
	/** Rows that were asked and gave none. */
	missing: number;
	notApplicable: number;
	notAdministered: number;
	/** Σ w of the valid rows. */
	weightedValid: number;
	/** Percent: 100 · Σ w(valid) / Σ w(valid or missing). */
	coverage: number;
}

/** Σ w of all rows of a cell, whether they answered or not. */
export function totalWeight({ tables, layout }: Cell): number {
	const sums = tables[0]?.sums ?? [];
	return sums.reduce((total, number) => total + layout.vectors.component(number, 0), 0);
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
