/** A growing set of small whole numbers, such as school numbers, at 1 bit each. */
export class IndexSet {
	private bits = new Uint32Array(8);

	add(index: number): void {
		const word = index >>> 5;
		if (word >= this.bits.length) this.grow(word + 1);
		this.bits[word] = (this.bits[word] as number) | (1 << (index & 31));
	}

	addAll(other: IndexSet): void {
		if (other.bits.length > this.bits.length) this.grow(other.bits.length);
		for (let word = 0; word < other.bits.length; word++) {
			this.bits[word] = (this.bits[word] as number) | (other.bits[word] as number);
		}
	}

	/** The numbers in ascending order. */
	*[Symbol.iterator](): Generator<number> {
		for (const [place, word] of this.bits.entries()) {
			for (let bit = 0; bit < 32; bit++) if ((word >>> bit) & 1) yield place * 32 + bit;
		}
	}

	private grow(words: number): void {
		const bits = new Uint32Array(Math.max(words, this.bits.length * 2));
		bits.set(this.bits);
		this.bits = bits;
	}
}
