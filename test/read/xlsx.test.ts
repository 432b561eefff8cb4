import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { describeError, type RatesSpec, rates, UserError } from "../../src/index.js";
import { readAll } from "../support/read.js";
import { expectSame } from "../support/same.js";
import { csv, file, HEADER, makeRows } from "../support/survey.js";
import { sheetRows, type WorkbookParts, workbook } from "../support/xlsx.js";

const one = (rows: string, more: Partial<WorkbookParts> = {}, merges: string[] = []) =>
	workbook({ sheets: [{ name: "Answers", rows, merges }], ...more });
const read = async (bytes: Buffer) => {
	const { columns, rows } = await readAll(bytes);
	return [columns, ...rows];
};

describe("cells as Excel writes them", () => {
	const head =
		'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>cell</t></is></c></row>';
	const cell = (xml: string) => `${head}<row r="2"><c r="A2"><v>1</v></c>${xml}</row>`;
	test.each<[string, string, string, Partial<WorkbookParts>?]>([
		["a number", '<c r="B2"><v>0.1</v></c>', "0.1"],
		["a number with more digits than are meant", '<c r="B2"><v>1.1000000000000001</v></c>', "1.1"],
		["a large number", '<c r="B2"><v>1E+21</v></c>', "1e+21"],
		[
			"a shared text",
			'<c r="B2" t="s"><v>1</v></c>',
			"Қазақ & co",
			{ strings: ["<t>other</t>", "<t>Қазақ &amp; co</t>"] },
		],
		[
			"a text in several fonts",
			'<c r="B2" t="s"><v>0</v></c>',
			"bold and not",
			{ strings: ['<r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> and not</t></r>'] },
		],
		["a text in its cell", '<c r="B2" t="inlineStr"><is><t> blanks cut </t></is></c>', "blanks cut"],
		["a line break", '<c r="B2" t="inlineStr"><is><t>two&#10;lines</t></is></c>', "two\nlines"],
		["a formula's number", '<c r="B2"><f>1+1</f><v>2</v></c>', "2"],
		["a formula's text", '<c r="B2" t="str"><f>A1&amp;"x"</f><v>idx</v></c>', "idx"],
		["true", '<c r="B2" t="b"><v>1</v></c>', "TRUE"],
		["an error", '<c r="B2" t="e"><v>#N/A</v></c>', "#N/A"],
		["a day", '<c r="B2" s="1"><v>45352</v></c>', "2024-03-01", { formats: [0, 14] }],
		["a moment", '<c r="B2" s="1"><v>45352.42743055556</v></c>', "2024-03-01 10:15:30", { formats: [0, 22] }],
		["a day before March 1900", '<c r="B2" s="1"><v>59</v></c>', "1900-02-28", { formats: [0, 14] }],
		[
			"a day as counted from 1904",
			'<c r="B2" s="1"><v>43890</v></c>',
			"2024-03-01",
			{ formats: [0, 14], days1904: true },
		],
		["a time of the day", '<c r="B2" s="1"><v>0.5</v></c>', "12:00:00", { formats: [0, 21] }],
		["a percentage", '<c r="B2" s="1"><v>0.25</v></c>', "0.25", { formats: [0, 9] }],
		["nothing", "", ""],
	])("%s", async (_, xml, expected, parts) => {
		expect(await read(one(cell(xml), parts))).toEqual([
			["id", "cell"],
			["1", expected],
		]);
	});
});

describe("where the table is", () => {
	const table: (string | number)[][] = [
		["id", "a", "b"],
		["x", 1, 2],
	];
	const rowAt = (row: number, cells: string) => `<row r="${row}">${cells}</row>`;
	const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;

	test("blank rows and cells without references", async () => {
		expect(await read(one(sheetRows([...table.slice(0, 1), ["", "", ""], ...table.slice(1)])))).toEqual([
			["id", "a", "b"],
			["x", "1", "2"],
		]);
	});

	test("below a title that is merged, or has a blank row below it", async () => {
		const merged =
			rowAt(1, text("A1", "Survey")) +
			rowAt(2, text("A2", "id") + text("B2", "a")) +
			rowAt(3, text("A3", "x") + text("B3", "y"));
		expect(await read(one(merged, {}, ["A1:B1"]))).toEqual([
			["id", "a"],
			["x", "y"],
		]);
		const apart =
			rowAt(1, text("A1", "Survey")) +
			rowAt(3, text("A3", "id") + text("B3", "a")) +
			rowAt(4, text("A4", "x") + text("B4", "y"));
		expect(await read(one(apart))).toEqual([
			["id", "a"],
			["x", "y"],
		]);
	});

	test("names that are merged over others", async () => {
		const rows =
			rowAt(1, text("A1", "id") + text("B1", "Question")) +
			rowAt(2, text("B2", "first") + text("C2", "second")) +
			rowAt(3, text("A3", "x") + text("B3", "y") + text("C3", "z"));
		expect(await read(one(rows, {}, ["A1:A2", "B1:C1"]))).toEqual([
			["id", "Question [first]", "Question [second]"],
			["x", "y", "z"],
		]);
	});

	test("one column alone", async () => {
		expect(await read(one(sheetRows([["answer"], ["yes"], ["no"]])))).toEqual([["answer"], ["yes"], ["no"]]);
	});

	test.each<[string, Buffer, RegExp]>([
		[
			"a title that nothing tells from a name",
			one(sheetRows([["Survey"], ["id", "a"], ["x", 1]])),
			/row 2: has 2 cells where the heading has 1/,
		],
		[
			"cells beyond the heading",
			one(
				sheetRows([
					["id", "a"],
					["x", 1, 2],
				]),
			),
			/row 2: has 3 cells where the heading has 2/,
		],
		["no cells", one(""), /nothing in its sheet Answers/],
		["no rows", one(sheetRows([["id", "a"]])), /no rows/],
		[
			"several sheets",
			workbook({
				sheets: [
					{ name: "Answers", rows: sheetRows(table) },
					{ name: "Notes", rows: sheetRows([["note"]]) },
				],
			}),
			/several sheets: Answers, Notes.*--sheet "Answers"/,
		],
		["damaged XML", one("<row><c><v>1</v>"), /damaged|no rows|nothing/],
	])("%s", async (_, bytes, message) => {
		const error = await readAll(bytes).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(UserError);
		expect(describeError(error as UserError, "commandLine")).toMatch(message);
	});

	test("sheets that are hidden or have no cells do not count", async () => {
		const sheets = [
			{ name: "Lists", rows: sheetRows([["yes"]]), hidden: true },
			{ name: "Empty", rows: "" },
			{ name: "Answers", rows: sheetRows(table) },
		];
		expect(await read(workbook({ sheets }))).toEqual([
			["id", "a", "b"],
			["x", "1", "2"],
		]);
	});
});

const SETTINGS: RatesSpec = { pool: ["population"], suppress: "none" };
const rows = makeRows(60, 99);

describe("a survey in a workbook", () => {
	const sheet = { name: "Data", rows: [[...HEADER], ...rows.map((row) => [...row])] };

	test("gives what CSV gives, and places as Excel numbers rows", async () => {
		const bytes = Buffer.from(await writeXlsx({ sheets: [sheet] }));
		expectSame(await rates([file(bytes, ".xlsx")], SETTINGS), await rates([file(csv(rows))], SETTINGS));
		const bad = rows.map((row, index) =>
			index === 3 ? row.map((cell, column) => (HEADER[column] === "TCHWGT" ? -5 : cell)) : row,
		);
		const broken = Buffer.from(await writeXlsx({ sheets: [{ name: "Data", rows: [[...HEADER], ...bad] }] }));
		await expect(rates([file(broken, ".xlsx")], SETTINGS)).rejects.toMatchObject({
			where: { row: 5, column: "TCHWGT" },
		});
	});

	test.each(["data", "2"])("on the sheet that is named: %s", async (name) => {
		const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: "Notes", rows: [["a note"]] }, sheet] }));
		const found = await rates([file(bytes, ".xlsx")], { ...SETTINGS, sheet: name });
		expectSame(found, await rates([file(csv(rows))], SETTINGS));
		await expect(rates([file(bytes, ".xlsx")], { ...SETTINGS, sheet: "none" })).rejects.toThrow(
			/no sheet "none"/,
		);
	});
});
