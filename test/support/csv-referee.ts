import { isAscii, isUtf8 } from "node:buffer";
import Papa from "papaparse";
import type { Fault } from "../../src/read/csv/faults.js";

/** What a text holds, as papaparse reads all of it at once. */
export interface Refereed {
	/** Records of the header's length that are not blank, cells as they stand. */
	rows: { line: number; cells: string[] }[];
	faults: Fault[];
}

/** The letters of bytes that are UTF-8, or else in another encoding. */
export function lettersOf(bytes: Uint8Array, other = "windows-1251"): string {
	const encoding = isAscii(bytes) || isUtf8(bytes) ? "utf-8" : other;
	if (encoding === "windows-1252") return westernEuropean(bytes);
	return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** Node's decoder of Windows-1252 loses a byte 0xFF at the beginning and takes 0x80 to 0x9F for control codes. */
function westernEuropean(bytes: Uint8Array): string {
	const signs = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
	return Buffer.from(bytes)
		.toString("latin1")
		.replace(/[\x80-\x9f]/g, (letter) => signs[letter.charCodeAt(0) - 0x80] as string);
}

/**
 * The rows and faults behind a header. After a quotation mark in the wrong place, the next line begins a record.
 * @param columns The header, told what it is.
 */
export function referee(text: string, columns: readonly string[], delimiter: string): Refereed {
	const lines = `${text.replace(/\r\n?/g, "\n")}\n`.split("\n");
	const found: Refereed = { rows: [], faults: [] };
	let headed = false;
	for (let from = 0; from < lines.length; ) {
		const { data, errors } = parsed(lines.slice(from), delimiter);
		const broken = errors.find(({ type }) => type === "Quotes")?.row ?? data.length;
		let line = from + 1;
		for (const cells of data.slice(0, broken)) {
			const blank = cells.length === 1 && /^[ \t]*$/.test(cells[0] as string);
			if (!blank && headed) add(found, cells, line, columns.length);
			// Quotation marks around nothing are a header, too.
			headed ||= /[^\0- ]/.test(lines[line - 1] as string);
			line += 1 + cells.join("").split("\n").length - 1;
		}
		if (broken === data.length) break;
		found.faults.push({ code: "open-quote", line });
		from = line;
	}
	return found;
}

function parsed(lines: readonly string[], delimiter: string): Papa.ParseResult<string[]> {
	// The parser takes a byte order mark away; with one of ours before it the text's own stays.
	return Papa.parse<string[]>(`\ufeff${lines.join("\n")}`, { delimiter, newline: "\n" });
}

function add({ rows, faults }: Refereed, cells: string[], line: number, fields: number): void {
	if (cells.length === fields) rows.push({ line, cells });
	else faults.push({ code: "ragged-row", line, fields: cells.length });
}

/** The delimiter by which papaparse reads this header; the first where several do. */
export function delimiterOf(text: string, columns: readonly string[]): string {
	const first = text.replace(/^[\0- ]*\n/, "");
	const reads = (delimiter: string) => {
		const { data } = parsed(first.replace(/\r\n?/g, "\n").split("\n"), delimiter);
		return data[0]?.map((name) => name.trim()).join("\n") === columns.join("\n");
	};
	return [",", ";", "\t", "|"].find(reads) ?? ",";
}

/** The number that a cell is, with a decimal point or a decimal comma; NaN for anything else. */
export function numberOf(cell: string): number {
	const text = cell.trim();
	return text === "" ? Number.NaN : Number(text.replace(/^([-+]?\d*),(\d+)$/, "$1.$2"));
}
