/** Makes sure of a memory of so many bytes. */
export function reserve(bytes: i32): void {
	const pages = ((bytes + 0xffff) >> 16) - memory.size();
	if (pages > 0 && memory.grow(pages) < 0) abort();
}
