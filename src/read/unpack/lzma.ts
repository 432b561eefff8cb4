/** Bits of a length or distance that choose between probabilities. */
const [STATES, POSITIONS] = [12, 16];
const [LOW, HIGH] = [8, 256];
const SLOTS = 64;
const SMALL_DISTANCES = 128;
const LITERAL = 0x300;

/** Where in one array the probabilities of each kind begin. */
const IS_MATCH = 0;
const IS_REPEAT = IS_MATCH + STATES * POSITIONS;
const IS_OTHER = IS_REPEAT + STATES;
const IS_THIRD = IS_OTHER + STATES;
const IS_FOURTH = IS_THIRD + STATES;
const IS_LONG = IS_FOURTH + STATES;
const SLOT = IS_LONG + STATES * POSITIONS;
const DISTANCE = SLOT + 4 * SLOTS;
const ALIGN = DISTANCE + SMALL_DISTANCES;
const LENGTH_BITS = 2 + 2 * POSITIONS * LOW + HIGH;
const LENGTH = ALIGN + 16;
const REPEAT_LENGTH = LENGTH + LENGTH_BITS;
const LITERALS = REPEAT_LENGTH + LENGTH_BITS;

const EVEN = 1 << 10;
const LEAST_MATCH = 2;
const FIRST_WINDOW = 1 << 16;

/**
 * Undoes LZMA, chunk by chunk as LZMA2 has them. After the reference, Igor Pavlov's "LZMA specification". Damaged
 * bytes throw an Error.
 */
export class Lzma {
	/** What has been unpacked last, as far back as the dictionary goes. */
	private window = new Uint8Array(FIRST_WINDOW);
	private filled = 0;
	/** Bytes unpacked since the dictionary was begun. */
	private position = 0;
	private chances = new Uint16Array(LITERALS);
	private state = 0;
	private readonly distances = [0, 0, 0, 0];
	private literalContext = 0;
	private literalPosition = 0;
	private positionMask = 0;
	private packed: Uint8Array = new Uint8Array();
	private at = 0;
	private range = 0;
	private code = 0;

	/** @param dictionary Bytes a match may reach back. */
	constructor(private readonly dictionary: number) {}

	/** Forgets what has been unpacked. */
	resetDictionary(): void {
		this.position = 0;
	}

	/** Begins anew, with these properties or the same ones. */
	resetState(properties?: number): void {
		if (properties !== undefined) {
			const context = properties % 9;
			const rest = (properties - context) / 9;
			this.literalContext = context;
			this.literalPosition = rest % 5;
			const bits = (rest - this.literalPosition) / 5;
			if (bits > 4 || context + this.literalPosition > 4) throw new Error("properties that cannot be");
			this.positionMask = (1 << bits) - 1;
			this.chances = new Uint16Array(LITERALS + (LITERAL << (context + this.literalPosition)));
		}
		this.chances.fill(EVEN);
		this.state = 0;
		this.distances.fill(0);
	}

	/** Takes in bytes that are not packed. @returns The same bytes, valid until the next call. */
	copy(bytes: Uint8Array): Uint8Array {
		this.makeRoom(bytes.length);
		const start = this.filled;
		this.window.set(bytes, start);
		this.filled += bytes.length;
		this.position += bytes.length;
		return this.window.subarray(start, this.filled);
	}

	/** Unpacks a chunk. @returns Its bytes, valid until the next call. */
	unpack(packed: Uint8Array, size: number): Uint8Array {
		this.makeRoom(size);
		this.packed = packed;
		this.at = 0;
		if (this.byte() !== 0) throw new Error("a chunk begins wrongly");
		this.code = 0;
		for (let count = 0; count < 4; count++) this.code = ((this.code << 8) | this.byte()) >>> 0;
		this.range = 0xffff_ffff;
		const start = this.filled;
		const end = start + size;
		while (this.filled < end) this.symbol(end);
		this.normalize();
		if (this.at !== packed.length || this.code !== 0) throw new Error("a chunk ends wrongly");
		return this.window.subarray(start, end);
	}

	private symbol(end: number): void {
		const place = this.position & this.positionMask;
		const { state, distances } = this;
		if (this.bit(IS_MATCH + state * POSITIONS + place) === 0) {
			this.literal();
			return;
		}
		let length: number;
		if (this.bit(IS_REPEAT + state) === 0) {
			length = this.length(LENGTH, place);
			this.state = state < 7 ? 7 : 10;
			distances.pop();
			distances.unshift(this.distance(length));
		} else {
			let rank = 0;
			if (this.bit(IS_OTHER + state) === 0) {
				if (this.bit(IS_LONG + state * POSITIONS + place) === 0) {
					this.state = state < 7 ? 9 : 11;
					this.repeat(1, end);
					return;
				}
			} else if (this.bit(IS_THIRD + state) === 0) rank = 1;
			else rank = this.bit(IS_FOURTH + state) === 0 ? 2 : 3;
			if (rank > 0) distances.unshift(...distances.splice(rank, 1));
			length = this.length(REPEAT_LENGTH, place);
			this.state = state < 7 ? 8 : 11;
		}
		this.repeat(length + LEAST_MATCH, end);
	}

	private literal(): void {
		const { window, filled, position, literalContext, literalPosition, state } = this;
		const before = position === 0 ? 0 : (window[filled - 1] as number);
		const context =
			((position & ((1 << literalPosition) - 1)) << literalContext) + (before >> (8 - literalContext));
		const chances = LITERALS + LITERAL * context;
		let symbol = 1;
		if (state >= 7) {
			let matched = this.reach(0);
			let open = 0x100;
			while (symbol < 0x100) {
				matched <<= 1;
				const expected = matched & open;
				const bit = this.bit(chances + open + expected + symbol);
				symbol = (symbol << 1) | bit;
				open &= bit === 1 ? expected : ~expected;
			}
		} else while (symbol < 0x100) symbol = (symbol << 1) | this.bit(chances + symbol);
		window[filled] = symbol;
		this.filled += 1;
		this.position += 1;
		this.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
	}

	/** A byte at one of the last distances. */
	private reach(rank: number): number {
		const distance = this.distances[rank] as number;
		if (distance >= this.position || distance >= this.dictionary)
			throw new Error("a match reaches too far back");
		return this.window[this.filled - distance - 1] as number;
	}

	private repeat(length: number, end: number): void {
		this.reach(0);
		const { window, filled } = this;
		if (filled + length > end) throw new Error("a match is longer than its chunk");
		const from = filled - (this.distances[0] as number) - 1;
		for (let index = 0; index < length; index++) window[filled + index] = window[from + index] as number;
		this.filled += length;
		this.position += length;
	}

	private length(chances: number, place: number): number {
		if (this.bit(chances) === 0) return this.tree(chances + 2 + place * LOW, LOW);
		if (this.bit(chances + 1) === 0) return LOW + this.tree(chances + 2 + (POSITIONS + place) * LOW, LOW);
		return 2 * LOW + this.tree(chances + 2 + 2 * POSITIONS * LOW, HIGH);
	}

	private distance(length: number): number {
		const slot = this.tree(SLOT + Math.min(length, 3) * SLOTS, SLOTS);
		if (slot < 4) return slot;
		const bits = (slot >> 1) - 1;
		const start = (2 | (slot & 1)) * 2 ** bits;
		if (slot < 14) return start + this.reverse(DISTANCE + start - slot, bits);
		let direct = 0;
		for (let count = 4; count < bits; count++) {
			this.normalize();
			this.range >>>= 1;
			const bit = this.code >= this.range ? 1 : 0;
			if (bit === 1) this.code -= this.range;
			direct = direct * 2 + bit;
		}
		return start + direct * 16 + this.reverse(ALIGN, 4);
	}

	/** A number below a power of two, its highest bit first. */
	private tree(chances: number, limit: number): number {
		let symbol = 1;
		while (symbol < limit) symbol = (symbol << 1) | this.bit(chances + symbol);
		return symbol - limit;
	}

	/** The same, its lowest bit first. */
	private reverse(chances: number, bits: number): number {
		let [symbol, value] = [1, 0];
		for (let place = 0; place < bits; place++) {
			const bit = this.bit(chances + symbol);
			symbol = (symbol << 1) | bit;
			value |= bit << place;
		}
		return value;
	}

	private bit(at: number): 0 | 1 {
		this.normalize();
		const chance = this.chances[at] as number;
		const bound = (this.range >>> 11) * chance;
		if (this.code < bound) {
			this.range = bound;
			this.chances[at] = chance + ((2048 - chance) >> 5);
			return 0;
		}
		this.range -= bound;
		this.code -= bound;
		this.chances[at] = chance - (chance >> 5);
		return 1;
	}

	private normalize(): void {
		if (this.range >= 0x100_0000) return;
		this.range = (this.range << 8) >>> 0;
		this.code = ((this.code << 8) | this.byte()) >>> 0;
	}

	private byte(): number {
		const byte = this.packed[this.at++];
		if (byte === undefined) throw new Error("a chunk is too short");
		return byte;
	}

	/** Room behind what is filled: by a larger window, or where that reaches far enough back, by moving it to the front. */
	private makeRoom(bytes: number): void {
		const { window, filled, dictionary } = this;
		if (filled + bytes <= window.length) return;
		const kept = window.subarray(Math.max(0, filled - dictionary), filled);
		const needed = kept.length + bytes;
		if (kept.length < filled && needed <= window.length / 2)
			window.copyWithin(0, filled - kept.length, filled);
		else {
			this.window = new Uint8Array(2 * needed);
			this.window.set(kept);
		}
		this.filled = kept.length;
	}
}
