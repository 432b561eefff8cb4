import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Dictionary } from "../../../src/read/block.js";
import { readerOf } from "../../../src/read/bytes.js";
import { openCsv } from "../../../src/read/csv/csv.js";
import type { Fault } from "../../../src/read/csv/faults.js";
import { lettersOf, numberOf, type Refereed, referee } from "../../support/csv-referee.js";
import { sampled, tries } from "../../support/long.js";
import { weightsOf } from "../../support/read.js";

const COLUMNS = ["A", "B", "C", "D", "E"];
const UNUSUAL = /[^\0-\x7f]|\?\?\?/;
const PLAIN = /^\d+(\.\d+)?$/;

/** A row as it is read: A, B and E coded, C and D as numbers, E as text, too. */
interface Row {
	line: number;
	codes: (string | undefined)[];
	numbers: number[];
	text: string | undefined;
}

interface Read {
	rows: Row[];
	/** Line, column, text. */
	unusual: [number, number, string][];
	faults: Fault[];
}

const CODED = [0, 1, 4];
const NUMBERS = [2, 3];
const TEXT = 4;

/** All that the scanner tells of bytes, with what may be damaged. */
async function read(bytes: Uint8Array): Promise<Read> {
	const found: Read = { rows: [], unusual: [], faults: [] };
	const source = await openCsv(readerOf(chunks(bytes)), "x.csv", () => "", {
		onFault: (fault) => found.faults.push(fault),
	});
	expect(source.columns).toEqual(COLUMNS);
	const wanted = { coded: CODED, weights: NUMBERS, texts: [TEXT], unusual: true } as const;
	const { blocks, dictionaries } = source.read(wanted);
	try {
		for await (const block of blocks) tell(block, dictionaries, found);
	} catch (error) {
		// All rows are faulty.
		expect((error as Error).message).toBe("has a header but no rows");
	}
	return found;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += 977) yield bytes.subarray(at, at + 977);
}

function lineOf(block: Block, row: number): number {
	return (block.place(row) as { line: number }).line;
}

function tell(block: Block, dictionaries: readonly Dictionary[], { rows, unusual }: Read) {
	for (let row = 0; row < block.rows; row++) {
		rows.push({
			line: lineOf(block, row),
			codes: block.codes.map((codes, slot) => dictionaries[slot]?.texts[codes[row] as number]),
			numbers: weightsOf(block, row),
			text: block.texts[0]?.[row],
		});
	}
	for (const column of block.unusual?.columns() ?? []) {
		for (const [row, text] of block.unusual?.of(column) ?? [])
			unusual.push([lineOf(block, row), column, text]);
	}
}

/** The same by papaparse. */
function expected({ rows, faults }: Refereed): Read {
	return {
		rows: rows.map(({ line, cells }) => ({
			line,
			codes: CODED.map((column) => cells[column]?.trim()),
			numbers: NUMBERS.map((column) => {
				const text = cells[column]?.trim() ?? "";
				return PLAIN.test(text) ? Number(text) : Number.NaN;
			}),
			text: cells[TEXT]?.trim(),
		})),
		unusual: rows.flatMap(({ line, cells }) =>
			cells.flatMap((cell, column): [number, number, string][] => {
				const odd = NUMBERS.includes(column) ? !PLAIN.test(cell.trim()) : UNUSUAL.test(cell);
				return odd ? [[line, column, cell.trim()]] : [];
			}),
		),
		faults,
	};
}

const sorted = ({ unusual, ...rest }: Read) => ({
	...rest,
	unusual: unusual.map((cell) => JSON.stringify(cell)).sort(),
});

async function compare(bytes: Uint8Array, delimiter: string): Promise<void> {
	const found = await read(bytes);
	expect(sorted(found)).toEqual(sorted(expected(referee(lettersOf(bytes), COLUMNS, delimiter))));
}

/** Numbers as weights, where damage is not looked for. */
async function numbers(bytes: Uint8Array): Promise<number[][] | string> {
	const source = await openCsv(readerOf(chunks(bytes)), "x.csv", () => "");
	const rows: number[][] = [];
	try {
		for await (const block of source.read({ coded: [], weights: NUMBERS }).blocks) {
			for (let row = 0; row < block.rows; row++) rows.push(weightsOf(block, row));
		}
	} catch (error) {
		return (error as Error).message;
	}
	return rows;
}

const delimiters = fc.constantFrom(",", ";", "\t", "|");
const ends = fc.constantFrom("\n", "\r\n", "\r");
const number = fc.constantFrom("1", "2.5", "48.0182244826542", "0.10", "12", "007");
const oddNumber = fc.constantFrom(
	"",
	"1,5",
	",5",
	"5,",
	".5",
	"5.",
	".",
	"1e3",
	"-1",
	"n/a",
	"1.2.3",
	"1,2,3",
	" 7 ",
);
const word = fc.oneof(
	fc.constantFrom(
		"KAZ",
		"1",
		"2",
		"9",
		"",
		"a b",
		"school 17",
		"yes, sometimes; no\tno|no",
		"two\nlines",
		"cr\rlf\r\n",
	),
	fc.constantFrom(
		'6" pipe',
		'"',
		'""',
		'he said "no"',
		"'",
		"қазақша",
		"???",
		"Ð°",
		"\u00a0",
		"x".repeat(40),
	),
	fc.constantFrom(`${"y".repeat(15)}"`, `${"z".repeat(14)}""`, "\n\n\n", "\r", "a\r", "\r\na"),
);

/** How a cell is written: bare where it can be, or in quotation marks, with blanks behind them. */
const manner = fc.constantFrom("bare", "bare", "quoted", "quoted", "quoted", "padded");

const record = fc.tuple(word, word, fc.oneof(number, number, oddNumber), fc.oneof(number, oddNumber), word);

function written(cell: string, how: string, delimiter: string): string {
	const quoted = `"${cell.replaceAll('"', '""')}"`;
	if (how === "padded") return `${quoted}${delimiter === "\t" ? " \u000b" : "\u00a0 \t"}`;
	return how === "quoted" || cell.startsWith('"') || cell.includes(delimiter) || /[\r\n]/.test(cell)
		? quoted
		: cell;
}

/** Tables as programs write them. */
const table = fc
	.record({
		records: fc.array(fc.tuple(record, fc.array(manner, { minLength: 5, maxLength: 5 })), {
			minLength: 1,
			maxLength: 30,
		}),
		delimiter: delimiters,
		end: ends,
		last: fc.boolean(),
	})
	.map(({ records, delimiter, end, last }) => {
		const lines = records.map(([cells, hows]) =>
			cells.map((cell, column) => written(cell, hows[column] as string, delimiter)).join(delimiter),
		);
		return { delimiter, text: [COLUMNS.join(delimiter), ...lines].join(end) + (last ? end : "") };
	});

/** Something put in, taken out or put in the place of something else behind the header. */
const mutation = fc.tuple(
	fc.double({ min: 0, max: 1, noNaN: true }),
	fc.integer({ min: 0, max: 3 }),
	fc.constantFrom(
		'"',
		'""',
		'"x',
		"\n",
		"\r",
		"\r\n",
		",",
		";",
		"\t",
		"|",
		" ",
		"\u00a0",
		"\u3000",
		"1",
		"",
		'","',
		'"\n"',
		"",
	),
);

function mutated(text: string, [where, length, by]: readonly [number, number, string]): string {
	const head = COLUMNS.join(",\n").length;
	const at = head + Math.floor(where * (text.length - head));
	return text.slice(0, at) + by + text.slice(at + length);
}

describe("the scanner and papaparse read the same", () => {
	test("of tables as programs write them", async () => {
		await fc.assert(
			fc.asyncProperty(table, ({ text, delimiter }) => compare(Buffer.from(text), delimiter)),
			{ seed: 19, numRuns: tries(400) },
		);
	});

	test("of such tables with marks, line ends and delimiters out of place", async () => {
		await fc.assert(
			fc.asyncProperty(
				table,
				fc.array(mutation, { minLength: 1, maxLength: 4 }),
				({ text, delimiter }, mutations) => compare(Buffer.from(mutations.reduce(mutated, text)), delimiter),
			),
			{ seed: 19, numRuns: tries(1200) },
		);
	});

	test("of any marks and letters", async () => {
		const parts = fc.constantFrom(
			'"',
			'"',
			'""',
			",",
			",",
			"\n",
			"\r",
			"\r\n",
			" ",
			"\t",
			"a",
			"1",
			"қ",
			"?",
			"0123456789abcdef",
		);
		await fc.assert(
			fc.asyncProperty(fc.array(parts, { maxLength: 120 }), (letters) =>
				compare(Buffer.from(`A,B,C,D,E\n${letters.join("")}`), ","),
			),
			{ seed: 19, numRuns: tries(1200) },
		);
	});

	test("of numbers with decimal points and commas", async () => {
		await fc.assert(
			fc.asyncProperty(table, async ({ text, delimiter }) => {
				const { rows } = referee(text, COLUMNS, delimiter);
				const values = rows.map(({ cells }) => NUMBERS.map((column) => numberOf(cells[column] as string)));
				const found = await numbers(Buffer.from(text));
				if (values.flat().some(Number.isNaN))
					expect(found).toMatch(/^the weight .*(is empty|is not a number)$/);
				else expect(found).toEqual(values);
			}),
			{ seed: 19, numRuns: tries(400) },
		);
	});

	test("of letters in Windows-1251", async () => {
		const text =
			'A,B,C,D,E\n"\xca\xc0\xc7"\xa0,"\xea""\xea",1,"2"\xa0\xa0\t,\xed\xe5\xf2\n\xca\xc0\xc7,\xa0,1,2,"\xa0"\n';
		await compare(Buffer.from(text, "latin1"), ",");
	});

	// Pieces are of a megabyte; the cells about their ends have marks and line ends in all places.
	test.each(sampled([0, 1, 2, 3, 5, 8, 13, 21], 3))(
		"over the ends of pieces, moved by %d bytes",
		async (shift) => {
			const cell = 'a "word", and\r\nanother, """quoted"""';
			const line = `"${cell.replaceAll('"', '""')}",KAZ,1.5,"2","${"x".repeat(shift)}""${"y".repeat(30 - shift)}"\r\n`;
			const text = `A,B,C,D,E\n${"z".repeat(shift)},1,2,3,4\n${line.repeat(36_000)}`;
			expect(text.length).toBeGreaterThan(3 << 20);
			await compare(Buffer.from(text), ",");
		},
	);
});

describe("what is out of place", () => {
	const quote = async (text: string) => (await read(Buffer.from(`A,B,C,D,E\n${text}`))).faults;

	test("is told with the line its record begins on, and the next line is read as ever", async () => {
		expect(await quote('1,"a"b,1,1,1\n"x\ny",1,1,1,1\n1,2,3\n')).toEqual([
			{ code: "open-quote", line: 2 },
			{ code: "ragged-row", line: 5, fields: 3 },
		]);
	});

	test("may swallow lines up to the next mark, and no more", async () => {
		expect(await quote('1,",1,1,1\n1,2,3,4,5\n"KAZ",1,1,1,1\n')).toEqual([{ code: "open-quote", line: 2 }]);
	});

	test("is refused by who does not look for damage", async () => {
		expect(await numbers(Buffer.from('A,B,C,D,E\n1,1,1,1,1\n1,"1"x,1,1,1\n'))).toContain(
			"a quotation mark is opened",
		);
		const long = `A,B,C,D,E\n1,"${"1,1,1,1\n1,".repeat(200_000)}`;
		expect(await numbers(Buffer.from(long))).toContain("a record of more than a million characters");
	});
});
