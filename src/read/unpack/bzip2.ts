import { type ByteReader, fill } from "../bytes.js";

/** Compressed bytes a block has at most, for each of the nine sizes that blocks may have. */
const MOST_BLOCK_BYTES = 150_000;
const SYMBOLS_A_GROUP = 50;
const MOST_CODE_BITS = 20;
const [BLOCK, END] = [0x314159265359, 0x177245385090];
const OUTPUT_BYTES = 1 << 18;

/**
 * Unpacks bzip2, also several streams one after the other. The format's reference is Seward's bzip2; every block and
 * every stream is checked against its checksum.
 * @throws Error where the bytes are not what the format asks for.
 */
export async function* unbzip2(stored: ByteReader): AsyncGenerator<Buffer> {
	const bits = new Bits(stored);
	while (await bits.hold(4)) {
		if (bits.take(24) !== 0x425a68) throw new Error("no bzip2 stream");
		const size = bits.take(8) - 0x30;
		if (size < 1 || size > 9) throw new Error("no size of blocks");
		yield* stream(bits, size);
	}
}

async function* stream(bits: Bits, size: number): AsyncGenerator<Buffer> {
	let sum = 0;
	for (;;) {
		await bits.hold(size * MOST_BLOCK_BYTES);
		const mark = bits.take(24) * 2 ** 24 + bits.take(24);
		const stated = bits.sum();
		if (mark === END) {
			if (stated !== sum) throw new Error("the stream's checksum differs");
			return bits.align();
		}
		if (mark !== BLOCK) throw new Error("neither a block nor an end");
		sum = (((sum << 1) | (sum >>> 31)) ^ stated) >>> 0;
		yield* unsorted(sortedBlock(bits, size * 100_000), stated);
	}
}

/** Bits of a file, the highest of each byte first. */
class Bits {
	private bytes: Uint8Array = new Uint8Array();
	private at = 0;
	private bits = 0;
	private held = 0;
	private ended = false;

	constructor(private readonly stored: ByteReader) {}

	/** Makes so many bytes be at hand, if there are as many. @returns Whether there is any. */
	async hold(count: number): Promise<boolean> {
		if (this.bytes.length - this.at < count && !this.ended) {
			const next = new Uint8Array(2 * count + (1 << 16));
			const rest = this.bytes.subarray(this.at);
			next.set(rest);
			const length = await fill(this.stored, next, rest.length);
			this.ended = length < next.length;
			this.bytes = next.subarray(0, length);
			this.at = 0;
		}
		return this.at < this.bytes.length || this.held > 0;
	}

	/** The number of the next bits, 24 of them at most. */
	take(count: number): number {
		while (this.held < count) this.more();
		this.held -= count;
		return (this.bits >>> this.held) & ((1 << count) - 1);
	}

	/** A checksum. */
	sum(): number {
		return (this.take(16) * 2 ** 16 + this.take(16)) >>> 0;
	}

	/** The symbol whose code is next. */
	symbol({ least, most, limits, bases, symbols }: Codes): number {
		while (this.held < least) this.more();
		for (let length = least; length <= most; length++) {
			if (this.held < length) this.more();
			const code = (this.bits >>> (this.held - length)) & ((1 << length) - 1);
			if (code > (limits[length] as number)) continue;
			this.held -= length;
			const symbol = symbols[code - (bases[length] as number)];
			if (symbol === undefined) break;
			return symbol;
		}
		throw new Error("no code");
	}

	/** Passes over what is left of a byte. */
	align(): void {
		this.held -= this.held % 8;
		this.at -= this.held / 8;
		this.held = 0;
	}

	private more(): void {
		if (this.at >= this.bytes.length) throw new Error("the end is missing");
		this.bits = (this.bits << 8) | (this.bytes[this.at++] as number);
		this.held += 8;
	}
}

/** Codes of one Huffman table by their length. */
interface Codes {
	least: number;
	most: number;
	/** The greatest code of a length, and what is taken off to find its symbol. */
	limits: Int32Array;
	bases: Int32Array;
	symbols: Uint16Array;
}

/** A block with its Huffman codes and moves to front undone: in the low byte of each entry, bytes in their sorted order. */
interface Sorted {
	entries: Uint32Array;
	/** How many of each byte there are. */
	counts: Uint32Array;
	length: number;
	/** Where the entry of the first byte stands. */
	origin: number;
}

function sortedBlock(bits: Bits, most: number): Sorted {
	if (bits.take(1) !== 0) throw new Error("a randomised block, as nobody writes any more");
	const origin = bits.take(24);
	const used = usedBytes(bits);
	const tables = bits.take(3);
	if (tables < 2 || tables > 6 || used.length === 0) throw new Error("no tables");
	const selectors = selectorsOf(bits, tables);
	const codes = Array.from({ length: tables }, () => codesOf(bits, used.length + 2));
	const entries = new Uint32Array(most);
	const counts = new Uint32Array(256);
	const end = used.length + 1;
	let [length, run, weight, left, group] = [0, 0, 1, 0, 0];
	let table = codes[0] as Codes;
	for (;;) {
		if (left === 0) {
			table = codes[selectors[group++] ?? tables] ?? noTable();
			left = SYMBOLS_A_GROUP;
		}
		left -= 1;
		const symbol = bits.symbol(table);
		if (symbol < 2) {
			// The length of a run in digits 1 and 2, the lowest first.
			run += weight << symbol;
			weight *= 2;
			if (run > most) throw new Error("a run is longer than its block");
			continue;
		}
		if (run > 0) {
			if (length + run > most) throw new Error("a block is too long");
			const byte = used[0] as number;
			entries.fill(byte, length, length + run);
			counts[byte] = (counts[byte] as number) + run;
			length += run;
			[run, weight] = [0, 1];
		}
		if (symbol === end) break;
		if (length === most) throw new Error("a block is too long");
		const byte = toFront(used, symbol - 1);
		entries[length++] = byte;
		counts[byte] = (counts[byte] as number) + 1;
	}
	if (origin >= length) throw new Error("the first byte is out of the block");
	return { entries, counts, length, origin };
}

function noTable(): never {
	throw new Error("a selector is missing");
}

/** Bytes that occur, of which each group of 16 and then each byte has a bit. */
function usedBytes(bits: Bits): Uint8Array {
	const groups = bits.take(16);
	const used: number[] = [];
	for (let group = 0; group < 16; group++) {
		if ((groups & (0x8000 >> group)) === 0) continue;
		const members = bits.take(16);
		for (let byte = 0; byte < 16; byte++) if (members & (0x8000 >> byte)) used.push(16 * group + byte);
	}
	return Uint8Array.from(used);
}

/** Which table each group of symbols is coded by. */
function selectorsOf(bits: Bits, tables: number): Uint8Array {
	const selectors = new Uint8Array(bits.take(15));
	const order = Uint8Array.from({ length: tables }, (_, table) => table);
	for (let group = 0; group < selectors.length; group++) {
		let rank = 0;
		while (bits.take(1) === 1) if (++rank === tables) noTable();
		selectors[group] = toFront(order, rank);
	}
	return selectors;
}

/** The entry of a rank, which becomes the first. */
function toFront(order: Uint8Array, rank: number): number {
	const entry = order[rank] as number;
	order.copyWithin(1, 0, rank);
	order[0] = entry;
	return entry;
}

function codesOf(bits: Bits, symbols: number): Codes {
	const lengths = new Uint8Array(symbols);
	let length = bits.take(5);
	for (let symbol = 0; symbol < symbols; symbol++) {
		while (bits.take(1) === 1) length += bits.take(1) === 0 ? 1 : -1;
		if (length < 1 || length > MOST_CODE_BITS) throw new Error("a code is too long");
		lengths[symbol] = length;
	}
	const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
	const codes: Codes = {
		least,
		most,
		limits: new Int32Array(most + 1),
		bases: new Int32Array(most + 1),
		symbols: new Uint16Array(symbols),
	};
	let [code, before] = [0, 0];
	for (let bits = least; bits <= most; bits++) {
		codes.bases[bits] = code - before;
		for (let symbol = 0; symbol < symbols; symbol++) {
			if (lengths[symbol] !== bits) continue;
			codes.symbols[before++] = symbol;
			code += 1;
		}
		codes.limits[bits] = code - 1;
		code *= 2;
	}
	return codes;
}

/** Undoes the sorting, and writes runs out: after four bytes that are the same stands how many more there are. */
function* unsorted({ entries, counts, length, origin }: Sorted, stated: number): Generator<Buffer> {
	let start = 0;
	for (let byte = 0; byte < 256; byte++) {
		const count = counts[byte] as number;
		counts[byte] = start;
		start += count;
	}
	// Above its byte each entry is told where the one stands that follows it.
	for (let place = 0; place < length; place++) {
		const byte = (entries[place] as number) & 0xff;
		const at = counts[byte] as number;
		counts[byte] = at + 1;
		entries[at] = (entries[at] as number) | (place << 8);
	}
	let sum = 0xffff_ffff;
	let output = Buffer.allocUnsafe(OUTPUT_BYTES);
	let filled = 0;
	let [last, same] = [-1, 0];
	let next = (entries[origin] as number) >>> 8;
	for (let left = length; left > 0; left--) {
		const entry = entries[next] as number;
		const byte = entry & 0xff;
		next = entry >>> 8;
		const isCount = same === 4;
		const [written, times] = isCount ? [last, byte] : [byte, 1];
		for (let time = 0; time < times; time++) {
			sum = (sum << 8) ^ (SUMS[(sum >>> 24) ^ written] as number);
			output[filled++] = written;
		}
		same = isCount ? 0 : byte === last ? same + 1 : 1;
		last = isCount ? -1 : byte;
		if (filled < OUTPUT_BYTES - 255) continue;
		yield output.subarray(0, filled);
		output = Buffer.allocUnsafe(OUTPUT_BYTES);
		filled = 0;
	}
	if (~sum >>> 0 !== stated) throw new Error("a block's checksum differs");
	yield output.subarray(0, filled);
}

/** What each byte adds to a checksum: CRC-32 with the highest bit first. */
const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
	let sum = byte << 24;
	for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
	return sum >>> 0;
});
