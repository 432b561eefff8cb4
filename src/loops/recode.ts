/**
 * The loops of recoding, a column after the other as they lie: codes become states, states of the items of a list are
 * counted row by row, and the counts become states again.
 */

export { reserve } from "./shared/memory";

/**
 * Looks codes up.
 * @param meanings One byte per code.
 * @param states What they stand for, one byte per row.
 * @returns The first row whose code stands for `unknown`; `rows` where there is none.
 */
export function lookUp(codes: usize, rows: i32, meanings: usize, states: usize, unknown: i32): i32 {
	let first = rows;
	for (let row = 0; row < rows; row++) {
		const state = <i32>load<u8>(meanings + <usize>load<i32>(codes + (<usize>row << 2)));
		store<u8>(states + <usize>row, <u8>state);
		if (state == unknown && row < first) first = row;
	}
	return first;
}

/**
 * Adds to each row's counts what its state adds.
 * @param steps One number per state.
 */
export function addSteps(counts: usize, rows: i32, states: usize, steps: usize): void {
	for (let row = 0; row < rows; row++) {
		const at = counts + (<usize>row << 2);
		store<u32>(at, load<u32>(at) + load<u32>(steps + (<usize>load<u8>(states + <usize>row) << 2)));
	}
}

/**
 * The state of a list by its counts: that of its number of yes where all items that were administered are answered, or
 * where it is decided whether that number is `least` or more.
 * @param counts A byte each: yes, no, not administered, not applicable, from the lowest.
 * @param whole A state by number of yes.
 * @param least 0: only complete lists have a number.
 */
export function combine(
	counts: usize,
	rows: i32,
	items: i32,
	whole: usize,
	least: i32,
	notAdministered: i32,
	notApplicable: i32,
	missing: i32,
	states: usize,
): void {
	for (let row = 0; row < rows; row++) {
		const count = load<u32>(counts + (<usize>row << 2));
		const yes = <i32>(count & 0xff);
		const answered = yes + <i32>((count >> 8) & 0xff);
		const unasked = <i32>((count >> 16) & 0xff);
		const most = yes + items - answered - unasked;
		const short = answered > 0 && (answered + unasked == items || most < least);
		let state = missing;
		if (short || (least > 0 && yes >= least)) {
			state = load<u8>(whole + <usize>yes);
		} else if (unasked == items) state = notAdministered;
		else if (<i32>(count >> 24) + unasked == items) state = notApplicable;
		store<u8>(states + <usize>row, <u8>state);
	}
}

/** Marks the rows whose code differs from that of the row before. */
export function markChanges(codes: usize, rows: i32, marks: usize): void {
	for (let row = 1; row < rows; row++) {
		const at = codes + (<usize>row << 2);
		if (load<i32>(at) != load<i32>(at - 4)) store<u8>(marks + <usize>row, 1);
	}
}

/** Lists the marked rows. @returns How many there are. */
export function listMarks(marks: usize, rows: i32, list: usize): i32 {
	let count = 0;
	for (let row = 0; row < rows; row++) {
		if (load<u8>(marks + <usize>row) != 0) {
			store<i32>(list + (<usize>count << 2), row);
			count += 1;
		}
	}
	return count;
}
