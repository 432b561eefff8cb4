import type { WeightVector } from "./cross-products.js";
import type { DesignColumns } from "./design-columns.js";

/** More than any level, unit or number of paths, so that two of them fit one key. */
const PATH_RADIX = 2 ** 26;
const FIRST_ROOM = 256;

/**
 * Rows of a model that cannot be fitted from sums: their variables, and weights by runs that share them. Where all
 * variables are factors, rows of one pattern are one row with the sum of their weights.
 */
export class ModelRows {
	/** Rows that were added, which patterns have in common. */
	added = 0;
	count = 0;
	/** By row and variable. */
	private values = new Float64Array(0);
	/** By row, the number of its weights. */
	private vectors = new Int32Array(0);
	private units = new Int32Array(0);
	private weights = new Float64Array(0);
	private vectorCount = 0;
	/** Rows of the run that has not ended. */
	private readonly run: number[] = [];
	/** The rows of patterns by the path of their values. */
	private readonly paths = new Map<number, number>();
	private pathCount = 0;

	/**
	 * @param variables How many a row has.
	 * @param width Weights a row has: 1 + R, or 1 for a linearised variance.
	 * @param patterns True where all variables are factors.
	 */
	constructor(
		private readonly variables: number,
		readonly width: number,
		private readonly patterns: boolean,
	) {}

	/**
	 * Adds a row to the run.
	 * @param values One a variable: a level from 0 on, or a number; none missing.
	 * @param unit Its sampling unit, for a linearised variance.
	 */
	add(values: ArrayLike<number>, unit = -1): void {
		this.added += 1;
		this.run.push(this.patterns ? this.pattern(values, unit) : this.append(values, unit));
	}

	/** Ends the run, whose rows have these weights. */
	endRun({ values, start }: WeightVector): void {
		const { run, width } = this;
		if (run.length === 0) return;
		let shared = -1;
		for (const row of run) {
			const known = this.vectors[row] as number;
			if (known >= 0) {
				const at = known * width;
				for (let r = 0; r < width; r++) {
					this.weights[at + r] = (this.weights[at + r] as number) + (values[start + r] as number);
				}
			} else {
				if (shared < 0 || this.patterns) {
					shared = this.makeVector();
					this.weights.set(values.subarray(start, start + width), shared * width);
				}
				this.vectors[row] = shared;
			}
		}
		run.length = 0;
	}

	value(row: number, variable: number): number {
		return this.values[row * this.variables + variable] as number;
	}

	/** The rows as some columns of a design have them, with an outcome of 0 and 1. */
	compile(
		design: DesignColumns,
		columns: readonly number[],
		outcome: number,
		change?: (values: Float64Array) => void,
	): CompiledRows {
		const { count, width, variables } = this;
		const places = new Int32Array(design.terms.length + 1);
		const entries = new Float64Array(design.terms.length + 1);
		const own = new Float64Array(variables);
		const starts = new Int32Array(count + 1);
		const kept: { places: number[]; entries: number[] } = { places: [], entries: [] };
		const placeOf = new Map(columns.map((column, place) => [column, place]));
		const y = new Float64Array(count);
		for (let row = 0; row < count; row++) {
			own.set(this.values.subarray(row * variables, (row + 1) * variables));
			y[row] = own[outcome] as number;
			change?.(own);
			design.row(own, places, entries);
			const first = kept.places.length;
			for (let i = 0; i < places.length; i++) {
				const place = placeOf.get(places[i] as number);
				if (place === undefined) continue;
				let at = kept.places.push(place) - 1;
				kept.entries.push(entries[i] as number);
				for (; at > first && (kept.places[at - 1] as number) > place; at--) swap(kept, at - 1, at);
			}
			starts[row + 1] = kept.places.length;
		}
		return {
			count,
			columns: columns.length,
			starts,
			places: Int32Array.from(kept.places),
			entries: Float64Array.from(kept.entries),
			outcome: y,
			weights: this.weights,
			vectors: this.vectors,
			units: this.units,
			width,
		};
	}

	/** The row of a pattern, made where it is new. */
	private pattern(values: ArrayLike<number>, unit: number): number {
		let path = this.step(0, unit + 1);
		for (let variable = 0; variable < this.variables; variable++) {
			path = this.step(path, values[variable] as number);
		}
		const known = this.paths.get(-path);
		if (known !== undefined) return known;
		const row = this.append(values, unit);
		this.paths.set(-path, row);
		return row;
	}

	/** Numbers of paths begin at 1; their rows stand under their negatives. */
	private step(path: number, value: number): number {
		const key = (path + 1) * PATH_RADIX + value;
		let next = this.paths.get(key);
		if (next === undefined) {
			next = ++this.pathCount;
			this.paths.set(key, next);
		}
		return next;
	}

	private append(values: ArrayLike<number>, unit: number): number {
		const row = this.count++;
		if (row === this.vectors.length) {
			const room = 2 * row + FIRST_ROOM;
			this.values = copied(new Float64Array(room * this.variables), this.values);
			this.vectors = copied(new Int32Array(room).fill(-1), this.vectors);
			this.units = copied(new Int32Array(room), this.units);
		}
		for (let variable = 0; variable < this.variables; variable++) {
			this.values[row * this.variables + variable] = values[variable] as number;
		}
		this.units[row] = unit;
		return row;
	}

	private makeVector(): number {
		const vector = this.vectorCount++;
		if ((vector + 1) * this.width > this.weights.length) {
			const room = (2 * vector + FIRST_ROOM) * this.width;
			this.weights = copied(new Float64Array(room), this.weights);
		}
		return vector;
	}
}

/** Rows of a design as the columns that are not zero; row i has those from starts[i] up to starts[i + 1]. */
export interface CompiledRows {
	count: number;
	/** Columns there are. */
	columns: number;
	starts: Int32Array;
	/** Columns, ascending within a row. */
	places: Int32Array;
	entries: Float64Array;
	outcome: Float64Array;
	/** Vectors of `width` weights, and by row the number of its own. */
	weights: Float64Array;
	vectors: Int32Array;
	/** Sampling units. */
	units: Int32Array;
	width: number;
}

function swap({ places, entries }: { places: number[]; entries: number[] }, a: number, b: number): void {
	[places[a], places[b]] = [places[b] as number, places[a] as number];
	[entries[a], entries[b]] = [entries[b] as number, entries[a] as number];
}

function copied<T extends Float64Array | Int32Array>(into: T, from: T): T {
	into.set(from);
	return into;
}
