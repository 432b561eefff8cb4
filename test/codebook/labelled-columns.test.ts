import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeError, inspect, rates, UserError } from "../../src/index.js";
import { run } from "../cli/support.js";
import { dta } from "../support/dta.js";
import { columnsFile } from "../support/parquet.js";
import { expectSame } from "../support/same.js";
import { csv, file, HEADER, makeRows, type Rows } from "../support/survey.js";

const rows = makeRows(60, 41);
const SETTINGS = { by: ["gender"], pool: ["population"], suppress: "none" } as const;
const coded = rates([file(csv(rows))], SETTINGS);
const isItem = (name: string | undefined) => /^TT3G2[23]/.test(name ?? "");

/** The rows with answers and genders written out. */
function written(answers: Record<number, string>, genders: Record<number, string>): Rows {
	return rows.map((row) =>
		row.map((cell, column) => {
			if (isItem(HEADER[column])) return answers[Number(cell)] ?? cell;
			return HEADER[column] === "TT3G01" ? (genders[Number(cell)] ?? cell) : cell;
		}),
	);
}

const REASONS = {
	6: "Logically not applicable",
	7: "Not reached",
	8: "Not administered",
	9: "Omitted or invalid",
};

describe("answers that are written out count as the codes they stand for", () => {
	test.each<[string, Rows]>([
		["in English", written({ 1: "Yes", 2: "No", ...REASONS }, { 1: "Female", 2: "Male" })],
		["in any case", written({ 1: "yes", 2: "NO", ...REASONS }, { 1: "female", 2: "MALE" })],
		["in Kazakh", written({ 1: "Иә", 2: "жоқ" }, {})],
		["in Russian", written({ 1: "Да", 2: "Нет", 9: "Пропущено" }, {})],
		["with missing codes left as they are", written({ 1: "Yes", 2: "No" }, {})],
	])("%s", async (_, labelled) => {
		expectSame(await rates([file(csv(labelled))], SETTINGS), await coded);
	});

	test.each<[string, (labelled: Rows) => string]>([
		["Parquet", (labelled) => file(columnsFile(HEADER, labelled), ".parquet")],
		[
			"Stata with texts",
			(labelled) => {
				const type = (name: string) =>
					name === "CNTRY" || isItem(name) || name === "TT3G01" ? 25 : "double";
				const variables = HEADER.map((name) => ({ name, type: type(name) }) as const);
				const isText = variables.map((one) => one.type === 25);
				const cells = labelled.map((row) => row.map((cell, place) => (isText[place] ? String(cell) : cell)));
				return file(dta({ release: 118, variables, rows: cells }), ".dta");
			},
		],
	])("in %s", async (_, fileOf) => {
		const labelled = written({ 1: "Yes", 2: "no", ...REASONS }, { 1: "FEMALE", 2: "male" });
		expectSame(await rates([fileOf(labelled)], SETTINGS), await coded);
	});

	test("inspect has no unknown codes then", async () => {
		const { unknownCodes } = await inspect(file(csv(written({ 1: "Yes", 2: "No", ...REASONS }, {}))));
		expect(unknownCodes).toEqual((await inspect(file(csv(rows)))).unknownCodes);
	});

	test("Stata's .a to .z are what their labels say", async () => {
		const letters: Record<number, string> = { 6: ".n", 7: ".r", 8: ".a", 9: ".m" };
		const values: [number | string, string][] = [
			[1, "Yes"],
			[2, "No"],
			...Object.entries(letters).map(([code, letter]): [string, string] => [
				letter,
				REASONS[Number(code) as 6],
			]),
		];
		const bytes = dta({
			release: 118,
			variables: HEADER.map((name) => ({
				name,
				type: name === "CNTRY" ? 3 : "double",
				...(isItem(name) ? { values } : {}),
			})),
			rows: rows.map((row) =>
				row.map((cell, column) => (isItem(HEADER[column]) ? (letters[Number(cell)] ?? cell) : cell)),
			),
		});
		expectSame(await rates([file(bytes, ".dta")], SETTINGS), await coded);
	});
});

describe("what cannot be told is refused", () => {
	const COLUMN = "TT3G22C";
	const changed = (value: (row: number) => string | number) =>
		csv(
			rows.map((row, index) => row.map((cell, column) => (HEADER[column] === COLUMN ? value(index) : cell))),
		);

	test("a column of codes and labels, with its place", async () => {
		const error = await rates([file(changed((row) => (row < 30 ? 1 : "No")))], SETTINGS).catch(
			(caught: unknown) => caught,
		);
		expect(error).toBeInstanceOf(UserError);
		expect(describeError(error as UserError)).toMatch(
			/column TT3G22C: has answers as codes, such as 1, and written out/,
		);
		expect((error as UserError).where).toMatchObject({ column: COLUMN, line: 2 });
	});

	test.each<[string, (rows: Rows) => string]>([
		["Parquet", (mixed) => file(columnsFile(HEADER, mixed), ".parquet")],
		["CSV", (mixed) => file(csv(mixed))],
	])("a mixture in %s", async (_, fileOf) => {
		const mixed = rows.map((row, place) =>
			row.map((cell, column) => (HEADER[column] === COLUMN ? (place % 2 === 0 ? "1" : "NO") : cell)),
		);
		const error = await rates([fileOf(mixed)], SETTINGS).catch((caught: unknown) => caught);
		expect(describeError(error as UserError)).toMatch(
			/column TT3G22C: has answers as codes, such as 1, and written out/,
		);
	});

	test("codes that the file itself calls otherwise, as of factors of R in Stata and SPSS", async () => {
		const labels = (yes: number): [number, string][] => [
			[yes, "YES"],
			[3 - yes, "No"],
		];
		const factors = (yes: number) =>
			dta({
				release: 118,
				variables: HEADER.map((name) => ({
					name,
					type: name === "CNTRY" ? 3 : "double",
					...(name === COLUMN ? { values: labels(yes) } : {}),
				})),
				rows: rows.map((row) => [...row]),
			});
		expectSame(await rates([file(factors(1), ".dta")], SETTINGS), await coded);
		await expect(rates([file(factors(2), ".dta")], SETTINGS)).rejects.toThrow(
			/^the file calls [12] "(?:YES|No)", which in the codebook is [12]$/,
		);
	});

	test("a word nobody knows is an unknown code", async () => {
		await expect(rates([file(changed(() => "Perhaps"))], SETTINGS)).rejects.toThrow(/the code Perhaps/);
	});

	test("a letter of Stata's without a label is an unknown code", async () => {
		const bytes = dta({
			release: 118,
			variables: HEADER.map((name) => ({ name, type: name === "CNTRY" ? 3 : "double" })),
			rows: rows.map((row) => row.map((cell, column) => (HEADER[column] === COLUMN ? ".b" : cell))),
		});
		await expect(rates([file(bytes, ".dta")], SETTINGS)).rejects.toThrow(/the code \.b/);
	});
});

const TEACHERS = "../shared/data/talis-2018-noisy/teachers.sav";
const hasData = existsSync(TEACHERS);

test.skipIf(!hasData)(
	`a TALIS file with all its labels gives what it gives with its codes${hasData ? "" : " (skipped: reference data are absent)"}`,
	{ timeout: 60_000 },
	async () => {
		const labelled = join(mkdtempSync(join(tmpdir(), "talis-pd-labels-")), "labelled.csv");
		expect((await run(["convert", TEACHERS, labelled, "--labels"])).code).toBe(0);
		const spec = {
			topics: [
				"activities",
				"focus",
				"needs",
				"barriers",
				"support",
				"impact",
				"characteristics",
				"induction",
			],
			by: ["gender", "age", "experience"],
			suppress: "none",
		} as const;
		expectSame(await rates([labelled], spec), await rates([TEACHERS], spec));
	},
);
