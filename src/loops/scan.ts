/**
 * The inner loop of reading: bytes of whole lines → codes and weights of the wanted columns. The host sees to it that
 * there are no quotation marks, and no carriage return but before a line feed.
 *
 * Unwanted columns are skipped 16 bytes at a time by counting delimiters. A weight is read as digits into one whole
 * number m < 2^53 and divided by a power of ten ≤ 10^22: both are exact, so the quotient is the double nearest to
 * the text, as Number() gives it. Whatever is not that simple is left to the host (`HARD`). Texts become numbers by
 * order of appearance, one dictionary a column.
 *
 * Teachers of a school mostly have the same weights: where a row's are, byte for byte, those of the row before, they
 * are not read again.
 */

const LF: u8 = 10;
const CR: u8 = 13;

/** A column's role, as the host writes it into `wanted`: place in the header, role, place in the output. */
const WEIGHT: i32 = 1;
const TEXT: i32 = 2;

export const OK: i32 = 0;
/** The line has other than `fields` fields; `fault` is their number. */
export const RAGGED: i32 = 1;
/** `rows` has reached `capacity`; `position` is where the next line begins. */
export const FULL: i32 = 2;

/** Where the scan stands after a call: byte of the piece, line of the file, what was wrong. */
export let position: i32 = 0;
export let line: i32 = 0;
export let fault: i32 = 0;
/** Weights left to the host: (row × width + place, start, end) each; their row shares its vector with no other. */
export let hard: i32 = 0;
/** Dictionary entries ever made: (slot, start in the arena, length, line) each. */
export let entries: i32 = 0;

let wanted: usize = 0;
let wantedCount: i32 = 0;
let fields: i32 = 0;
let width: i32 = 0;
let capacity: i32 = 0;
let delimiter: u8 = 44;

let codes: usize = 0;
/** Vectors of weights, their number, and by row which is its. */
let weights: usize = 0;
let vectors: i32 = 0;
let vector: usize = 0;
/** Plan of the first weight, where all of them lie side by side; else 0. */
let side: usize = 0;
/** Where all weights of the last row stand in the piece, and those of the row at hand; of no length if nowhere. */
let lastFrom: usize = 0;
let lastLength: usize = 0;
let ownFrom: usize = 0;
let ownLength: usize = 0;
/** Whether the row at hand has the bytes of the last one's weights. */
let repeats: bool = false;
/** Whether the last row's vector may be another's, too. */
let shared: bool = false;
/** Where the texts of each row begin and end in the piece. */
let spans: usize = 0;
let textsWidth: i32 = 0;
let lines: usize = 0;
let hardList: usize = 0;
let hardCapacity: i32 = 0;
let input: usize = 0;

/** Index of each one-byte text, by slot and byte; 256 is the empty text. −1 where it has not been met. */
let short: usize = 0;
/** Entry that each slot met last, as rows of one school and country follow each other. */
let last: usize = 0;
/** Texts in each slot's dictionary. */
let counts: usize = 0;
let log: usize = 0;
let logCapacity: i32 = 0;
let arena: usize = 0;
let arenaSize: i32 = 0;
let arenaCapacity: i32 = 0;
/** Open addressing: entry + 1, or 0 where free. */
let table: usize = 0;
let tableSize: i32 = 0;
/** Index of an entry within its slot's dictionary. */
let indexes: usize = 0;

const POWERS = memory.data<f64>([
	1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
	1e20, 1e21, 1e22,
]);

/** Begins a file. Afterwards the host writes `count` triples to `wantedAt()`, in the order of the header. */
export function configure(
	count: i32,
	slots: i32,
	weightsARow: i32,
	textsARow: i32,
	fieldsARow: i32,
	rowCapacity: i32,
	mark: i32,
	inputBytes: i32,
): void {
	wantedCount = count;
	width = weightsARow;
	textsWidth = textsARow;
	fields = fieldsARow;
	capacity = rowCapacity;
	delimiter = <u8>mark;
	wanted = heap.alloc(<usize>count * 12);
	codes = heap.alloc(<usize>slots * rowCapacity * 4);
	weights = heap.alloc(<usize>weightsARow * rowCapacity * 8);
	vector = heap.alloc(<usize>rowCapacity * 4);
	spans = heap.alloc(<usize>textsARow * rowCapacity * 8);
	lines = heap.alloc(<usize>rowCapacity * 4);
	hardCapacity = weightsARow * rowCapacity;
	hardList = heap.alloc(<usize>hardCapacity * 12);
	input = heap.alloc(<usize>inputBytes + 64);
	short = heap.alloc(<usize>slots * 257 * 4);
	memory.fill(short, 0xff, <usize>slots * 257 * 4);
	last = heap.alloc(<usize>slots * 4);
	memory.fill(last, 0xff, <usize>slots * 4);
	counts = heap.alloc(<usize>slots * 4);
	memory.fill(counts, 0, <usize>slots * 4);
	logCapacity = 1024;
	log = heap.alloc(<usize>logCapacity * 16);
	indexes = heap.alloc(<usize>logCapacity * 4);
	arenaCapacity = 65536;
	arena = heap.alloc(<usize>arenaCapacity + 16);
	tableSize = 4096;
	table = heap.alloc(<usize>tableSize * 4);
	memory.fill(table, 0, <usize>tableSize * 4);
	entries = 0;
	arenaSize = 0;
}

export function wantedAt(): usize {
	return wanted;
}
export function inputAt(): usize {
	return input;
}
export function codesAt(slot: i32): usize {
	return codes + <usize>slot * capacity * 4;
}
export function weightsAt(): usize {
	return weights;
}
export function vectorAt(): usize {
	return vector;
}
export function spansAt(): usize {
	return spans;
}
export function linesAt(): usize {
	return lines;
}
export function hardAt(): usize {
	return hardList;
}
export function logAt(): usize {
	return log;
}
export function arenaAt(): usize {
	return arena;
}

/** Rows of the block at hand. */
export let rows: i32 = 0;

/** Begins a block. */
export function begin(): void {
	rows = 0;
	vectors = 0;
	shared = false;
	side = planOfWeights();
}

/** Plan of the first weight, if all of them lie side by side in order, and none is wanted otherwise, too; else 0. */
function planOfWeights(): usize {
	const stop = wanted + <usize>wantedCount * 12;
	let plan = wanted;
	while (plan < stop && load<i32>(plan, 4) != WEIGHT) plan += 12;
	const first = plan;
	for (let place = 0; place < width; place++, plan += 12) {
		if (load<i32>(plan, 4) != WEIGHT || load<i32>(plan, 8) != place) return 0;
		if (load<i32>(plan) != load<i32>(first) + place) return 0;
	}
	return width == 0 || (plan < stop && load<i32>(plan) < load<i32>(first) + width) ? 0 : first;
}

/**
 * Reads lines from byte `begun` of a piece of `bytes` into the block at hand.
 * @param firstLine Line of the file the piece begins on.
 * @returns OK at the piece's end, else why it stopped.
 */
export function scan(begun: i32, bytes: i32, firstLine: i32): i32 {
	hard = 0;
	if (begun == 0) {
		line = firstLine;
		lastLength = 0;
	}
	// A sentinel, so that loads beyond the end see the end of a line.
	memory.fill(input + bytes, LF, 48);
	let at = input + begun;
	const end = input + bytes;
	const delimiters = i8x16.splat(<i8>delimiter);
	const feeds = i8x16.splat(<i8>LF);
	while (at < end) {
		if (isBlank(at)) {
			at = lineEnd(at, feeds) + 1;
			line += 1;
			continue;
		}
		if (rows == capacity) {
			position = <i32>(at - input);
			return FULL;
		}
		const left = hard;
		const next = row(at, delimiters, feeds);
		if (next == 0) {
			position = <i32>(at - input);
			return RAGGED;
		}
		closeVector(hard == left);
		store<i32>(lines + (<usize>rows << 2), line);
		rows += 1;
		line += 1;
		at = next;
	}
	position = bytes;
	return OK;
}

/** Gives the row at hand its vector. @param whole Whether none of its weights has been left to the host. */
function closeVector(whole: bool): void {
	if (!repeats && !(whole && shared && isLastVector())) vectors += 1;
	store<i32>(vector + (<usize>rows << 2), vectors - 1);
	shared = whole;
	lastFrom = ownFrom;
	lastLength = ownLength;
}

/** Whether the weights just read are those of the last vector. */
function isLastVector(): bool {
	const bytes = <usize>width << 3;
	const own = weights + <usize>vectors * bytes;
	return memory.compare(own, own - bytes, bytes) == 0;
}

/** A line of blanks alone, which is no row. */
// @ts-ignore: decorator
@inline
function isBlank(at: usize): bool {
	let p = at;
	let byte = load<u8>(p);
	while (byte == 32 || byte == 9) {
		if (byte == delimiter) return false;
		p += 1;
		byte = load<u8>(p);
	}
	return byte == LF || byte == CR;
}

/** Place of the line feed that ends the line. */
function lineEnd(at: usize, feeds: v128): usize {
	let p = at;
	while (true) {
		const found = i8x16.bitmask(i8x16.eq(v128.load(p), feeds));
		if (found != 0) return p + ctz(found);
		p += 16;
	}
}

/** One line. Returns where the next begins, or 0 with `fault` set. */
function row(at: usize, delimiters: v128, feeds: v128): usize {
	let p = at;
	let begun = at;
	let field = 0;
	let plan = wanted;
	repeats = false;
	ownLength = 0;
	const stop = wanted + <usize>wantedCount * 12;
	while (plan < stop) {
		const column = load<i32>(plan);
		// A column may be wanted both as code and as weight.
		if (column < field) p = begun;
		else if (column > field) {
			p = skip(p, column - field, delimiters, feeds);
			if (p == 0) return ragged(at, feeds);
		}
		begun = p;
		if (plan == side) {
			p = allWeights(p);
			if (p == 0) return ragged(at, feeds);
			field = column + width;
			plan += <usize>width * 12;
		} else {
			const place = load<i32>(plan, 8);
			const role = load<i32>(plan, 4);
			p = role == WEIGHT ? weight(p, place) : role == TEXT ? text(p, place) : code(p, place);
			field = column + 1;
			plan += 12;
		}
		if (field < fields) {
			// p stands on what ends the field.
			if (load<u8>(p) != delimiter) return ragged(at, feeds);
			p += 1;
		}
	}
	if (field < fields - 1) {
		p = skip(p, fields - 1 - field, delimiters, feeds);
		if (p == 0) return ragged(at, feeds);
	}
	// The last field, or what follows the last wanted one: no further delimiter before the line's end.
	const feed = lineEnd(p, feeds);
	if (countMarks(p, feed, delimiters) != 0) return ragged(at, feeds);
	return feed + 1;
}

/** Passes `left` delimiters; 0 where the line ends before. */
function skip(at: usize, left: i32, delimiters: v128, feeds: v128): usize {
	let p = at;
	while (true) {
		const bytes = v128.load(p);
		let marks = i8x16.bitmask(i8x16.eq(bytes, delimiters));
		const ends = i8x16.bitmask(i8x16.eq(bytes, feeds));
		if (ends != 0) marks &= (1 << ctz(ends)) - 1;
		const found = popcnt(marks);
		if (found >= left) {
			for (; left > 1; left--) marks &= marks - 1;
			return p + ctz(marks) + 1;
		}
		if (ends != 0) return 0;
		left -= found;
		p += 16;
	}
}

function countMarks(from: usize, to: usize, delimiters: v128): i32 {
	let p = from;
	let count = 0;
	while (p + 16 <= to) {
		count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(p), delimiters)));
		p += 16;
	}
	if (p < to) {
		const marks = i8x16.bitmask(i8x16.eq(v128.load(p), delimiters)) & ((1 << <i32>(to - p)) - 1);
		count += popcnt(marks);
	}
	return count;
}

function ragged(at: usize, feeds: v128): usize {
	fault = countMarks(at, lineEnd(at, feeds), i8x16.splat(<i8>delimiter)) + 1;
	return 0;
}

/** Whether eight bytes are all digits. */
// @ts-ignore: decorator
@inline
function areDigits(bytes: u64): bool {
	return (
		((bytes & 0xf0f0f0f0f0f0f0f0) | (((bytes + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) ==
		0x3333333333333333
	);
}

/** The number that eight digits are, the first in the lowest byte: put together in pairs, fours, eight. */
// @ts-ignore: decorator
@inline
function eightDigits(bytes: u64): u64 {
	let v = ((bytes & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
	v = ((v & 0x00ff00ff00ff00ff) * 6553601) >> 16;
	return ((v & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/** All weights, where they lie side by side; returns what ends the last, or 0 where the line ends before. */
function allWeights(at: usize): usize {
	ownFrom = at;
	if (shared && lastLength != 0 && isRepeated(at)) {
		repeats = true;
		ownLength = lastLength;
		return at + lastLength;
	}
	let p = at;
	for (let place = 0; place < width; place++) {
		if (place > 0) {
			if (load<u8>(p) != delimiter) return 0;
			p += 1;
		}
		p = weight(p, place);
	}
	ownLength = p - at;
	return p;
}

/** Whether the bytes of the last row's weights stand here, too. */
function isRepeated(at: usize): bool {
	let i: usize = 0;
	for (; i + 16 <= lastLength; i += 16) {
		if (v128.any_true(v128.xor(v128.load(at + i), v128.load(lastFrom + i)))) return false;
	}
	for (; i < lastLength; i++) if (load<u8>(at + i) != load<u8>(lastFrom + i)) return false;
	return endsField(load<u8>(at + lastLength));
}

// @ts-ignore: decorator
@inline
function endsField(byte: u8): bool {
	return byte == delimiter || byte == LF || byte == CR;
}

/** A weight field; returns what ends it. */
// @ts-ignore: decorator
@inline
function weight(at: usize, place: i32): usize {
	let p = at;
	let mantissa: u64 = 0;
	let digit = <u32>load<u8>(p) - 48;
	while (digit < 10) {
		mantissa = mantissa * 10 + digit;
		p += 1;
		digit = <u32>load<u8>(p) - 48;
	}
	let digits = <i32>(p - at);
	let decimals = 0;
	if (load<u8>(p) == 46) {
		p += 1;
		const start = p;
		let bytes = load<u64>(p);
		while (areDigits(bytes) && <i32>(p - start) < 16) {
			mantissa = mantissa * 100000000 + eightDigits(bytes);
			p += 8;
			bytes = load<u64>(p);
		}
		digit = <u32>load<u8>(p) - 48;
		while (digit < 10) {
			mantissa = mantissa * 10 + digit;
			p += 1;
			digit = <u32>load<u8>(p) - 48;
		}
		decimals = <i32>(p - start);
		digits += decimals;
	}
	if (endsField(load<u8>(p)) && digits > 0 && digits < 20 && decimals < 20 && mantissa < 9007199254740992) {
		store<f64>(
			weights + ((<usize>vectors * width + place) << 3),
			<f64>mantissa / load<f64>(POWERS + (<usize>decimals << 3)),
		);
		return p;
	}
	return hardWeight(at, place);
}

function hardWeight(at: usize, place: i32): usize {
	const stop = fieldEnd(at);
	const target = hardList + <usize>hard * 12;
	store<i32>(target, rows * width + place);
	store<i32>(target, <i32>(at - input), 4);
	store<i32>(target, <i32>(stop - input), 8);
	hard += 1;
	return stop;
}

/** Place of the delimiter, line feed or CR LF that ends a field. */
function fieldEnd(at: usize): usize {
	let p = at;
	while (true) {
		if (endsField(load<u8>(p))) return p;
		p += 1;
	}
}

/** A field that is handed on as it stands; returns what ends it. */
function text(at: usize, place: i32): usize {
	const stop = fieldEnd(at);
	const target = spans + (<usize>(rows * textsWidth + place) << 3);
	store<i32>(target, <i32>(at - input));
	store<i32>(target, <i32>(stop - input), 4);
	return stop;
}

/** A coded field; returns what ends it. */
// @ts-ignore: decorator
@inline
function code(at: usize, slot: i32): usize {
	const target = codes + ((<usize>slot * capacity + rows) << 2);
	const first = load<u8>(at);
	if (load<u8>(at, 1) == delimiter && first != delimiter && first != LF && first != CR) {
		const known = load<i32>(short + ((<usize>slot * 257 + first) << 2));
		store<i32>(target, known >= 0 ? known : remember(slot, at, 1, short + ((<usize>slot * 257 + first) << 2)));
		return at + 1;
	}
	const stop = fieldEnd(at);
	const length = <i32>(stop - at);
	if (length <= 1) {
		const place = short + ((<usize>slot * 257 + (length == 0 ? 256 : <usize>first)) << 2);
		const known = load<i32>(place);
		store<i32>(target, known >= 0 ? known : remember(slot, at, length, place));
	} else store<i32>(target, lookUp(slot, at, length));
	return stop;
}

/** Adds a text to the slot's dictionary and the log; `place` is where its index is kept, if anywhere. */
function remember(slot: i32, at: usize, length: i32, place: usize): i32 {
	if (entries == logCapacity) growLog();
	if (arenaSize + length > arenaCapacity) growArena(length);
	memory.copy(arena + arenaSize, at, length);
	const target = log + (<usize>entries << 4);
	store<i32>(target, slot);
	store<i32>(target, arenaSize, 4);
	store<i32>(target, length, 8);
	store<i32>(target, line, 12);
	const count = counts + (<usize>slot << 2);
	const index = load<i32>(count);
	store<i32>(count, index + 1);
	store<i32>(indexes + (<usize>entries << 2), index);
	arenaSize += length;
	entries += 1;
	if (place != 0) store<i32>(place, index);
	return index;
}

function lookUp(slot: i32, at: usize, length: i32): i32 {
	const recent = load<i32>(last + (<usize>slot << 2));
	if (recent >= 0 && isEntry(recent, slot, at, length)) return load<i32>(indexes + (<usize>recent << 2));
	let place = hash(slot, at, length) & (tableSize - 1);
	while (true) {
		const entry = load<i32>(table + (<usize>place << 2)) - 1;
		if (entry < 0) break;
		if (isEntry(entry, slot, at, length)) {
			store<i32>(last + (<usize>slot << 2), entry);
			return load<i32>(indexes + (<usize>entry << 2));
		}
		place = (place + 1) & (tableSize - 1);
	}
	const made = entries;
	const index = remember(slot, at, length, 0);
	store<i32>(table + (<usize>place << 2), made + 1);
	store<i32>(last + (<usize>slot << 2), made);
	if (entries * 2 > tableSize) rehash();
	return index;
}

function isEntry(entry: i32, slot: i32, at: usize, length: i32): bool {
	const target = log + (<usize>entry << 4);
	if (load<i32>(target, 8) != length || load<i32>(target) != slot) return false;
	return memory.compare(arena + load<i32>(target, 4), at, length) == 0;
}

/** FNV-1a. */
function hash(slot: i32, at: usize, length: i32): i32 {
	let h: u32 = 2166136261 ^ <u32>slot;
	h *= 16777619;
	for (let i = 0; i < length; i++) {
		h ^= <u32>load<u8>(at + i);
		h *= 16777619;
	}
	return <i32>(h ^ (h >> 15));
}

function rehash(): void {
	tableSize *= 4;
	table = heap.alloc(<usize>tableSize * 4);
	memory.fill(table, 0, <usize>tableSize * 4);
	for (let entry = 0; entry < entries; entry++) {
		const target = log + (<usize>entry << 4);
		const length = load<i32>(target, 8);
		if (length <= 1) continue;
		let place = hash(load<i32>(target), arena + load<i32>(target, 4), length) & (tableSize - 1);
		while (load<i32>(table + (<usize>place << 2)) != 0) place = (place + 1) & (tableSize - 1);
		store<i32>(table + (<usize>place << 2), entry + 1);
	}
}

function growLog(): void {
	const grown = heap.alloc(<usize>logCapacity * 32);
	memory.copy(grown, log, <usize>logCapacity * 16);
	const more = heap.alloc(<usize>logCapacity * 8);
	memory.copy(more, indexes, <usize>logCapacity * 4);
	log = grown;
	indexes = more;
	logCapacity *= 2;
}

function growArena(length: i32): void {
	const size = max(arenaCapacity * 2, arenaSize + length);
	const grown = heap.alloc(<usize>size + 16);
	memory.copy(grown, arena, arenaSize);
	arena = grown;
	arenaCapacity = size;
}
