import { addVector, type WeightVector } from "./cross-products.js";
import type { DesignColumns } from "./design-columns.js";

const FIRST_ROOM = 256;

/** Rows of a model that cannot be fitted from sums: their variables, and weights by runs that share them. */
export class ModelRows {
	count = 0;
	/** By row and variable. */
	private values = new Float64Array(0);
	/** By row, the number of its weight vector. */
	private vectors = new Int32Array(0);
	private units = new Int32Array(0);
	private weights = new Float64Array(0);
	private vectorCount = 0;
	/** First row of the current run. */
	private begun = 0;

	/**
	 * @param variables Number of variables per row.
	 * @param width Weights per row: 1 + R, or 1 for a linearised variance.
	 */
	constructor(
		private readonly variables: number,
		readonly width: number,
	) {}

	/**
	 * Adds a row to the run.
	 * @param values One per variable: a level from 0 on, or a number; none missing.
	 * @param unit Its sampling unit, for a linearised variance.
	 */
	add(values: ArrayLike<number>, unit = -1): void {
		const row = this.count++;
		if (row === this.vectors.length) {
			const room = 2 * row + FIRST_ROOM;
			this.values = copied(new Float64Array(room * this.variables), this.values);
			this.vectors = copied(new Int32Array(room), this.vectors);
			this.units = copied(new Int32Array(room), this.units);
		}
		for (let variable = 0; variable < this.variables; variable++) {
			this.values[row * this.variables + variable] = values[variable] as number;
		}
		this.units[row] = unit;
	}

	/** Ends the run, whose rows have these weights. */
	endRun({ values, start }: WeightVector): void {
		if (this.begun === this.count) return;
		const vector = this.vectorCount++;
		const at = vector * this.width;
		if (at + this.width > this.weights.length) {
			const room = (2 * vector + FIRST_ROOM) * this.width;
			this.weights = copied(new Float64Array(room), this.weights);
		}
		this.weights.set(values.subarray(start, start + this.width), at);
		this.vectors.fill(vector, this.begun, this.count);
		this.begun = this.count;
	}

	/**
	 * Makes rows with the same values one, with the sums of their weights, where that leaves less than half of them: each
	 * row then needs weights of its own, which before were those of its run. Not for rows of sampling units.
	 */
	mergeAlike(): void {
		const { count, variables, width } = this;
		const of = this.alike();
		const distinct = of.reduce((most, one) => Math.max(most, one + 1), 0);
		if (2 * distinct >= count) return;
		const values = new Float64Array(distinct * variables);
		const weights = new Float64Array(distinct * width);
		const { values: every, weights: given, vectors } = this;
		for (let row = 0; row < count; row++) {
			const one = of[row] as number;
			for (let place = 0; place < variables; place++)
				values[one * variables + place] = every[row * variables + place] as number;
			addVector(weights, one * width, { values: given, start: (vectors[row] as number) * width }, width);
		}
		this.count = distinct;
		this.begun = distinct;
		this.vectorCount = distinct;
		this.values = values;
		this.weights = weights;
		this.vectors = Int32Array.from({ length: distinct }, (_, row) => row);
		this.units = new Int32Array(distinct).fill(-1);
	}

	/** By row, the number of its values among those that are met, from 0. */
	private alike(): Int32Array {
		const { count, variables, values } = this;
		const bits = new Int32Array(values.buffer, values.byteOffset, 2 * count * variables);
		const size = 2 ** Math.ceil(Math.log2(2 * count + 1));
		// Hash table: by slot, the first row with these values, counted from 1.
		const table = new Int32Array(size);
		const of = new Int32Array(count);
		const isSame = (a: number, b: number) => {
			for (let place = 0; place < variables; place++) {
				if (values[a * variables + place] !== values[b * variables + place]) return false;
			}
			return true;
		};
		let met = 0;
		for (let row = 0; row < count; row++) {
			let hash = 0;
			for (let place = 2 * row * variables; place < 2 * (row + 1) * variables; place++) {
				hash = Math.imul(hash ^ (bits[place] as number), 0x9e3779b1);
				hash ^= hash >>> 15;
			}
			let slot = hash & (size - 1);
			while (table[slot] !== 0 && !isSame((table[slot] as number) - 1, row)) slot = (slot + 1) & (size - 1);
			if (table[slot] === 0) {
				table[slot] = row + 1;
				of[row] = met++;
			} else of[row] = of[(table[slot] as number) - 1] as number;
		}
		return of;
	}

	/** The rows, each with its values and all its weights. */
	list(): { values: Float64Array; weights: Float64Array }[] {
		const { variables, width } = this;
		return Array.from({ length: this.count }, (_, row) => {
			const at = (this.vectors[row] as number) * width;
			return {
				values: this.values.subarray(row * variables, (row + 1) * variables),
				weights: this.weights.subarray(at, at + width),
			};
		});
	}

	/** Σ w under the full sample's weights. */
	get weight(): number {
		let sum = 0;
		for (let row = 0; row < this.count; row++) {
			sum += this.weights[(this.vectors[row] as number) * this.width] as number;
		}
		return sum;
	}

	/** Adds the rows of others of the same variables, their weights times a factor. */
	merge(other: ModelRows, factor: number): void {
		const { variables, width } = this;
		for (let row = 0; row < other.count; row++) {
			const vector = other.vectors[row] as number;
			this.add(other.values.subarray(row * variables, (row + 1) * variables), other.units[row]);
			if (row + 1 < other.count && other.vectors[row + 1] === vector) continue;
			const own = other.weights.subarray(vector * width, (vector + 1) * width);
			this.endRun({ values: own.map((weight) => factor * weight), start: 0 });
		}
	}

	/** Makes the columns of a design that the rows' levels ask for. */
	meet(design: DesignColumns): void {
		const { variables } = this;
		const places = new Int32Array(design.terms.length + 1);
		const entries = new Float64Array(design.terms.length + 1);
		for (let row = 0; row < this.count; row++) {
			design.row(this.values.subarray(row * variables, (row + 1) * variables), places, entries);
		}
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
}

/** Rows of a design as the columns that are not zero; row i has those from starts[i] up to starts[i + 1]. */
export interface CompiledRows {
	count: number;
	/** Number of columns. */
	columns: number;
	starts: Int32Array;
	/** Columns, ascending within a row. */
	places: Int32Array;
	entries: Float64Array;
	outcome: Float64Array;
	/** Vectors of `width` weights, and the number of each row's vector. */
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
