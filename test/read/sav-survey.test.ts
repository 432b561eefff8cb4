import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import {
	compare,
	describeError,
	gaps,
	inspect,
	means,
	type ResultSet,
	rates,
	type UserError,
} from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { noisyFile } from "../support/golden.js";
import { bytesFile, readAll } from "../support/read.js";
import { expectSame } from "../support/same.js";
import { type SavFile, sav } from "../support/sav.js";
import { csv, file, HEADER, makeRows } from "../support/survey.js";

/** One of each kind of question. */
const QUESTIONS: [string, (path: string) => Promise<ResultSet>][] = [
	["rates", (path) => rates([path], { topics: ["activities", "needs"] })],
	[
		"rates by groups",
		(path) => rates([path], { by: ["gender", "TT3G22A"], pool: ["population"], where: ["experience>5"] }),
	],
	["compare", (path) => compare([path], { between: "gender", topics: ["activities"] })],
	["means", (path) => means([path], { unknownCodes: "missing" })],
	["gaps", (path) => gaps([path])],
];

const noisySav = noisyFile.replace(/csv$/, "sav");
const hasNoisy = existsSync(noisySav);
const noisy = hasNoisy ? "" : " (skipped: ../shared is absent)";

describe.skipIf(!hasNoisy)(`the published SPSS file is the published CSV file${noisy}`, () => {
	test.each(QUESTIONS)("%s", async (_, ask) => {
		expectSame(await ask(noisySav), await ask(noisyFile));
	});

	test("every cell", async () => {
		const [spss, text] = [await readAll(noisySav), await readAll(noisyFile)];
		const places = spss.columns.map((name) =>
			text.columns.findIndex((other) => other.toUpperCase() === name),
		);
		expect(new Set(places).size).toBe(text.columns.length);
		expect(spss.rows.length).toBe(text.rows.length);
		for (const [row, cells] of spss.rows.entries()) {
			for (const [column, cell] of cells.entries()) {
				const other = text.rows[row]?.[places[column] as number] as string;
				if (cell !== other) expect(Number(cell), `row ${row}, ${spss.columns[column]}`).toBe(Number(other));
			}
		}
	});

	test("labels and missing values are those of the dictionary", async () => {
		const { columns, variables } = await readAll(noisySav);
		const text = readFileSync(noisySav.replace("teachers.sav", "dictionary.csv"), "utf8");
		const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
		expect(data.length).toBe(392);
		for (const {
			variable = "",
			label,
			values = "",
			missing_values: discrete,
			missing_range: range,
		} of data) {
			const found = variables[columns.indexOf(variable)];
			const pairs = [...(found?.values ?? [])].map(([value, name]) => `${value}=${name}`).join("; ");
			expect(found?.label, variable).toBe(label);
			// The dictionary cuts this one list.
			if (variable === "IDLANG") expect(pairs.startsWith(values)).toBe(true);
			else expect(pairs, variable).toBe(values);
			const { missing } = found ?? {};
			expect(missing?.values.join(" ") ?? "", variable).toBe(discrete);
			expect(missing?.range ? `${missing.range.from}-${missing.range.to}` : "", variable).toBe(range);
		}
	});

	test("inspect shows that labels are there", async () => {
		const found = await inspect(noisySav);
		expect(found).toMatchObject({ format: "sav", rows: 548, columns: 491 });
		expect(found.labels).toEqual({ columns: 489, values: 486, missing: 486 });
	});
});

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const hasHaven = has("Rscript", "-e", "library(haven)");
const hasPspp = has("pspp", "--version");
const sample = rates([SAMPLE]);

/** The shipped sample as SPSS files, written by others. */
describe.skipIf(!hasHaven)(
	`the sample as haven writes it${hasHaven ? "" : " (skipped: R's haven is absent)"}`,
	() => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-haven-"));

		test.each(["byte", "none", "zsav"])("compressed as %s", { timeout: 60_000 }, async (form) => {
			const path = join(folder, `${form}.sav`);
			execFileSync("Rscript", [
				"-e",
				`haven::write_sav(read.csv("${SAMPLE}"), "${path}", compress = "${form}")`,
			]);
			for (const [, ask] of QUESTIONS) expectSame(await ask(path), await ask(SAMPLE));
		});
	},
);

describe.skipIf(!hasPspp)(
	`the sample as PSPP writes it${hasPspp ? "" : " (skipped: pspp is absent)"}`,
	() => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-pspp-"));
		const columns = readFileSync(SAMPLE, "utf8").split("\n", 1)[0]?.split(",") ?? [];
		const isText = (name: string) => ["CNTRY"].includes(name);

		test.each(["COMPRESSED", "UNCOMPRESSED", "ZCOMPRESSED"])("%s", { timeout: 60_000 }, async (form) => {
			const [syntax, path] = [join(folder, `${form}.sps`), join(folder, `${form}.sav`)];
			writeFileSync(
				syntax,
				`GET DATA /TYPE=TXT /FILE="${SAMPLE}" /FIRSTCASE=2 /DELIMITERS="," /VARIABLES=\n` +
					`${columns.map((name) => `${name} ${isText(name) ? "A3" : "F12.6"}`).join("\n")}.\n` +
					`SAVE OUTFILE="${path}" /${form}.\n`,
			);
			execFileSync("pspp", ["-o", "/dev/null", "-O", "format=txt", syntax]);
			expectSame(await rates([path]), await sample);
		});
	},
);

const [FEMALE, MALE] = [1, 2];
const rows = makeRows(120, 7);
/** A survey with columns the codebook does not know: a region with labels, 9 declared missing, and a number. */
const OWN: SavFile = {
	variables: [
		...HEADER.map((name) => (name === "CNTRY" ? { name, width: 3 } : { name })),
		{
			name: "REGION",
			label: "Region of the school",
			values: [
				[FEMALE, "North"],
				[MALE, "South"],
				[9, "Not known"],
			],
			missing: [9],
		},
		{ name: "HOURS", label: "Hours of courses", missing: [0], range: [97, 99] as [number, number] },
	],
	rows: rows.map((row, index) => [
		...row.map((cell) => cell as number | string),
		[1, 2, 9][index % 3] as number,
		[10, 20, 98, 0][index % 4] as number,
	]),
};
const ownFile = bytesFile(sav(OWN), "sav");
const textFile = file(
	csv(
		OWN.rows.map((row) => row.map((cell) => cell ?? "")),
		OWN.variables.map(({ name }) => name),
	),
);
const OPTIONS = { suppress: "none", items: ["coaching"] } as const;

describe("what the file says counts for columns the codebook does not know", () => {
	test("declared missing values make no group, and labels name the others", async () => {
		const { estimates, labels, notes } = await rates([ownFile], { ...OPTIONS, by: ["region"] });
		expect([...new Set(estimates.map(({ group }) => group.REGION))].sort()).toEqual(["1", "2"]);
		expect(labels?.groups.REGION).toEqual({
			label: "Region of the school",
			values: { 1: "North", 2: "South" },
		});
		expect(notes).toContainEqual(
			expect.objectContaining({ code: "rows-without-value", detail: { breakdown: "REGION", rows: 40 } }),
		);
		await expect(rates([textFile], { ...OPTIONS, by: ["region"] })).rejects.toThrow(
			/REGION look like codes of missing/,
		);
		const plain = await rates([textFile], { ...OPTIONS, by: ["region"], missing: ["REGION=none"] });
		expect(new Set(plain.estimates.map(({ group }) => group.REGION)).size).toBe(3);
	});

	test("conditions never hold for them", async () => {
		const where = async (path: string, condition: string) =>
			(
				await rates([path], {
					...OPTIONS,
					where: [condition],
					...(path === textFile && { missing: ["HOURS=none"] }),
				})
			).estimates.reduce((sum, { n }) => sum + (n ?? 0), 0);
		const more = await where(ownFile, "HOURS>=20");
		expect(more).toBe(await where(textFile, "HOURS=20"));
		expect(await where(ownFile, "HOURS<=10")).toBe(await where(textFile, "HOURS=10"));
		expect(await where(textFile, "HOURS>=20")).toBeGreaterThan(more);
		await expect(rates([ownFile], { ...OPTIONS, where: ["REGION=9"] })).rejects.toThrow(/no value "9"/);
	});

	test("means leave them out, under the file's label and without the note that nothing is declared", async () => {
		const settings = { variables: ["HOURS"], suppress: "none", pool: ["population"] } as const;
		const { estimates, notes } = await means([ownFile], settings);
		const [mean] = estimates.filter(({ statistic }) => statistic === "mean");
		expect(mean?.estimate).toBeGreaterThanOrEqual(10);
		expect(mean?.estimate).toBeLessThanOrEqual(20);
		expect(mean?.label).toBe("Hours of courses");
		expect(notes.map(({ code }) => code)).not.toContain("measure-undeclared");
		await expect(means([textFile], settings)).rejects.toThrow(/HOURS look like codes of missing answers/);
	});

	test("the codebook decides on what it knows, whatever the file declares", async () => {
		const declared = OWN.variables.map((variable) =>
			/^TT3G22|^TT3G01$/.test(variable.name) ? { ...variable, missing: [1] } : variable,
		);
		const path = bytesFile(sav({ ...OWN, variables: declared }), "sav");
		for (const by of ["gender", "TT3G22A", "TT3G01"]) {
			expectSame(
				await rates([path], { ...OPTIONS, by: [by] }),
				await rates([ownFile], { ...OPTIONS, by: [by] }),
			);
		}
	});

	test("labels of text codes, and of the sides of a comparison", async () => {
		const { comparisons, labels } = await compare([ownFile], { ...OPTIONS, between: "region", by: [] });
		expect(comparisons[0]?.between).toEqual({ variable: "REGION", a: "1", b: "2" });
		expect(labels?.groups.REGION?.values).toEqual({ 1: "North", 2: "South" });
	});
});

describe("a file without lines names rows", () => {
	const changed = (row: number, column: string, value: number | null) =>
		bytesFile(
			sav({
				...OWN,
				rows: OWN.rows.map((cells, index) =>
					cells.map((cell, place) => (index === row && OWN.variables[place]?.name === column ? value : cell)),
				),
			}),
			"sav",
		);

	test.each<[string, string, number | null, RegExp]>([
		["an empty weight", "TRWGT7", null, /^file-\d+\.sav, row 12, column TRWGT7: the weight is empty — /],
		["a negative weight", "TCHWGT", -5, /row 12, column TCHWGT: the weight -5 is negative/],
		["a weight that is none", "TCHWGT", Number.NaN, /row 12, column TCHWGT: the weight is empty/],
		["an unknown code", "TT3G22C", 5, /row 12, column TT3G22C: the code 5 .*first at row 12/],
	])("%s", async (_, column, value, message) => {
		const settings = { suppress: "none", items: ["TT3G22C"] } as const;
		const error = await rates([changed(11, column, value)], settings).catch((caught: unknown) => caught);
		expect(describeError(error as UserError)).toMatch(message);
	});

	test("inspect too", async () => {
		const { unknownCodes } = await inspect(changed(11, "TT3G22C", 5));
		expect(unknownCodes).toEqual([{ column: "TT3G22C", code: "5", rows: 1, row: 12 }]);
	});
});
