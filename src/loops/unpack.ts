/**
 * The loops of reading Parquet over the rows of one column: packed numbers of a few bits are laid out, and looked up.
 */

export { reserve } from "./shared/memory";

/**
 * Lays out numbers of `width` ≤ 24 bits each, of which the first begins at bit `shift` < 8.
 * @param bytes Room for three more follows them.
 */
export function unpack(bytes: usize, shift: i32, width: i32, count: i32, numbers: usize): void {
	const mask = (1 << width) - 1;
	let bit = shift;
	for (let i = 0; i < count; i++) {
		store<i32>(numbers + (<usize>i << 2), (load<i32>(bytes + <usize>(bit >> 3)) >>> (bit & 7)) & mask);
		bit += width;
	}
}

/**
 * Looks places up in a table of `length` numbers, and of one more for no place, which is a negative one.
 * @param table −1 where a number is not known.
 * @param fresh Places whose number is not known, or that are not in the table, as they are met.
 * @returns How many of these there are; all is found where there is none.
 */
export function lookUp(places: usize, count: i32, table: usize, length: i32, found: usize, fresh: usize): i32 {
	let unknown = 0;
	for (let i = 0; i < count; i++) {
		const place = load<i32>(places + (<usize>i << 2));
		const slot = table + (<usize>(place < 0 ? length : place) << 2);
		const number = place < length ? load<i32>(slot) : -1;
		if (number == -1) {
			if (place < length) store<i32>(slot, -2);
			store<i32>(fresh + (<usize>unknown << 2), place);
			unknown += 1;
		}
		store<i32>(found + (<usize>i << 2), number);
	}
	return unknown;
}
