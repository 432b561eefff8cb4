/** UTF-16 → UTF-8, by 16 letters while they are ASCII. Invalid units become U+FFFD, as in TextDecoder. */

export { reserve } from "./shared/memory";

const REPLACEMENT: u32 = 0xfffd;

/** Bytes that were converted; the rest is the beginning of a letter. */
export let taken: i32 = 0;

/**
 * @param units Where the bytes of UTF-16 begin.
 * @param bytes Their number.
 * @param text Where those of UTF-8 go, which are at most half as many more.
 * @param isLast Whether nothing follows, so that the beginning of a letter is none.
 * @returns Bytes written.
 */
export function transcode(units: usize, bytes: i32, text: usize, bigEndian: bool, isLast: bool): i32 {
	const end = units + (bytes & ~1);
	let from = units;
	let to = text;
	while (from < end) {
		while (from + 32 <= end) {
			const one = ordered(v128.load(from), bigEndian);
			const other = ordered(v128.load(from, 16), bigEndian);
			if (v128.any_true(v128.and(v128.or(one, other), i16x8.splat(<i16>0xff80)))) break;
			v128.store(to, i8x16.narrow_i16x8_u(one, other));
			from += 32;
			to += 16;
		}
		// One of the next 16 letters is not ASCII, or fewer than 16 are left.
		const stop = min(from + 32, end);
		while (from < stop) {
			let letter = unit(from, bigEndian);
			let length: usize = 2;
			if (letter - 0xd800 < 0x800) {
				const leads = letter < 0xdc00;
				if (leads && from + 2 == end) return halved(units, from, bytes, text, to, isLast);
				const next = leads ? unit(from + 2, bigEndian) : 0;
				const pairs = next - 0xdc00 < 0x400;
				letter = pairs ? 0x10000 + ((letter - 0xd800) << 10) + (next - 0xdc00) : REPLACEMENT;
				if (pairs) length = 4;
			}
			to = write(to, letter);
			from += length;
		}
	}
	return halved(units, from, bytes, text, to, isLast);
}

/** Ends at the beginning of a letter, if there are bytes left. */
function halved(units: usize, from: usize, bytes: i32, text: usize, to: usize, isLast: bool): i32 {
	const replaced = isLast && from < units + bytes;
	taken = isLast ? bytes : <i32>(from - units);
	return <i32>((replaced ? write(to, REPLACEMENT) : to) - text);
}

// @ts-ignore: decorator
@inline
function ordered(units: v128, bigEndian: bool): v128 {
	return bigEndian
		? i8x16.shuffle(units, units, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)
		: units;
}

// @ts-ignore: decorator
@inline
function unit(at: usize, bigEndian: bool): u32 {
	const value = <u32>load<u16>(at);
	return bigEndian ? ((value & 0xff) << 8) | (value >> 8) : value;
}

// @ts-ignore: decorator
@inline
function write(to: usize, letter: u32): usize {
	if (letter < 0x80) {
		store<u8>(to, <u8>letter);
		return to + 1;
	}
	if (letter < 0x800) {
		store<u8>(to, <u8>(0xc0 | (letter >> 6)));
		store<u8>(to, <u8>(0x80 | (letter & 0x3f)), 1);
		return to + 2;
	}
	if (letter < 0x10000) {
		store<u8>(to, <u8>(0xe0 | (letter >> 12)));
		store<u8>(to, <u8>(0x80 | ((letter >> 6) & 0x3f)), 1);
		store<u8>(to, <u8>(0x80 | (letter & 0x3f)), 2);
		return to + 3;
	}
	store<u8>(to, <u8>(0xf0 | (letter >> 18)));
	store<u8>(to, <u8>(0x80 | ((letter >> 12) & 0x3f)), 1);
	store<u8>(to, <u8>(0x80 | ((letter >> 6) & 0x3f)), 2);
	store<u8>(to, <u8>(0x80 | (letter & 0x3f)), 3);
	return to + 4;
}
