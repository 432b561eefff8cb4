const FIRST_KEYS = 1024;
const FIRST_BYTES = 1 << 14;

/** Numbers distinct texts. Their bytes share one buffer, because strings in a Map take several times as much memory. */
export class Met {
	private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
	/** Start of each key's bytes, followed by the start of the free bytes. */
	private starts = new Float64Array(FIRST_KEYS + 1);
	private numbers = new Uint32Array(FIRST_KEYS);
	private count = 0;
	/** Open addressing: position of a key + 1, or 0 if free; at most half full. */
	private table = new Uint32Array(2 * FIRST_KEYS);

	get size(): number {
		return this.count;
	}

	/**
	 * Stores a text with a number.
	 * @returns The number it was first stored with; undefined if it is new.
	 */
	meet(text: string, number: number): number | undefined {
		this.makeRoom(text);
		const start = this.starts[this.count] as number;
		const end = start + this.bytes.write(text, start);
		let slot = this.slotOf(start, end);
		for (let key = this.table[slot] as number; key > 0; key = this.table[slot] as number) {
			const [from, to] = [this.starts[key - 1] as number, this.starts[key] as number];
			if (this.bytes.compare(this.bytes, start, end, from, to) === 0) return this.numbers[key - 1];
			slot = (slot + 1) % this.table.length;
		}
		this.numbers[this.count] = number;
		this.count += 1;
		this.starts[this.count] = end;
		this.table[slot] = this.count;
		return undefined;
	}

	private makeRoom(text: string): void {
		const { bytes, starts, numbers, table, count } = this;
		const needed = (starts[count] as number) + 3 * text.length;
		if (needed > bytes.length) {
			this.bytes = Buffer.allocUnsafeSlow(2 * needed);
			bytes.copy(this.bytes);
		}
		if (count < numbers.length) return;
		this.starts = new Float64Array(2 * count + 1);
		this.starts.set(starts);
		this.numbers = new Uint32Array(2 * count);
		this.numbers.set(numbers);
		this.table = new Uint32Array(2 * table.length);
		for (let key = 1; key <= count; key++) {
			let slot = this.slotOf(starts[key - 1] as number, starts[key] as number);
			while (this.table[slot] !== 0) slot = (slot + 1) % this.table.length;
			this.table[slot] = key;
		}
	}

	/** Start of a key's search: FNV-1a. */
	private slotOf(start: number, end: number): number {
		let hash = 0x811c9dc5;
		for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.bytes[at] as number), 0x01000193);
		return ((hash ^ (hash >>> 15)) >>> 0) % this.table.length;
	}
}
