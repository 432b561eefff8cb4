/** Extra pages beyond the request: V8 counts the old memory after each growth until it collects garbage. */
const AHEAD: i32 = 16;

/** Makes sure of a memory of so many bytes. */
export function reserve(bytes: u32): void {
	const pages = <i32>((<u64>bytes + 0xffff) >> 16) - memory.size();
	if (pages > 0 && memory.grow(pages + AHEAD) < 0 && memory.grow(pages) < 0) abort();
}
