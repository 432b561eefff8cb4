import type { Draw } from "./draw.js";

const BYTES = [0, 1, 9, 10, 13, 32, 34, 44, 59, 127, 128, 200, 252, 253, 254, 255];
const INTEGERS = [0, 1, -1, 2, 7, 16, 127, 255, 65535, 1 << 24, 1e9, 2 ** 31 - 1, -(2 ** 31)];
const DOUBLES = [0, -0, -1, 1e308, -1e308, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53];
const STRANGE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
/** Longest stretch that is cut, doubled or moved. */
const STRETCH = 64;

/** Writes over, or puts between, or takes away; other files lend pieces. */
type Hit = (bytes: Buffer, at: number, draw: Draw, other: Buffer) => Buffer;

function over(bytes: Buffer, at: number, part: Uint8Array): Buffer {
	const copy = Buffer.from(bytes);
	copy.set(part.subarray(0, Math.max(0, copy.length - at)), at);
	return copy;
}

function between(bytes: Buffer, at: number, part: Uint8Array, dropped = 0): Buffer {
	return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at + dropped)]);
}

function integer(draw: Draw): Buffer {
	const bytes = Buffer.alloc(draw.pick([2, 4, 4, 8]));
	const value = draw.pick(INTEGERS);
	if (bytes.length === 2) bytes.writeInt16LE((value << 16) >> 16);
	else if (bytes.length === 8) bytes.writeBigInt64LE(BigInt(value));
	else bytes.writeInt32LE(value);
	return draw.chance(0.3) ? bytes.reverse() : bytes;
}

function double(draw: Draw): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeDoubleLE(draw.pick(draw.chance(0.5) ? DOUBLES : STRANGE));
	return draw.chance(0.3) ? bytes.reverse() : bytes;
}

function stretch(bytes: Buffer, at: number, draw: Draw): Buffer {
	return bytes.subarray(at, at + 1 + draw.below(STRETCH));
}

const HITS: readonly Hit[] = [
	(bytes, at, draw) => over(bytes, at, Buffer.from([(bytes[at] ?? 0) ^ (1 << draw.below(8))])),
	(bytes, at, draw) => over(bytes, at, Buffer.from([(bytes[at] ?? 0) ^ (1 << draw.below(8))])),
	(bytes, at, draw) => over(bytes, at, Buffer.from([draw.below(256)])),
	(bytes, at, draw) => over(bytes, at, Buffer.from([draw.pick(BYTES)])),
	// Fields of most formats stand at multiples of four.
	(bytes, at, draw) => over(bytes, draw.chance(0.5) ? at & ~3 : at, integer(draw)),
	(bytes, at, draw) => over(bytes, draw.chance(0.5) ? at & ~3 : at, double(draw)),
	(bytes, at) => bytes.subarray(0, at),
	(bytes, at, draw) => between(bytes, at, Buffer.alloc(0), 1 + draw.below(STRETCH)),
	(bytes, at, draw) => between(bytes, at, stretch(bytes, at, draw)),
	(bytes, at, draw) => over(bytes, at, stretch(bytes, draw.below(bytes.length), draw)),
	(bytes, at, draw) => over(bytes, at, Buffer.alloc(1 + draw.below(STRETCH), draw.pick(BYTES))),
	(bytes, at, draw, other) => between(bytes, at, stretch(other, draw.below(other.length), draw)),
	(bytes, at, draw, other) =>
		Buffer.concat([bytes.subarray(0, at), other.subarray(draw.below(other.length))]),
];

/**
 * One to four hits, anywhere or in a part of the file that says much in few bytes.
 * @param dense Where that part begins and ends.
 */
export function damaged(bytes: Buffer, draw: Draw, other: Buffer, dense = [0, bytes.length]): Buffer {
	const [from = 0, to = bytes.length] = dense;
	let result = bytes;
	for (let hits = draw.pick([1, 1, 1, 2, 2, 4]); hits > 0 && result.length > 0; hits--) {
		const at = draw.chance(0.6) ? from + draw.below(Math.max(1, to - from)) : draw.below(result.length);
		result = draw.pick(HITS)(result, Math.min(at, result.length - 1), draw, other);
	}
	return result;
}
