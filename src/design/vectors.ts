const CHUNK = 64;

/**
 * Vectors of one length in a few large arrays: allocating thousands of small arrays would cost more than the work done
 * on them.
 */
export class Vectors {
	private readonly chunks: Float64Array[] = [];
	private count = 0;

	constructor(readonly length: number) {}

	/**
	 * Adds a vector of zeros.
	 * @returns Its number.
	 */
	make(): number {
		if (this.count % CHUNK === 0) this.chunks.push(new Float64Array(CHUNK * this.length));
		this.count += 1;
		return this.count - 1;
	}

	at(number: number): Float64Array {
		const start = this.start(number);
		return this.chunk(number).subarray(start, start + this.length);
	}

	component(number: number, index: number): number {
		return this.chunk(number)[this.start(number) + index] as number;
	}

	add(number: number, values: Float64Array): void {
		const own = this.chunk(number);
		const start = this.start(number);
		for (let i = 0; i < values.length; i++)
			own[start + i] = (own[start + i] as number) + (values[i] as number);
	}

	/** Copies a vector into an array at a position. */
	copyTo(target: Float64Array, place: number, number: number): void {
		const own = this.chunk(number);
		const start = this.start(number);
		for (let i = 0; i < this.length; i++) target[place + i] = own[start + i] as number;
	}

	private chunk(number: number): Float64Array {
		return this.chunks[Math.floor(number / CHUNK)] as Float64Array;
	}

	private start(number: number): number {
		return (number % CHUNK) * this.length;
	}
}
