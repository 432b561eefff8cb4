import type { Highs } from "highs";
import { once } from "../base/once.js";

/** A row of a linear program: bounds on a sum of columns, each with its factor. */
export interface ProgramRow {
	terms: readonly (readonly [column: number, factor: number])[];
	low: number;
	high: number;
	/** The group whose published number, or figure, it expresses. */
	tells?: Telling;
}

export interface Telling {
	group: string;
	what: "total" | "figure";
}

/** The bounds of a column. */
export interface ColumnRange {
	low: number;
	high: number;
	/** Values of all columns at the minimum and at the maximum. */
	ends: readonly Float64Array[];
	/** Rows that give the bounds; without the other rows they are the same. */
	holding: readonly ProgramRow[];
}

const loadHighs = once(async (): Promise<Highs> => {
	// Its types are those of the CommonJS file; imported is the other one, whose default is the loader itself.
	const { default: load } = (await import("highs")) as unknown as {
		default: typeof import("highs").default;
	};
	return load();
});

/** A solver of linear programs; loaded once. */
export async function loadSolver(): Promise<Solver> {
	return new Solver(await loadHighs());
}

/** Linear programs, solved by HiGHS. */
export class Solver {
	constructor(private readonly highs: Highs) {}

	/**
	 * The least and the largest value of a column, where all columns are 0 or more.
	 * @param fixed A column that is 1.
	 * @returns Null if no values satisfy the rows; infinite if there is no bound.
	 */
	range(columns: number, rows: readonly ProgramRow[], column: number, fixed: number): ColumnRange | null {
		const { highs } = this;
		const one = (value: number) =>
			Array.from({ length: columns }, (_, place) => (place === fixed ? 1 : value));
		const bound = (value: number) =>
			value === Number.POSITIVE_INFINITY
				? highs.infinity
				: value === Number.NEGATIVE_INFINITY
					? -highs.infinity
					: value;
		const starts = [0];
		for (const { terms } of rows) starts.push((starts.at(-1) as number) + terms.length);
		const model = highs.createModel({
			...{ numCols: columns, numRows: rows.length },
			colCost: Array.from({ length: columns }, (_, place) => (place === column ? 1 : 0)),
			...{ colLower: one(0), colUpper: one(highs.infinity) },
			rowLower: rows.map(({ low }) => bound(low)),
			rowUpper: rows.map(({ high }) => bound(high)),
			matrix: {
				...{ format: "csr", numRows: rows.length, numCols: columns, starts },
				indices: rows.flatMap(({ terms }) => terms.map(([place]) => place)),
				values: rows.flatMap(({ terms }) => terms.map(([, factor]) => factor)),
			},
		});
		try {
			// These programs are small: simplifying one takes several times as long as solving it.
			model.options.set({ output_flag: false, presolve: "off", solver: "simplex" });
			const { objectiveSense, modelStatus } = highs.constants;
			const ends: Float64Array[] = [];
			const holding = new Set<ProgramRow>();
			const best = (sense: (typeof objectiveSense)[keyof typeof objectiveSense], none: number) => {
				model.changeObjectiveSense(sense);
				model.run();
				const status = model.getModelStatus();
				if (status !== modelStatus.optimal) return status === modelStatus.infeasible ? null : none;
				const { colValue, rowDual } = model.getSolution();
				ends.push(colValue);
				// A row with a multiplier of zero does not take part in the proof of optimality.
				for (const [place, row] of rows.entries()) if (rowDual[place] !== 0) holding.add(row);
				return model.getObjectiveValue();
			};
			const low = best(objectiveSense.minimize, Number.NEGATIVE_INFINITY);
			const high = low === null ? null : best(objectiveSense.maximize, Number.POSITIVE_INFINITY);
			return low === null || high === null ? null : { low, high, ends, holding: [...holding] };
		} finally {
			model.dispose();
		}
	}
}
