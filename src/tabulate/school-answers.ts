/** Schools with a valid answer, by variable: one row of bits per school. */
export class SchoolAnswers {
	private readonly words: number;
	/** Row number of each school. */
	private readonly places = new Map<number, number>();
	private bits: Uint32Array;
	private last = { school: -1, place: -1 };

	constructor(variables: number) {
		this.words = bitWords(variables);
		this.bits = new Uint32Array(8 * this.words);
	}

	/** Adds a teacher's valid answers, one bit per variable, to the school's row. */
	add(school: number, bits: Uint32Array, from: number): void {
		const { words } = this;
		const at = this.place(school) * words;
		for (let word = 0; word < words; word++) {
			this.bits[at + word] = (this.bits[at + word] as number) | (bits[from + word] as number);
		}
	}

	merge(other: SchoolAnswers): void {
		for (const [school, place] of other.places) this.add(school, other.bits, place * this.words);
	}

	/** Number of schools with a valid answer to a variable. */
	count(variable: number): number {
		const bit = 1 << (variable & 31);
		let schools = 0;
		for (let place = 0; place < this.places.size; place++) {
			if (((this.bits[place * this.words + (variable >>> 5)] as number) & bit) !== 0) schools += 1;
		}
		return schools;
	}

	private place(school: number): number {
		const { last, places } = this;
		// Teachers of one school usually follow each other.
		if (school === last.school) return last.place;
		let place = places.get(school);
		if (place === undefined) {
			place = places.size;
			places.set(school, place);
			if ((place + 1) * this.words > this.bits.length) this.grow();
		}
		last.school = school;
		last.place = place;
		return place;
	}

	private grow(): void {
		const bits = new Uint32Array(2 * this.bits.length);
		bits.set(this.bits);
		this.bits = bits;
	}
}

/** Number of 32-bit words that hold one bit per variable. */
export function bitWords(variables: number): number {
	return Math.max(1, Math.ceil(variables / 32));
}
