import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	compare,
	describeError,
	doctor,
	gaps,
	inspect,
	means,
	rates,
	type SurveyInput,
	UserError,
} from "../../src/index.js";
import { run } from "../cli/support.js";
import { csv, file, HEADER, makeRows } from "../support/survey.js";

const rows = makeRows(4200, 17);
const records = rows.map((row) => Object.fromEntries(HEADER.map((name, column) => [name, row[column]])));
const columnOf = (column: number) => rows.map((row) => row[column] ?? null);
const columns = Object.fromEntries(HEADER.map((name, column) => [name, columnOf(column)]));
const path = file(csv(rows));
const SPEC = { by: ["gender"], suppress: "none" } as const;

/** A table as apache-arrow hands it out. */
const arrow = {
	numRows: rows.length,
	schema: { fields: HEADER.map((name) => ({ name })) },
	getChildAt: (column: number) => ({ get: (row: number) => rows[row]?.[column] ?? null }),
};

async function* later() {
	for (const record of records) yield record;
}

const FORMS: [string, () => SurveyInput][] = [
	["columns", () => ({ columns })],
	[
		"columns of typed arrays",
		() => ({
			columns: Object.fromEntries(
				HEADER.map((name, column) => [
					name,
					name === "CNTRY" ? columnOf(column) : Float64Array.from(columnOf(column) as number[]),
				]),
			),
		}),
	],
	["an array of rows", () => records],
	["rows with a name", () => ({ rows: records, name: "teachers" })],
	["rows as they come", () => later()],
	["rows as they come, with a name", () => ({ rows: later(), name: "teachers" })],
	["an Arrow table", () => arrow],
	["the bytes of a file", () => ({ bytes: readFileSync(path), format: "csv" })],
];

describe("data in memory give the same bytes as a file", () => {
	const text = async (answer: Promise<object>) => JSON.stringify({ ...(await answer), source: null });
	const expected = text(rates([path], SPEC));

	test.each(FORMS)("%s", async (_, make) => {
		expect(await text(rates(make(), SPEC))).toBe(await expected);
		const { source } = await rates(make(), SPEC);
		expect(source[0]).toMatchObject({ rows: 4200 });
		// The sum is that of the same cells as CSV, which is what the file holds.
		expect(source[0]?.sha256).toBe((await rates([path], SPEC)).source[0]?.sha256);
	});

	test("to every question", async () => {
		const between = { ...SPEC, by: [], between: "gender" } as const;
		expect(await text(compare({ columns }, between))).toBe(await text(compare([path], between)));
		expect(await text(means([arrow], SPEC))).toBe(await text(means([path], SPEC)));
		const needs = { suppress: "none" } as const;
		const [one, other] = await Promise.all(
			[records, [path]].map((data) =>
				text(gaps(data, needs)).catch((error: unknown) => describeError(error as UserError)),
			),
		);
		expect(one).toBe(other);
		const { findings } = await doctor({ rows: records });
		expect(findings.map(({ code }) => code)).toEqual((await doctor(path)).findings.map(({ code }) => code));
		const { unknownCodes, systems } = await inspect({ columns });
		expect({ unknownCodes, systems }).toEqual(
			await inspect(path).then((found) => ({ unknownCodes: found.unknownCodes, systems: found.systems })),
		);
	});

	test("several tables, and files beside them, are one survey", async () => {
		const parts: SurveyInput = [{ rows: records.slice(0, 4100) }, file(csv(rows.slice(4100)))];
		const found = await rates(parts, SPEC);
		const { estimates } = await rates([file(csv(rows.slice(4100))), { rows: records.slice(0, 4100) }], SPEC);
		expect(found.estimates).toEqual(estimates);
		expect(found.source.reduce((sum, one) => sum + one.rows, 0)).toBe(4200);
	});

	test("the name tells the cycle and level as a file's does", async () => {
		const { IDPOP: _, ...others } = columns;
		const found = await rates({ columns: others, name: "BTGAUTT3" }, SPEC);
		expect(found.notes.map(({ code }) => code)).toEqual(
			(await rates([file(csv(rows))], SPEC)).notes.map(({ code }) => code),
		);
	});

	test("convert writes what the SHA-256 is of", async () => {
		const out = `${path}.again.csv`;
		expect((await run(["convert", path, out])).code).toBe(0);
		expect((await rates([out], SPEC)).source[0]?.sha256).toBe(
			(await rates({ columns }, SPEC)).source[0]?.sha256,
		);
	});
});

test("cells of every kind", async () => {
	const { openColumns } = await import("../../src/read/memory/source.js");
	const source = openColumns({
		columns: {
			a: [1, null, undefined, Number.NaN, -0],
			b: [true, false, 10n, 2n ** 60n, " x "],
			c: [new Date(0), new Date(1500), "", "é", 0.1],
		},
	});
	const { blocks, dictionaries } = source.read({ coded: [0, 1, 2], weights: [] });
	for await (const { codes, rows: count } of blocks) {
		const text = (column: number) =>
			Array.from({ length: count }, (_, row) => dictionaries[column]?.texts[codes[column]?.[row] as number]);
		expect([text(0), text(1), text(2)]).toEqual([
			["1", "", "", "", "0"],
			["true", "false", "10", "1152921504606846976", "x"],
			["1970-01-01", "1970-01-01 00:00:01.5", "", "é", "0.1"],
		]);
	}
});

describe("what cannot be is refused", () => {
	const later = (count: number) => ({
		async *[Symbol.asyncIterator]() {
			for (const record of records.slice(0, count)) yield record;
		},
	});
	test.each<[string, SurveyInput, RegExp]>([
		["no columns", { columns: {} }, /has no columns/],
		["columns of several lengths", { columns: { a: [1], b: [1, 2] } }, /column b has 2 cells, a has 1/],
		["no rows", { rows: [] }, /has no rows/],
		[
			"no rows in columns",
			{ columns: { CNTRY: [], ...Object.fromEntries(HEADER.map((name) => [name, []])) } },
			/no rows/,
		],
		[
			"a column that the first row lacks",
			{ rows: [{ ...records[0] }, { ...records[1], EXTRA: 1 }] },
			/row 2: has a column EXTRA/,
		],
		["lists in cells", { rows: [{ ...records[0], TT3G22A: [1] }] }, /row 1, column TT3G22A: holds a list/],
		[
			"a weight that is no number",
			{ rows: [{ ...records[0], TCHWGT: "much" }] },
			/the weight "much" is not a number/,
		],
		[
			"bytes of another format",
			{ bytes: Buffer.from(csv(rows.slice(0, 9))), format: "sav" },
			/is csv, not sav/,
		],
		["nothing", [], /no file is named/],
	])("%s", async (_, input, message) => {
		const error = await rates(input, SPEC).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(UserError);
		expect(describeError(error as UserError)).toMatch(message);
	});

	test("rows that come once, a second time", async () => {
		const once = later(100);
		await rates(once, SPEC);
		await expect(rates(once, SPEC)).rejects.toThrow(/read only once/);
	});
});
