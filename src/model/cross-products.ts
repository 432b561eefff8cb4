/** Σ w·zᵢ·zⱼ of the columns z of a design, under every weight. */
export interface Products {
	/** Number of replicates, or of sampling units. */
	readonly terms: number;
	/** Number of rows added. */
	readonly rows: number;
	/** Term 0 is the full sample, then one per replicate, or the rows of one sampling unit alone. */
	at(i: number, j: number, term: number): number;
	/** False where all products of a term are zero. */
	has(term: number): boolean;
}

/** A vector of weights for a run of rows: from `start` on, one number per weight of the products. */
export interface WeightVector {
	values: Float64Array;
	start: number;
}

/** Adds `width` numbers, times a factor, to those that begin at a place. */
export function addVector(
	into: Float64Array,
	at: number,
	{ values, start }: WeightVector,
	width: number,
	factor = 1,
): void {
	for (let r = 0; r < width; r++)
		into[at + r] = (into[at + r] as number) + factor * (values[start + r] as number);
}

const FIRST_ROOM = 16;

/**
 * Adds up cross-products row by row. Rows of a school mostly follow each other with the same weights: theirs are added up
 * without weights first and multiplied by all of them once, when the run ends.
 *
 * Only products that occur take room, each `width` numbers, so the cost of a factor grows with the combinations that occur.
 */
export class CrossProducts implements Products {
	rows = 0;
	/** Capacity in columns, and the number of each pair's product; −1 where there is none. */
	private room = 0;
	private numbers = new Int32Array(0);
	private count = 0;
	private sums = new Float64Array(0);
	/** By number: the sum over the run, and whether the run has it. */
	private run = new Float64Array(0);
	private isOpen = new Uint8Array(0);
	private open = new Int32Array(0);
	private opened = 0;

	/** @param width Weights a row has: 1 + R, or 1 for a linearised variance. */
	constructor(private readonly width: number) {}

	get terms(): number {
		return this.width - 1;
	}

	/**
	 * Adds a row to the run.
	 * @param places Distinct columns in which the row is not zero.
	 * @param entries Its values there.
	 * @param factor Multiplies the row's weight.
	 */
	add(places: Int32Array, entries: Float64Array, length: number, factor = 1): void {
		this.rows += 1;
		for (let a = 0; a < length; a++) {
			const i = places[a] as number;
			if (i >= this.room) this.makeRoom(i + 1);
			const entry = factor * (entries[a] as number);
			for (let b = a; b < length; b++) {
				const j = places[b] as number;
				if (j >= this.room) this.makeRoom(j + 1);
				let number = this.numbers[i * this.room + j] as number;
				if (number < 0) number = this.make(i, j);
				this.run[number] = (this.run[number] as number) + entry * (entries[b] as number);
				if (this.isOpen[number] === 0) {
					this.isOpen[number] = 1;
					this.open[this.opened++] = number;
				}
			}
		}
	}

	/** Ends the run, whose rows have these weights. */
	endRun({ values, start }: WeightVector): void {
		const { width, sums, run, open, isOpen } = this;
		for (let place = 0; place < this.opened; place++) {
			const number = open[place] as number;
			const product = run[number] as number;
			run[number] = 0;
			isOpen[number] = 0;
			if (product === 0) continue;
			const at = number * width;
			for (let r = 0; r < width; r++) {
				sums[at + r] = (sums[at + r] as number) + product * (values[start + r] as number);
			}
		}
		this.opened = 0;
	}

	/** Adds precomputed sums of one product. */
	addSums(i: number, j: number, sums: WeightVector, factor = 1): void {
		if (Math.max(i, j) >= this.room) this.makeRoom(Math.max(i, j) + 1);
		const known = this.numbers[i * this.room + j] as number;
		const at = (known < 0 ? this.make(i, j) : known) * this.width;
		addVector(this.sums, at, sums, this.width, factor);
	}

	/** Adds the sums of others that are of the same design, times a factor. */
	merge(other: CrossProducts, factor: number): void {
		this.rows += other.rows;
		const { width } = this;
		for (let i = 0; i < other.room; i++) {
			for (let j = i; j < other.room; j++) {
				const start = (other.numbers[i * other.room + j] as number) * width;
				if (start >= 0) this.addSums(i, j, { values: other.sums, start }, factor);
			}
		}
	}

	has(): boolean {
		return true;
	}

	at(i: number, j: number, term: number): number {
		if (i >= this.room || j >= this.room) return 0;
		const number = this.numbers[i * this.room + j] as number;
		return number < 0 ? 0 : (this.sums[number * this.width + term] as number);
	}

	private make(i: number, j: number): number {
		const number = this.count++;
		this.numbers[i * this.room + j] = number;
		this.numbers[j * this.room + i] = number;
		if (number === this.run.length) {
			const length = 2 * number + FIRST_ROOM;
			this.sums = grown(this.sums, length * this.width);
			this.run = grown(this.run, length);
			const [isOpen, open] = [this.isOpen, this.open];
			this.isOpen = new Uint8Array(length);
			this.isOpen.set(isOpen);
			this.open = new Int32Array(length);
			this.open.set(open);
		}
		return number;
	}

	private makeRoom(columns: number): void {
		const room = Math.max(columns, 2 * this.room, FIRST_ROOM);
		const numbers = new Int32Array(room * room).fill(-1);
		for (let i = 0; i < this.room; i++) {
			numbers.set(this.numbers.subarray(i * this.room, (i + 1) * this.room), i * room);
		}
		this.numbers = numbers;
		this.room = room;
	}
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
	const larger = new Float64Array(length);
	larger.set(values);
	return larger;
}

/** The same for a linearised variance: products of the whole and of each sampling unit. */
export class UnitProducts implements Products {
	private readonly whole = new CrossProducts(1);
	private readonly units = new Map<number, CrossProducts>();

	/** @param count How many units the file has; known once it is read. */
	constructor(private readonly count: () => number) {}

	get rows(): number {
		return this.whole.rows;
	}

	set rows(count: number) {
		this.whole.rows = count;
	}

	get terms(): number {
		return this.count();
	}

	/** Adds precomputed sums of one product over the rows of a unit. */
	addSums(unit: number, i: number, j: number, sums: WeightVector): void {
		this.whole.addSums(i, j, sums);
		this.unit(unit).addSums(i, j, sums);
	}

	/** Adds the sums of others that are of the same design, times a factor. */
	merge(other: UnitProducts, factor: number): void {
		this.whole.merge(other.whole, factor);
		for (const [unit, products] of other.units) this.unit(unit).merge(products, factor);
	}

	/** Adds a row of a unit with its weight. */
	add(
		unit: number,
		weight: WeightVector,
		places: Int32Array,
		entries: Float64Array,
		length: number,
		factor = 1,
	): void {
		for (const products of [this.whole, this.unit(unit)]) {
			products.add(places, entries, length, factor);
			products.endRun(weight);
		}
	}

	has(term: number): boolean {
		return term === 0 || this.units.has(term - 1);
	}

	at(i: number, j: number, term: number): number {
		const products = term === 0 ? this.whole : this.units.get(term - 1);
		return products?.at(i, j, 0) ?? 0;
	}

	private unit(unit: number): CrossProducts {
		let own = this.units.get(unit);
		if (own === undefined) {
			own = new CrossProducts(1);
			this.units.set(unit, own);
		}
		return own;
	}
}
