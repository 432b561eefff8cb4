import type { Dictionary, Source } from "../read/block.js";
import { csvField } from "../read/csv/field.js";
import { allColumns, areMany, forgetTexts } from "./dictionaries.js";

export interface CsvOptions {
	delimiter: string;
	/** Values with a label are written as it. */
	labels: boolean;
}

/** Rows that are written at once. */
const PART_ROWS = 256;

/** Columns → CSV text with `\n` line ends, a header first. */
export async function* toCsv(
	open: () => Promise<Source>,
	{ delimiter, labels }: CsvOptions,
): AsyncGenerator<string> {
	const source = await open();
	const { columns, variables } = source;
	yield `${columns.map((name) => csvField(name, delimiter)).join(delimiter)}\n`;
	const { blocks, dictionaries } = source.read(allColumns(source));
	const labelsOf = columns.map((_, index) => (labels ? variables?.[index]?.values : undefined));
	/** By column, what is written of each text of its dictionary. */
	let written: string[][] = columns.map(() => []);
	for await (const { rows, codes } of blocks) {
		for (const [index, cells] of written.entries()) {
			const { texts } = dictionaries[index] as Dictionary;
			for (const text of texts.slice(cells.length)) {
				cells.push(csvField(labelsOf[index]?.get(text) ?? text, delimiter));
			}
		}
		for (let row = 0; row < rows; row += PART_ROWS) {
			yield linesOf(row, Math.min(row + PART_ROWS, rows), codes, written, delimiter);
		}
		if (!areMany(dictionaries)) continue;
		forgetTexts(dictionaries);
		written = columns.map(() => []);
	}
}

function linesOf(
	from: number,
	to: number,
	codes: readonly Int32Array[],
	written: readonly (readonly string[])[],
	delimiter: string,
): string {
	const cells = new Array<string>(codes.length);
	let lines = "";
	for (let row = from; row < to; row++) {
		for (let index = 0; index < cells.length; index++) {
			cells[index] = written[index]?.[codes[index]?.[row] as number] as string;
		}
		lines += `${cells.join(delimiter)}\n`;
	}
	return lines;
}
