import { ordinal } from "../base/errors.js";
import type { Source, Variable } from "../read/block.js";
import { columnPlaces } from "../read/columns/column-names.js";

/** Rows whose codes are kept for checks of two columns at once. */
const KEPT_ROWS = 5000;

/** A text of a column, as in the file. */
export interface TextCount {
	text: string;
	rows: number;
	/** Line of its first occurrence. */
	line: number;
}

/** Contents of one column. */
export interface ColumnProfile {
	/** Its name as a codebook has to write it: `NAME #2` where several share a name. */
	name: string;
	place: number;
	/** Distinct texts in order of appearance, empty ones left out. */
	texts: TextCount[];
	/** Rows with an empty cell, and the line of the first. */
	empty: { rows: number; line: number };
	/** The file's own description of the column, where its format has one. */
	variable: Variable | undefined;
	/** The question and its part in it, where columns share the beginning of their headings. */
	shared?: { question: string; part: string };
	/** Text of each of the first rows. */
	first: string[];
}

/** Contents of a file, column by column. */
export interface FileProfile {
	file: string;
	rows: number;
	columns: ColumnProfile[];
	/** Rows that repeat an earlier one cell by cell: how many, and the lines of the first ones. */
	repeats: { rows: number; lines: number[] };
	/** Texts of the last row, by columns, and its line. */
	last: { texts: string[]; line: number };
	/** The sheet of a workbook that was read, and those beside it. */
	sheets?: NonNullable<Source["sheets"]>;
}

/** Reads a file once and counts the texts of every column. */
export async function takeProfile(source: Source): Promise<FileProfile> {
	const places = source.columns.map((_, place) => place);
	const { blocks, dictionaries } = source.read({ coded: places, weights: [] });
	const counts = places.map((): number[] => []);
	const lines = places.map((): number[] => []);
	const first = places.map((): number[] => []);
	const seen = new Set<number>();
	const repeats: FileProfile["repeats"] = { rows: 0, lines: [] };
	let last: { codes: number[]; line: number } = { codes: [], line: 0 };
	let rows = 0;
	for await (const block of blocks) {
		for (const place of places) {
			const codes = block.codes[place] as Int32Array;
			const count = counts[place] as number[];
			for (let row = 0; row < block.rows; row++) {
				const code = codes[row] as number;
				if (count[code] === undefined) (lines[place] as number[])[code] = ordinal(block.place(row));
				count[code] = (count[code] ?? 0) + 1;
				if (rows + row < KEPT_ROWS) (first[place] as number[]).push(code);
			}
		}
		const columns = places.map((place) => block.codes[place] as Int32Array);
		for (let row = 0; row < block.rows; row++) {
			const print = printOf(columns, row);
			if (seen.has(print)) {
				repeats.rows += 1;
				if (repeats.lines.length < MOST_LINES) repeats.lines.push(ordinal(block.place(row)));
			} else seen.add(print);
		}
		if (block.rows > 0) {
			const row = block.rows - 1;
			last = { codes: columns.map((codes) => codes[row] as number), line: ordinal(block.place(row)) };
		}
		rows += block.rows;
	}
	const columns = places.map((place): ColumnProfile => {
		const { texts = [] } = dictionaries[place] ?? {};
		const all = texts.map((text, code) => ({
			text,
			rows: counts[place]?.[code] ?? 0,
			line: lines[place]?.[code] as number,
		}));
		const empty = all.find(({ text }) => text === "");
		return {
			name: nameOf(source.columns, place),
			place,
			texts: all.filter(({ text }) => text !== ""),
			empty: { rows: empty?.rows ?? 0, line: empty?.line ?? 0 },
			variable: source.variables?.[place],
			first: (first[place] as number[]).map((code) => texts[code] ?? ""),
		};
	});
	return {
		...{ file: source.name, rows, columns, repeats },
		last: {
			texts: last.codes.map((code, place) => dictionaries[place]?.texts[code] ?? ""),
			line: last.line,
		},
		...(source.sheets && { sheets: source.sheets }),
	};
}

/** Number of line numbers kept of repeated rows. */
const MOST_LINES = 5;

/** A number that only equal rows have in common: two hashes in one, of 53 bits together. */
function printOf(columns: readonly Int32Array[], row: number): number {
	let [one, other] = [0x811c9dc5, 0x9e3779b9];
	for (const codes of columns) {
		const code = codes[row] as number;
		one = Math.imul(one ^ code, 0x01000193);
		one ^= one >>> 15;
		other = Math.imul(other + code + 0x7f4a7c15, 0x85ebca6b);
		other ^= other >>> 13;
	}
	return (one >>> 0) * 0x200000 + ((other >>> 0) & 0x1fffff);
}

function nameOf(columns: readonly string[], place: number): string {
	const name = columns[place] as string;
	const twins = columnPlaces(columns, name);
	return twins.length < 2 ? name : `${name} #${twins.indexOf(place) + 1}`;
}
