import type { Source } from "../read/block.js";

/** All columns of a file as text, one array a column, block by block. */
export async function* allTexts(source: Source): AsyncGenerator<readonly (readonly string[])[]> {
	const texts = source.columns.map((_, index) => index);
	for await (const block of source.read({ coded: [], weights: [], texts }).blocks) yield block.texts;
}
