/**
 * The inner loop of tabulation: each row's 1 + R weights, which lie side by side, are added to the sums of the
 * pattern its answers make, two at a time. Every sum is added to in the order of rows, so the result is that of a
 * plain loop to the last digit.
 */

/** Makes sure of a memory of so many bytes. */
export function reserve(bytes: i32): void {
	const pages = ((bytes + 0xffff) >> 16) - memory.size();
	if (pages > 0 && memory.grow(pages) < 0) abort();
}

/** Sets bytes to zero. */
export function clear(at: usize, bytes: i32): void {
	memory.fill(at, 0, bytes);
}

/**
 * @param targets One address a row: where its sums stand, or 0 for none.
 * @param weights Row-major, `width` numbers a row.
 */
export function addRows(targets: usize, rows: i32, weights: usize, width: i32): void {
	const bytes = <usize>width << 3;
	const pairs = <usize>(width & ~1) << 3;
	for (let row = 0; row < rows; row++) {
		const target = <usize>load<u32>(targets + (<usize>row << 2));
		if (target != 0) {
			for (let i: usize = 0; i < pairs; i += 16) {
				v128.store(target + i, f64x2.add(v128.load(target + i), v128.load(weights + i)));
			}
			if (pairs != bytes) store<f64>(target + pairs, load<f64>(target + pairs) + load<f64>(weights + pairs));
		}
		weights += bytes;
	}
}
