import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compare, type ResultSet, rates } from "../../src/index.js";
import { findFiles } from "../../src/read/find-files.js";
import { root } from "../support/golden.js";
import { columnsFile } from "../support/parquet.js";
import { expectSame } from "../support/same.js";
import { type SavCell, sav } from "../support/sav.js";
import { csv, file, HEADER, makeRows, type Rows } from "../support/survey.js";

const rows = makeRows(9000, 7);
const of = (country: string) => rows.filter(([code]) => code === country);
const ordered = [...of("AUT"), ...of("FRA")];
const spec = { topics: ["activities", "focus"], by: ["gender"], pool: ["population"], total: true };

function numbers({ source: _, ...rest }: ResultSet) {
	return rest;
}

/** The same rows with the columns in another order, in lower case, with semicolons. */
function otherwise(some: Rows): string {
	const order = HEADER.map((_, index) => (index * 7) % HEADER.length);
	const moved = some.map((row) => order.map((place) => row[place] as string | number));
	return csv(
		moved,
		order.map((place) => (HEADER[place] as string).toLowerCase()),
		";",
	);
}

async function refusal(run: Promise<unknown>): Promise<string> {
	return run.then(
		() => "no refusal",
		(error) => `${Object.values(error.where).join(" ")}: ${error.message} — ${error.hint}`,
	);
}

describe("several files", () => {
	test("give what one file of all their rows gives, digit by digit", async () => {
		const whole = await rates([file(csv(ordered))], spec);
		const parts = await rates([file(csv(of("AUT"))), file(otherwise(of("FRA")))], spec);
		expect(numbers(parts)).toEqual(numbers(whole));
		expect(parts.source.map(({ rows: count }) => count)).toEqual([4500, 4500]);
	});

	test("may each hold part of a system: a school in both counts once", async () => {
		const half = (odd: number) => ordered.filter((_, index) => Math.floor(index / 2) % 2 === odd);
		const whole = await rates([file(csv([...half(0), ...half(1)]))], spec);
		expect(numbers(await rates([file(csv(half(0))), file(csv(half(1)))], spec))).toEqual(numbers(whole));
	});

	test("with a teacher in two of them are refused, with the line", async () => {
		const [first, second] = [file(csv(of("AUT"))), file(csv([...of("FRA"), of("AUT")[5] as Rows[0]]))];
		expect(await refusal(rates([first, second]))).toMatch(
			/^survey-\d+\.csv 4502: the teacher AUT 2 1002 100010 is in survey-\d+\.csv, too — name files that do not overlap/,
		);
	});

	test("without teacher ids cannot be told from overlapping ones, and a note says so", async () => {
		const nameless = (country: string) => file(csv(of(country), HEADER.toSpliced(3, 1, "NOTE")));
		const told = async (...files: string[]) =>
			(await rates(files, { items: ["coaching"] })).notes.filter(({ code }) => code === "teachers-unknown");
		expect(await told(nameless("AUT"), nameless("FRA"))).toMatchObject([{ detail: { column: "IDTEACH" } }]);
		expect(await told(nameless("AUT"))).toEqual([]);
		expect(await told(file(csv(of("AUT"))), file(csv(of("FRA"))))).toEqual([]);
	});

	test("of several formats give the same", async () => {
		const whole = await rates([file(csv(ordered))], spec);
		const asSpss = sav({
			variables: HEADER.map((name, index) => ({ name, width: index === 0 ? 3 : 0 })),
			rows: of("FRA") as SavCell[][],
		});
		const asParquet = columnsFile(HEADER, of("FRA"));
		for (const other of [file(asSpss, ".sav"), file(asParquet, ".parquet")]) {
			expectSame(await rates([file(csv(of("AUT"))), other], spec), whole);
		}
	});

	test("of which one is a copy of another are refused, also without teacher ids", async () => {
		const nameless = csv(of("AUT"), HEADER.toSpliced(3, 1, "NOTE"));
		expect(await refusal(rates([file(nameless), file(nameless)]))).toMatch(/holds the same data as/);
	});

	test("of one name in two folders, with a teacher in both, are refused", async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-twins-"));
		const paths = ["a", "b"].map((name, index) => {
			mkdirSync(join(folder, name));
			const path = join(folder, name, "teachers.csv");
			writeFileSync(path, csv(of("AUT").slice(index)));
			return path;
		});
		expect(await refusal(rates(paths, spec))).toMatch(/the teacher AUT .* is in teachers.csv, too/);
	});

	test("of which no output tells the SHA-256 are told apart, and copies still found", async () => {
		const nameless = (country: string) => file(csv(of(country), HEADER.toSpliced(3, 1, "NOTE")));
		const asked = { ...spec, hashed: false };
		const { source } = await rates([nameless("AUT"), nameless("FRA")], asked);
		expect(source.map(({ sha256 }) => sha256)).toEqual(["", ""]);
		const three = [nameless("AUT"), nameless("FRA"), nameless("AUT")];
		expect(await refusal(rates(three, asked))).toMatch(/holds the same data as/);
	});

	test("of two cycles are refused", async () => {
		const other = fileURLToPath(new URL("../../data/samples/synthetic-talis-2024.csv", import.meta.url));
		expect(await refusal(rates([file(csv(of("AUT"))), other]))).toMatch(
			/synthetic-talis-2024.csv: is of talis-2024-teacher, but the first file is of talis-2018-teacher/,
		);
	});

	test("of which one has no column of an item: its teachers were not asked it, whichever comes first", async () => {
		const place = HEADER.indexOf("TT3G22D");
		const lacking = csv(
			of("FRA").map((row) => row.toSpliced(place, 1)),
			HEADER.toSpliced(place, 1),
		);
		const coded = ordered.map((row) => (row[0] === "FRA" ? row.toSpliced(place, 1, 8) : row));
		const whole = await rates([file(csv(coded))], spec);
		const [aut, fra] = [file(csv(of("AUT"))), file(lacking)];
		for (const order of [
			[aut, fra],
			[fra, aut],
		]) {
			const parts = await rates(order, spec);
			const note = parts.notes.find(({ code }) => code === "columns-unasked");
			expect(note?.detail).toMatchObject({ columns: "TT3G22D", count: 1 });
			expect(parts.estimates.length).toBe(whole.estimates.length);
			for (const row of parts.estimates) {
				const same = whole.estimates.find(
					(one) =>
						one.item === row.item &&
						one.topic === row.topic &&
						one.group.country === row.group.country &&
						one.group.gender === row.group.gender,
				);
				expect(row.status).toBe(same?.status);
				expect(row.n).toBe(same?.n);
				if (order[0] === aut) expect(row.estimate).toBe(same?.estimate);
			}
		}
	});

	test("of which one has no column of a group are refused, whichever comes first", async () => {
		const place = HEADER.indexOf("TT3G01");
		const [aut, fra] = [
			file(csv(of("AUT"))),
			file(
				csv(
					of("FRA").map((row) => row.toSpliced(place, 1)),
					HEADER.toSpliced(place, 1),
				),
			),
		];
		const sentence = /: has no column TT3G01, which survey-\d+\.csv has — give files of one survey/;
		expect(await refusal(rates([aut, fra], spec))).toMatch(sentence);
		expect(await refusal(rates([fra, aut], spec))).toMatch(sentence);
	});
});

describe("patterns", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-glob-"));
	mkdirSync(join(folder, "more"));
	for (const name of ["BTGFRAT3.csv", "BTGAUTT3.csv", "BCGAUTT3.csv", "more/BTGITAT3.csv", "odd[1].csv"]) {
		writeFileSync(join(folder, name), name);
	}
	const found = async (...names: string[]) =>
		(await findFiles(names.map((name) => join(folder, name)))).map((path) => path.split("/").slice(-1)[0]);

	test("stand for files in the order of their names, each once", async () => {
		expect(await found("BTG*T3.csv")).toEqual(["BTGAUTT3.csv", "BTGFRAT3.csv"]);
		expect(await found("{BTG,BCG}AUT*.csv")).toEqual(["BCGAUTT3.csv", "BTGAUTT3.csv"]);
		expect(await found("**/BTG*")).toEqual(["BTGAUTT3.csv", "BTGFRAT3.csv", "BTGITAT3.csv"]);
		expect(await found("BTGFRAT3.csv", "BTG*T3.csv")).toEqual(["BTGFRAT3.csv", "BTGAUTT3.csv"]);
		expect(await found("odd[1].csv")).toEqual(["odd[1].csv"]);
		expect(await findFiles(["-", "no such file.csv"])).toEqual(["-", "no such file.csv"]);
	});

	test("are told by every function of the library that reads teachers", async () => {
		const sample = join(root, "data/samples/synthetic-kazakhstan-20??.csv");
		const { source } = await rates([sample], { topics: ["activities"] });
		expect(source.map(({ file }) => file)).toEqual(["synthetic-kazakhstan-2018.csv"]);
		expect((await compare([sample], { between: "gender", topics: ["activities"] })).source).toEqual(source);
	});

	test("that match nothing, and files named twice, are refused", async () => {
		expect(await refusal(findFiles([join(folder, "CTG*.csv")]))).toMatch(
			/no file matches ".*CTG\*\.csv" — check the folder and the spelling; upper and lower case differ/,
		);
		expect(await refusal(found("BTGFRAT3.csv", `../${folder.split("/").pop()}/BTGFRAT3.csv`))).toMatch(
			/BTGFRAT3\.csv: is named twice — name each file once/,
		);
	});
});
