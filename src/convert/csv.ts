import Papa from "papaparse";
import type { Source } from "../read/block.js";
import { allTexts } from "./texts.js";

export interface CsvOptions {
	delimiter: string;
	/** Values with a label are written as it. */
	labels: boolean;
}

/** Columns → CSV text with `\n` line ends, a header first. */
export async function* toCsv(
	open: () => Promise<Source>,
	{ delimiter, labels }: CsvOptions,
): AsyncGenerator<string> {
	const source = await open();
	const lines = (rows: readonly (readonly string[])[]) =>
		`${Papa.unparse(rows as string[][], { delimiter, newline: "\n" })}\n`;
	yield lines([source.columns]);
	for await (const texts of allTexts(source)) {
		const written = labels
			? texts.map((column, index) => labelled(column, source.variables?.[index]?.values))
			: texts;
		yield lines(Array.from(texts[0] ?? [], (_, row) => written.map((column) => column[row] as string)));
	}
}

function labelled(
	column: readonly string[],
	labels: ReadonlyMap<string, string> | undefined,
): readonly string[] {
	if (labels === undefined || labels.size === 0) return column;
	return column.map((text) => labels.get(text) ?? text);
}
