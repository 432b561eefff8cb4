/**
 * The inner loop of reading: bytes of CSV → codes and weights of the wanted columns. The host sees to it that there is
 * no carriage return but before a line feed.
 *
 * A field that begins with a quotation mark ends at the next one that is not doubled, behind which blanks alone may
 * stand; in all other fields a quotation mark is a letter. So papaparse reads them, too.
 *
 * Unwanted columns are skipped 16 bytes at a time by counting delimiters; between quotation marks, told by whether the
 * number of those before is odd, delimiters do not count. That is right where each mark stands at an end of its field,
 * and where one does not, fields are passed one by one.
 *
 * A weight is read as digits into one whole number m < 2^53 and divided by a power of ten ≤ 10^22: both are exact, so the
 * quotient is the double nearest to the text, as Number() gives it. Whatever is not that simple is left to the host
 * (`hard`). Texts become numbers by order of appearance, one dictionary per column.
 *
 * Teachers of a school mostly have the same weights: where a row's are, byte for byte, those of the row before, they
 * are not read again.
 */

const LF: u8 = 10;
const CR: u8 = 13;
const QUOTE: u8 = 34;
const POINT: u8 = 46;
const COMMA: u8 = 44;
const QUESTION: u8 = 63;

/** A column's role, as the host writes it into `wanted`: place in the header, role, place in the output. */
const WEIGHT: i32 = 1;
const TEXT: i32 = 2;

/** The piece is read up to `position`: its end, or a quoted field that goes on behind it. */
export const OK: i32 = 0;
/** The record on line `faulty` has other than `fields` fields; `fault` is their number. It ends at `position`. */
export const RAGGED: i32 = 1;
/** `rows` has reached `capacity`; `position` is where the next record begins. */
export const FULL: i32 = 2;
/** A quotation mark of the record on line `faulty` is never closed, or not at its field's end; `position` is behind the line. */
export const BROKEN: i32 = 3;

/** State of the scan after a call: byte of the piece, line of the file, what was wrong and where. */
export let position: i32 = 0;
export let line: i32 = 0;
export let fault: i32 = 0;
export let faulty: i32 = 0;
/** Weights left to the host: (row × width + place, start, end) each; their row shares its vector with no other. */
export let hard: i32 = 0;
/** Fields that may be damaged, where these are wanted: (row, column, start, end) each. */
export let odd: i32 = 0;
/** Dictionary entries ever made: (slot, start in the arena, end) each. */
export let entries: i32 = 0;

/**
 * Where the content of a field ends whose quotation marks are doubled or whose lines end in CR LF: the host has to mend
 * it. Slots of such texts in the dictionary are marked likewise, as the same bytes may stand for themselves elsewhere.
 */
const TO_MEND: i32 = 1 << 31;

let wanted: usize = 0;
let wantedCount: i32 = 0;
let fields: i32 = 0;
let width: i32 = 0;
let capacity: i32 = 0;
let delimiter: u8 = 44;
/** What may stand for the decimal point, too, in quotation marks and outside. */
let innerComma: u8 = POINT;
let outerComma: u8 = POINT;
/** Whether damage is checked for: numbers are digits with or without a point between them, the rest is `hard`. */
let watchful: bool = false;
/** Whether the piece is UTF-8, else an encoding with one byte per letter. */
let utf8: bool = true;

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
let oddList: usize = 0;
let oddCapacity: i32 = 0;
let input: usize = 0;
/** Behind the piece. */
let end: usize = 0;

/** The content of the field that was passed last, without its quotation marks. */
let contentAt: usize = 0;
let contentEnd: usize = 0;
let escaped: bool = false;
/** Line feeds within the fields of the record at hand. */
let breaks: i32 = 0;
/** Whether the field that could not be passed goes on behind the piece. */
let unclosed: bool = false;

/** Index of each one-byte text, by slot and byte; 256 is the empty text. −1 where it has not been met. */
let short: usize = 0;
/**
 * What each slot met last, as rows of one school and country follow each other: where it is in the arena, its length,
 * its index, and whether it was in quotation marks. Of no length where nothing may be like it.
 */
let last: usize = 0;
let slotCount: i32 = 0;
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
	watches: bool,
): void {
	wantedCount = count;
	width = weightsARow;
	textsWidth = textsARow;
	fields = fieldsARow;
	capacity = rowCapacity;
	delimiter = <u8>mark;
	watchful = watches;
	innerComma = watches ? POINT : COMMA;
	outerComma = delimiter == COMMA ? POINT : innerComma;
	wanted = heap.alloc(<usize>count * 12);
	codes = heap.alloc(<usize>slots * rowCapacity * 4);
	weights = heap.alloc(<usize>weightsARow * rowCapacity * 8);
	vector = heap.alloc(<usize>rowCapacity * 4);
	spans = heap.alloc(<usize>textsARow * rowCapacity * 8);
	lines = heap.alloc(<usize>rowCapacity * 4);
	hardList = heap.alloc(<usize>weightsARow * rowCapacity * 12);
	oddCapacity = 64;
	oddList = heap.alloc(<usize>oddCapacity * 16);
	// The scan also looks at one byte before it and at some behind it.
	input = heap.alloc(<usize>inputBytes + 80) + 16;
	slotCount = slots;
	short = heap.alloc(<usize>slots * 257 * 4);
	last = heap.alloc(<usize>slots * 16);
	counts = heap.alloc(<usize>slots * 4);
	logCapacity = 1024;
	log = heap.alloc(<usize>logCapacity * 12);
	indexes = heap.alloc(<usize>logCapacity * 4);
	arenaCapacity = 65536;
	arena = heap.alloc(<usize>arenaCapacity + 16);
	tableSize = 4096;
	table = heap.alloc(<usize>tableSize * 4);
	forget();
}

/** Empties all dictionaries. To be called where a block begins. */
export function forget(): void {
	memory.fill(short, 0xff, <usize>slotCount * 257 * 4);
	memory.fill(last, 0, <usize>slotCount * 16);
	memory.fill(counts, 0, <usize>slotCount * 4);
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
export function oddAt(): usize {
	return oddList;
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
 * Reads records from byte `begun` of a piece of `bytes` into the block at hand.
 * @param firstLine Line of the file the piece begins on.
 * @param isLast Whether nothing follows the piece.
 * @returns OK at the piece's end, else why it stopped.
 */
export function scan(begun: i32, bytes: i32, firstLine: i32, isLast: bool, isUtf8: bool): i32 {
	hard = 0;
	odd = 0;
	utf8 = isUtf8;
	if (begun == 0) {
		line = firstLine;
		lastLength = 0;
	}
	end = input + bytes;
	// A sentinel, so that loads beyond the end see the end of a line.
	memory.fill(end, LF, 48);
	let at = input + begun;
	while (at < end) {
		if (isBlank(at)) {
			at = lineEnd(at) + 1;
			line += 1;
			continue;
		}
		if (rows == capacity) {
			position = <i32>(at - input);
			return FULL;
		}
		const left = hard;
		breaks = 0;
		const next = row(at);
		if (next == 0) {
			hard = left;
			return refuse(at, isLast);
		}
		closeVector(hard == left);
		store<i32>(lines + (<usize>rows << 2), line);
		if (watchful && mayBeOdd(at, next)) findOdd(at);
		rows += 1;
		line += 1 + breaks;
		at = next;
	}
	position = bytes;
	return OK;
}

/** Reports what is wrong with a record that could not be read. */
function refuse(at: usize, isLast: bool): i32 {
	breaks = 0;
	fault = 1;
	faulty = line;
	let p = fieldEnd(at);
	while (p != 0 && load<u8>(p) == delimiter) {
		fault += 1;
		p = fieldEnd(p + 1);
	}
	if (p == 0 && unclosed && !isLast) {
		position = <i32>(at - input);
		return OK;
	}
	line += p == 0 ? 1 : 1 + breaks;
	position = <i32>((p == 0 ? lineEnd(at) + 1 : behind(p)) - input);
	return p == 0 ? BROKEN : RAGGED;
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

/** A line of blanks alone, which is no row, be they in quotation marks or not. */
// @ts-ignore: decorator
@inline
function isBlank(at: usize): bool {
	const byte = load<u8>(at);
	return byte <= QUOTE && isBlankLine(at);
}

function isBlankLine(at: usize): bool {
	let p = at;
	if (load<u8>(p) == QUOTE) {
		p += 1;
		while (load<u8>(p) == 32 || load<u8>(p) == 9) p += 1;
		if (load<u8>(p) != QUOTE) return false;
		p = behindBlanks(p + 1);
	} else while ((load<u8>(p) == 32 || load<u8>(p) == 9) && load<u8>(p) != delimiter) p += 1;
	return load<u8>(p) == LF || load<u8>(p) == CR;
}

/** Place of the line feed that ends the line. */
function lineEnd(at: usize): usize {
	let p = at;
	while (load<u8>(p) != LF) p += 1;
	return p;
}

/** Where the next record begins, by what ends the last field of this one. */
// @ts-ignore: decorator
@inline
function behind(stop: usize): usize {
	return load<u8>(stop) == CR ? stop + 2 : stop + 1;
}

/** One record. Returns where the next begins, or 0 where it cannot be read. */
function row(at: usize): usize {
	let p = at;
	let begun = at;
	let begunBreaks = 0;
	let field = 0;
	let plan = wanted;
	repeats = false;
	ownLength = 0;
	const stop = wanted + <usize>wantedCount * 12;
	while (plan < stop) {
		const column = load<i32>(plan);
		// A column may be wanted both as code and as weight.
		if (column < field) {
			p = begun;
			breaks = begunBreaks;
		} else if (column > field) {
			p = skip(p, column - field);
			if (p == 0) return 0;
		}
		begun = p;
		begunBreaks = breaks;
		if (plan == side) {
			p = allWeights(p);
			field = column + width;
			plan += <usize>width * 12;
		} else {
			const place = load<i32>(plan, 8);
			const role = load<i32>(plan, 4);
			p = role == WEIGHT ? weight(p, place) : role == TEXT ? text(p, place) : code(p, place);
			field = column + 1;
			plan += 12;
		}
		if (p == 0) return 0;
		if (field < fields) {
			// p stands on what ends the field.
			if (load<u8>(p) != delimiter) return 0;
			p += 1;
		}
	}
	if (field < fields) {
		if (field < fields - 1) p = skip(p, fields - 1 - field);
		if (p != 0) p = fieldEnd(p);
		if (p == 0) return 0;
	}
	return load<u8>(p) == delimiter ? 0 : behind(p);
}

/** Passes `left` fields with their delimiters; 0 where the record ends before. */
function skip(at: usize, left: i32): usize {
	const delimiters = i8x16.splat(<i8>delimiter);
	const feeds = i8x16.splat(<i8>LF);
	const quotes = i8x16.splat(<i8>QUOTE);
	let p = at;
	let need = left;
	// All ones while between quotation marks.
	let inside = 0;
	let inner = 0;
	while (true) {
		const bytes = v128.load(p);
		let marks = i8x16.bitmask(i8x16.eq(bytes, delimiters));
		let ends = i8x16.bitmask(i8x16.eq(bytes, feeds));
		const quoted = i8x16.bitmask(i8x16.eq(bytes, quotes));
		let feedsInside = 0;
		if ((quoted | inside) != 0) {
			const within = oddBefore(quoted) ^ inside;
			const opening = quoted & within;
			const closing = quoted & ~within;
			if (opening != 0) {
				const before = v128.load(p - 1);
				const may = i8x16.bitmask(
					v128.or(v128.or(i8x16.eq(before, delimiters), i8x16.eq(before, quotes)), i8x16.eq(before, feeds)),
				);
				if ((opening & ~(may | i32(p == at))) != 0) return pass(at, left);
			}
			if (closing != 0 && (closing & ~mayFollow(v128.load(p + 1), delimiters, feeds, quotes)) != 0) {
				return pass(at, left);
			}
			feedsInside = ends & within;
			ends &= ~within;
			marks &= ~within;
			inside = -((within >> 15) & 1);
			if (p >= end) return pass(at, left);
		}
		if (ends != 0) marks &= (1 << ctz(ends)) - 1;
		const found = popcnt(marks);
		if (found >= need) {
			for (; need > 1; need--) marks &= marks - 1;
			const stop = ctz(marks);
			if (feedsInside != 0) inner += popcnt(feedsInside & ((1 << stop) - 1));
			breaks += inner;
			return p + stop + 1;
		}
		if (ends != 0) return 0;
		if (feedsInside != 0) inner += popcnt(feedsInside);
		need -= found;
		p += 16;
	}
}

/** The same field by field. */
function pass(at: usize, left: i32): usize {
	let p = at;
	for (let need = left; need > 0; need--) {
		p = fieldEnd(p);
		if (p == 0 || load<u8>(p) != delimiter) return 0;
		p += 1;
	}
	return p;
}

/** Bits of 16 at or before which an odd number is set: what opening quotation marks begin, up to before closing ones. */
// @ts-ignore: decorator
@inline
function oddBefore(bits: i32): i32 {
	let odd = bits ^ (bits << 1);
	odd ^= odd << 2;
	odd ^= odd << 4;
	return (odd ^ (odd << 8)) & 0xffff;
}

/** Bytes that may follow a closing quotation mark at once. */
// @ts-ignore: decorator
@inline
function mayFollow(bytes: v128, delimiters: v128, feeds: v128, quotes: v128): i32 {
	const lineEnds = v128.or(i8x16.eq(bytes, feeds), i8x16.eq(bytes, i8x16.splat(<i8>CR)));
	return i8x16.bitmask(v128.or(v128.or(i8x16.eq(bytes, delimiters), i8x16.eq(bytes, quotes)), lineEnds));
}

/** Whether some byte of a row is beyond ASCII, or what was lost stands as ???. */
function mayBeOdd(at: usize, next: usize): bool {
	// Steps that leave no three in a row cut.
	for (let p = at; p < next; p += 14) {
		const bytes = v128.load(p);
		const lost = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>QUESTION)));
		if ((i8x16.bitmask(bytes) | (lost & (lost >> 1) & (lost >> 2))) != 0) return true;
	}
	return false;
}

/** Notes the fields of the row at hand that may be damaged. */
function findOdd(at: usize): void {
	const before = breaks;
	let p = at;
	for (let column = 0; column < fields; column++, p += 1) {
		p = fieldEnd(p);
		if (mayBeOdd(contentAt, contentEnd) && isOdd()) noteOdd(column);
	}
	breaks = before;
}

/** Whether this holds for the last field, and not for what follows it. */
function isOdd(): bool {
	for (let p = contentAt; p < contentEnd; p++) {
		if (load<u8>(p) > 127) return true;
		const left = contentEnd - p;
		if (left > 2 && load<u8>(p) == QUESTION && load<u8>(p, 1) == QUESTION && load<u8>(p, 2) == QUESTION) return true;
	}
	return false;
}

function noteOdd(column: i32): void {
	if (odd == oddCapacity) {
		const grown = heap.alloc(<usize>oddCapacity * 32);
		memory.copy(grown, oddList, <usize>oddCapacity * 16);
		oddList = grown;
		oddCapacity *= 2;
	}
	const target = oddList + (<usize>odd << 4);
	store<i32>(target, rows);
	store<i32>(target, column, 4);
	storeContent(target + 8);
	odd += 1;
}

/** Where the content of the field that was passed last begins and ends in the piece. */
// @ts-ignore: decorator
@inline
function storeContent(target: usize): void {
	store<i32>(target, <i32>(contentAt - input));
	store<i32>(target, <i32>(contentEnd - input) | (escaped ? TO_MEND : 0), 4);
}

/** Passes a field, whose content it notes; returns what ends it, or 0 where its quotation marks are in the wrong place. */
// @ts-ignore: decorator
@inline
function fieldEnd(at: usize): usize {
	if (load<u8>(at) == QUOTE) return quotedEnd(at);
	let p = at;
	while (!endsField(load<u8>(p))) p += 1;
	contentAt = at;
	contentEnd = p;
	escaped = false;
	return p;
}

function quotedEnd(at: usize): usize {
	const feeds = i8x16.splat(<i8>LF);
	const quotes = i8x16.splat(<i8>QUOTE);
	contentAt = at + 1;
	escaped = false;
	unclosed = true;
	for (let p = contentAt; p < end; ) {
		const bytes = v128.load(p);
		const found = i8x16.bitmask(i8x16.eq(bytes, quotes));
		const length = found == 0 ? 16 : ctz(found);
		const own = (1 << length) - 1;
		const lineFeeds = i8x16.bitmask(i8x16.eq(bytes, feeds)) & own;
		if (lineFeeds != 0) {
			breaks += popcnt(lineFeeds);
			const returns = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>CR))) & own;
			escaped = escaped || returns != 0 || load<u8>(p - 1) == CR;
		}
		p += length;
		if (found == 0) continue;
		if (p >= end) return 0;
		if (load<u8>(p, 1) == QUOTE) {
			escaped = true;
			p += 2;
			continue;
		}
		unclosed = false;
		contentEnd = p;
		p += 1;
		if (endsField(load<u8>(p))) return p;
		p = behindBlanks(p);
		return endsField(load<u8>(p)) ? p : 0;
	}
	return 0;
}

/** Passes what String.trim() cuts off, but for what ends a field. */
function behindBlanks(at: usize): usize {
	let p = at;
	for (let length = blankLength(p); length != 0; length = blankLength(p)) p += length;
	return p;
}

function blankLength(at: usize): usize {
	const byte = load<u8>(at);
	if (byte < 128) return byte != delimiter && (byte == 32 || byte == 9 || byte == 11 || byte == 12) ? 1 : 0;
	if (!utf8) return byte == 0xa0 ? 1 : 0;
	const second = load<u8>(at, 1);
	if (byte == 0xc2) return second == 0xa0 ? 2 : 0;
	const letter = (<u32>byte << 16) | (<u32>second << 8) | <u32>load<u8>(at, 2);
	if (letter >= 0xe28080 && letter <= 0xe2808a) return 3;
	if (letter == 0xe280a8 || letter == 0xe280a9 || letter == 0xe280af || letter == 0xe2819f) return 3;
	return letter == 0xe19a80 || letter == 0xe38080 || letter == 0xefbbbf ? 3 : 0;
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

/** All weights, where they lie side by side; returns what ends the last, or 0 where they cannot be read. */
function allWeights(at: usize): usize {
	ownFrom = at;
	if (shared && lastLength != 0 && isRepeated(at)) {
		repeats = true;
		ownLength = lastLength;
		return at + lastLength;
	}
	let p = weight(at, 0);
	for (let place = 1; place < width; place++) {
		if (p == 0 || load<u8>(p) != delimiter) return 0;
		p = weight(p + 1, place);
	}
	ownLength = p - at;
	return p;
}

/** Whether the bytes of the last row's weights are repeated here. */
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

/** A weight field; returns what ends it, or 0. */
// @ts-ignore: decorator
@inline
function weight(at: usize, place: i32): usize {
	const quoted = load<u8>(at) == QUOTE;
	const start = at + usize(quoted);
	let p = start;
	let mantissa: u64 = 0;
	let digit = <u32>load<u8>(p) - 48;
	while (digit < 10) {
		mantissa = mantissa * 10 + digit;
		p += 1;
		digit = <u32>load<u8>(p) - 48;
	}
	let digits = <i32>(p - start);
	let decimals = 0;
	let whole = digits > 0;
	const mark = load<u8>(p);
	if (mark == POINT || mark == (quoted ? innerComma : outerComma)) {
		p += 1;
		const point = p;
		let bytes = load<u64>(p);
		while (areDigits(bytes) && <i32>(p - point) < 16) {
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
		decimals = <i32>(p - point);
		digits += decimals;
		// "1." and ".5" are numbers, "1," is none.
		whole = (whole && decimals > 0) || (digits > 0 && !watchful && (decimals > 0 || mark == POINT));
	}
	const ends = !quoted || load<u8>(p) == QUOTE;
	p += usize(quoted);
	if (whole && ends && endsField(load<u8>(p)) && digits < 20 && decimals < 20 && mantissa < 9007199254740992) {
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
	storeContent(target + 4);
	hard += 1;
	return stop;
}

/** A field that is handed on as it stands; returns what ends it, or 0. */
function text(at: usize, place: i32): usize {
	const stop = fieldEnd(at);
	storeContent(spans + (<usize>(rows * textsWidth + place) << 3));
	return stop;
}

/** A coded field; returns what ends it, or 0. */
// @ts-ignore: decorator
@inline
function code(at: usize, slot: i32): usize {
	const target = codes + ((<usize>slot * capacity + rows) << 2);
	const first = load<u8>(at);
	if (load<u8>(at, 1) == delimiter && first != delimiter && first != LF && first != CR && first != QUOTE) {
		store<i32>(target, shortCode(slot, at));
		return at + 1;
	}
	if (first == QUOTE && load<u8>(at, 2) == QUOTE && load<u8>(at, 3) == delimiter) {
		const only = load<u8>(at, 1);
		if (only != QUOTE && only != LF) {
			store<i32>(target, shortCode(slot, at + 1));
			return at + 3;
		}
	}
	return longCode(at, slot, target);
}

/** The number of a text of one byte. */
// @ts-ignore: decorator
@inline
function shortCode(slot: i32, at: usize): i32 {
	const place = short + ((<usize>slot * 257 + load<u8>(at)) << 2);
	const known = load<i32>(place);
	return known >= 0 ? known : remember(slot, at, 1, place);
}

function longCode(at: usize, slot: i32, target: usize): usize {
	const recent = last + (<usize>slot << 4);
	const quoted = load<u8>(at) == QUOTE;
	const known = lastEnd(recent, at, quoted);
	if (known != 0) {
		store<i32>(target, load<i32>(recent, 8));
		return known;
	}
	const before = breaks;
	const stop = fieldEnd(at);
	if (stop == 0) return 0;
	const length = <i32>(contentEnd - contentAt);
	if (length == 1) store<i32>(target, shortCode(slot, contentAt));
	else if (length > 0) {
		const entry = lookUp(escaped ? slot | TO_MEND : slot, contentAt, length);
		const index = load<i32>(indexes + (<usize>entry << 2));
		store<i32>(target, index);
		store<i32>(recent, load<i32>(log + <usize>entry * 12, 4));
		store<i32>(recent, escaped || breaks != before ? 0 : length, 4);
		store<i32>(recent, index, 8);
		store<i32>(recent, quoted, 12);
	} else {
		const place = short + ((<usize>slot * 257 + 256) << 2);
		const empty = load<i32>(place);
		store<i32>(target, empty >= 0 ? empty : remember(slot, contentAt, 0, place));
	}
	return stop;
}

/** What ends a field that is written as the last one of its slot; 0 where it is not. */
// @ts-ignore: decorator
@inline
function lastEnd(recent: usize, at: usize, quoted: bool): usize {
	const length = load<i32>(recent, 4);
	if (length == 0 || load<i32>(recent, 12) != i32(quoted)) return 0;
	let stop = at + usize(quoted);
	if (!isSame(arena + load<i32>(recent), stop, length)) return 0;
	stop += length;
	if (quoted) {
		if (load<u8>(stop) != QUOTE) return 0;
		stop += 1;
	}
	return endsField(load<u8>(stop)) ? stop : 0;
}

/** Whether bytes are equal; also reads a few bytes behind them. */
// @ts-ignore: decorator
@inline
function isSame(one: usize, other: usize, length: i32): bool {
	let at: usize = 0;
	let left = length;
	for (; left > 16; left -= 16) {
		if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
		at += 16;
	}
	const same = i8x16.bitmask(i8x16.eq(v128.load(one + at), v128.load(other + at)));
	return (~same & ((1 << left) - 1)) == 0;
}

/** Adds a text to the slot's dictionary and the log; `place` is where its index is stored, if anywhere. */
function remember(key: i32, at: usize, length: i32, place: usize): i32 {
	if (entries == logCapacity) growLog();
	if (arenaSize + length > arenaCapacity) growArena(length);
	memory.copy(arena + arenaSize, at, length);
	const target = log + <usize>entries * 12;
	store<i32>(target, key);
	store<i32>(target, arenaSize, 4);
	store<i32>(target, length, 8);
	const count = counts + (<usize>(key & ~TO_MEND) << 2);
	const index = load<i32>(count);
	store<i32>(count, index + 1);
	store<i32>(indexes + (<usize>entries << 2), index);
	arenaSize += length;
	entries += 1;
	if (place != 0) store<i32>(place, index);
	return index;
}

/**
 * The entry of a text.
 * @param key The slot, marked where the text is to be mended.
 */
function lookUp(key: i32, at: usize, length: i32): i32 {
	let place = hash(key, at, length) & (tableSize - 1);
	while (true) {
		const entry = load<i32>(table + (<usize>place << 2)) - 1;
		if (entry < 0) break;
		if (isEntry(entry, key, at, length)) return entry;
		place = (place + 1) & (tableSize - 1);
	}
	const made = entries;
	remember(key, at, length, 0);
	store<i32>(table + (<usize>place << 2), made + 1);
	if (entries * 2 > tableSize) rehash();
	return made;
}

function isEntry(entry: i32, key: i32, at: usize, length: i32): bool {
	const target = log + <usize>entry * 12;
	if (load<i32>(target, 8) != length || load<i32>(target) != key) return false;
	return isSame(arena + load<i32>(target, 4), at, length);
}

/** Multiplies and folds eight bytes at a time. */
function hash(key: i32, at: usize, length: i32): i32 {
	let h: u64 = <u64>key ^ (<u64>length << 32);
	let p = at;
	for (let left = length; left > 0; left -= 8, p += 8) {
		const bytes = left < 8 ? load<u64>(p) & ((<u64>1 << (left << 3)) - 1) : load<u64>(p);
		h = (h ^ bytes) * 0x9e3779b97f4a7c15;
		h ^= h >> 29;
	}
	return <i32>(h >> 20);
}

function rehash(): void {
	tableSize *= 4;
	table = heap.alloc(<usize>tableSize * 4);
	memory.fill(table, 0, <usize>tableSize * 4);
	for (let entry = 0; entry < entries; entry++) {
		const target = log + <usize>entry * 12;
		const length = load<i32>(target, 8);
		if (length <= 1) continue;
		let place = hash(load<i32>(target), arena + load<i32>(target, 4), length) & (tableSize - 1);
		while (load<i32>(table + (<usize>place << 2)) != 0) place = (place + 1) & (tableSize - 1);
		store<i32>(table + (<usize>place << 2), entry + 1);
	}
}

function growLog(): void {
	const grown = heap.alloc(<usize>logCapacity * 24);
	memory.copy(grown, log, <usize>logCapacity * 12);
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
