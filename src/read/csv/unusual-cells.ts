import { isAscii } from "node:buffer";

/** Letters beyond ASCII, or what is left of letters that were lost. */
const UNUSUAL = /[^\0-\x7f]|\?\?\?/;
const PLAIN_NUMBER = /^\d+(?:\.\d+)?$/;

/**
 * The cells of a block that a check for damage must read as text: in columns of numbers whatever is not plain digits
 * with a decimal point, in all others what is beyond ASCII.
 */
export class Unusual {
	private readonly cells: { rows: number[]; texts: string[] }[] = [];

	/** Rows of a column come in order. */
	add(column: number, row: number, text: string): void {
		this.cells[column] ??= { rows: [], texts: [] };
		this.cells[column].rows.push(row);
		this.cells[column].texts.push(text);
	}

	/** Rows and texts of a column. */
	*of(column: number): Generator<[row: number, text: string]> {
		const { rows, texts } = this.cells[column] ?? { rows: [], texts: [] };
		for (let index = 0; index < rows.length; index++) yield [rows[index] as number, texts[index] as string];
	}

	/** Columns that have such cells, in the order of the header. */
	columns(): number[] {
		return Object.keys(this.cells).map(Number);
	}
}

export function isUnusual(text: string): boolean {
	return UNUSUAL.test(text);
}

/** Whether a text in these bytes may be unusual. */
export function mayBeUnusual(bytes: Uint8Array): boolean {
	const { buffer, byteOffset, length } = bytes;
	return !isAscii(bytes) || Buffer.from(buffer, byteOffset, length).includes("???");
}

/** The number that a text of plain digits is; NaN for any other text, though it may be a number. */
export function plainNumber(text: string): number {
	return PLAIN_NUMBER.test(text) ? Number(text) : Number.NaN;
}
