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
	const line = (cells: readonly string[]) =>
		`${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`;
	yield line(source.columns);
	for await (const texts of allTexts(source)) {
		const written = labels
			? texts.map((column, index) => labelled(column, source.variables?.[index]?.values))
			: texts;
		let lines = "";
		for (let row = 0; row < (texts[0] as readonly string[]).length; row++) {
			lines += line(written.map((column) => column[row] as string));
		}
		yield lines;
	}
}

/** RFC 4180: in quotation marks where it holds a mark that ends a field or a line. */
function quoted(cell: string, delimiter: string): string {
	if (!cell.includes(delimiter) && !/["\r\n]/.test(cell)) return cell;
	return `"${cell.replaceAll('"', '""')}"`;
}

function labelled(
	column: readonly string[],
	labels: ReadonlyMap<string, string> | undefined,
): readonly string[] {
	if (labels === undefined || labels.size === 0) return column;
	return column.map((text) => labels.get(text) ?? text);
}
