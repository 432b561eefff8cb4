import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { parseCodebook } from "../../src/codebook/definition/parse.js";
import { codebooks, doctor, inspect, means, rates } from "../../src/index.js";
import { run } from "../cli/support.js";
import { root } from "../support/golden.js";
import { sav } from "../support/sav.js";
import { file } from "../support/survey.js";
import { sheetRows, workbook } from "../support/xlsx.js";

const CASES = join(root, "../shared/cases");

/** A file of a case that other people have met. Its test is skipped, and counted so, where it is missing. */
function caseOf(name: string, of: string): { path: string; skip: boolean } {
	const path = join(CASES, name, of);
	return { path, skip: !existsSync(path) };
}

/** Draft of a file, and the percentages it gives: label → [percent to a decimal, n]. */
async function drafted(path: string) {
	const draft = await codebooks.draft(path);
	const codebook = file(draft.text, ".yaml");
	const { estimates, notes } = await rates([path], { codebook });
	const found = Object.fromEntries(
		estimates.map(({ label, estimate, n }) => [label, [Math.round(10 * (estimate as number)) / 10, n]]),
	);
	return { draft, codebook, found, notes: notes.map(({ code }) => code) };
}

describe(existsSync(CASES) ? "exports that other people have met" : "cases (../shared is absent)", () => {
	const qualtrics = caseOf("qualtrics-three-header-rows", "qualtrics.csv");
	test.skipIf(qualtrics.skip)("Qualtrics, three header rows", async () => {
		const { found, notes, draft } = await drafted(qualtrics.path);
		expect(found).toMatchObject({ 1: [62.5, 56], 2: [51.8, 56], 3: [58.9, 56], 4: [10.7, 56] });
		expect(found).not.toHaveProperty("Other");
		expect(found["Did you take a course in the last year?"]).toEqual([41.7, 60]);
		expect(notes).toContain("header-rows");
		expect(draft.remarks).toEqual([{ code: "header-rows", rows: 2, first: 2 }]);
	});

	const monkey = caseOf("surveymonkey-two-header-rows", "surveymonkey.csv");
	test.skipIf(monkey.skip)("SurveyMonkey, two header rows", async () => {
		const { found, notes } = await drafted(monkey.path);
		const rows = readFileSync(monkey.path, "utf8").trim().split("\n").slice(2);
		const courses = rows.filter((row) => row.includes(",Courses,")).length;
		expect(found.Courses).toEqual([Math.round((1000 * courses) / rows.length) / 10, rows.length]);
		expect(notes).toContain("header-rows");
	});

	const redcap = caseOf("redcap-unchecked-of-empty-forms", "redcap_raw.csv");
	test.skipIf(redcap.skip)("REDCap, boxes of forms that were never opened", async () => {
		const { found, draft, codebook } = await drafted(redcap.path);
		expect(found).toMatchObject({
			pd_kind___1: [55, 60],
			pd_kind___2: [33.3, 60],
			pd_kind___3: [46.7, 60],
			took_course: [51.7, 60],
		});
		expect(draft.decisions).toEqual([
			expect.stringMatching(/^teacher_survey_complete: the 20 records with 0 /),
			expect.stringMatching(/took_course: 1 is taken for yes and 0 for no/),
		]);
		const all = await rates([redcap.path], { codebook, base: "all" });
		expect(all.estimates[0]?.n).toBe(80);
	});

	const sep = caseOf("excel-sep-line", "sepline.csv");
	test.skipIf(sep.skip)("Excel's line sep=;", async () => {
		const { found } = await drafted(sep.path);
		expect(found).toEqual({ Q1: [52.5, 40] });
	});

	const sav = caseOf("spss-user-missing-union", "s.sav");
	test.skipIf(sav.skip)("SPSS, declared missing values of each column", async () => {
		const { codebook } = await drafted(sav.path);
		const { estimates } = await means([sav.path], { codebook, variables: ["r1", "r2", "r3"] });
		const found = estimates.filter(({ statistic }) => statistic === "mean");
		// haven and weighted.mean.
		const expected = [6.427386, 3.988971, 1.918519];
		expect(found.map(({ n }) => n)).toEqual([40, 45, 45]);
		for (const [place, mean] of expected.entries()) {
			expect(Math.abs((found[place]?.estimate as number) - mean)).toBeLessThan(5e-7);
		}
	});

	const secret = caseOf("encrypted-sav", "hotel-encrypted.sav");
	test.skipIf(secret.skip).each(["inspect", "doctor", "convert"])(
		"%s of an SPSS file with a password",
		async (command) => {
			const { code, err } = await run([
				command,
				secret.path,
				...(command === "convert" ? ["-", "--to", "csv"] : []),
			]);
			expect([code, err]).toEqual([
				2,
				expect.stringMatching(/has? a password|with a password.*without a password/),
			]);
		},
	);

	const parquet = caseOf("parquet-rle_boolean_encoding", "data_rle_boolean_encoding.parquet");
	test.skipIf(parquet.skip)("Parquet, booleans as run lengths", async () => {
		const { out } = await run(["convert", parquet.path, "-", "--to", "csv"]);
		const [head, ...rows] = out.trimEnd().split("\n");
		expect([head, rows.length]).toEqual(["datatype_boolean", 68]);
		expect(new Set(rows)).toEqual(new Set(["true", "false", ""]));
	});

	const latin = caseOf("latin1-read-as-cyrillic", "de1.csv");
	test.skipIf(latin.skip)("Windows-1252 is not Cyrillic", async () => {
		const { out } = await run(["convert", latin.path, "-", "--to", "csv"]);
		expect(out).toContain("Gymnasium Straße");
		const other = await run(["convert", join(CASES, "latin1-read-as-cyrillic/de2.csv"), "-", "--to", "csv"]);
		expect(other.out).toMatch(/Universität,Ja\n2,Förderschule/);
	});
});

describe("the same, small and our own", () => {
	const answers = readFileSync(join(root, "test/fixtures/own/qualtrics.csv"), "utf8");

	test("a workbook of Qualtrics gives what its text gives", async () => {
		const { data } = Papa.parse<string[]>(answers, { skipEmptyLines: true });
		const book = file(workbook({ sheets: [{ name: "Answers", rows: sheetRows(data) }] }), ".xlsx");
		const [text, sheet] = [await drafted(join(root, "test/fixtures/own/qualtrics.csv")), await drafted(book)];
		expect(sheet.found).toEqual(text.found);
		expect(sheet.draft.remarks).toEqual([{ code: "header-rows", rows: 2, first: 2 }]);
	});

	test("rows that only look like a heading stay answers", async () => {
		const rows = ["id,kind,note", ",Courses,Response", "2,Conferences,fine", "3,Courses,fine"];
		const { out } = await run(["convert", file(`${rows.join("\n")}\n`), "-", "--to", "csv"]);
		expect(out.split("\n")).toHaveLength(rows.length);
		const plain = ["id,kind,", ",Courses,7", "2,Conferences,8"];
		expect((await run(["convert", file(`${plain.join("\n")}\n`), "-", "--to", "csv"])).out).toContain(
			",Courses,7",
		);
	});

	test.each([",", ";", "\t", "|"])("a line sep=%s says what stands between fields", async (mark) => {
		const rows = [`sep=${mark}`, ["a", "b;c"].join(mark), ["1", "2,5"].join(mark)];
		const text = rows.join("\r\n").replace("b;c", '"b;c"').replace("2,5", '"2,5"');
		const { out } = await run(["convert", file(text), "-", "--to", "csv"]);
		expect(out).toBe('a,b;c\n1,"2,5"\n');
	});

	test("columns of one stem with other declared missing values are of their own", async () => {
		const values = Array.from({ length: 40 }, (_, row) => row % 8);
		const path = file(
			sav({
				variables: [
					{ name: "r1", missing: [0, 1] },
					{ name: "r2", missing: [6, 7] },
					{ name: "r3" },
					{ name: "took" },
				],
				rows: values.map((value) => [value, value, value, value % 2]),
			}),
			".sav",
		);
		const { codebook } = await drafted(path);
		const { estimates } = await means([path], { codebook, variables: ["r1", "r2", "r3"] });
		const found = estimates.filter(({ statistic }) => statistic === "mean");
		expect(found.map(({ estimate, n }) => [estimate, n])).toEqual([
			[4.5, 30],
			[2.5, 30],
			[3.5, 40],
		]);
	});

	test("a code that is valid and missing is refused in any codebook", async () => {
		const { text } = await codebooks.draft(file("ID;Q1?\n0;1\n1;2\n2;9\n3;1\n4;2\n"));
		expect(() => parseCodebook(text, "own.yaml")).not.toThrow();
		const wrong = text.replace(/missing: \{ (\W?)9/, "missing: { $12$1: omitted, $19");
		expect(wrong).not.toBe(text);
		expect(() => parseCodebook(wrong, "own.yaml")).toThrow(/2 is among its values, too/);
	});
});

describe("what a draft decides", () => {
	const rowsOf = (count: number, cells: (row: number) => readonly (string | number)[]) =>
		Array.from({ length: count }, (_, row) => cells(row).join(",")).join("\n");
	const draftOf = (head: string, count: number, cells: (row: number) => readonly (string | number)[]) =>
		file(`${head}\n${rowsOf(count, cells)}\n`);

	test("a form that was sent off with nothing ticked says so: 34 of 180 stay in the base", async () => {
		const ticks = ["Courses;Visits", "Courses", "Visits"];
		const path = draftOf("Timestamp,What did you take part in?", 180, (row) => [
			`2026/01/${10 + (row % 20)} 10:00:00`,
			row < 34 ? "" : (ticks[row % 3] as string),
		]);
		const { draft, found } = await drafted(path);
		expect(draft.decisions).toEqual([
			expect.stringMatching(
				/^What did you take part in\?: empty cells \(34 of 180\) count as nothing ticked/,
			),
		]);
		const [, , , decided] = draft.text.split("\n");
		expect(`${decided}${draft.text.split("\n")[2]}`).toContain("Decided — What did you take part in?");
		expect(found.Courses?.[1]).toBe(180);
		const { err } = await run(["codebook", "init", path, "--out", `${path}.yaml`]);
		expect(err).toMatch(/^decided: What did you take part in\?/m);
		// Without the column that says when it was sent off, they may have been led past the question.
		const other = await drafted(
			draftOf("Group,What did you take part in?", 180, (row) => [
				row % 2 ? "a" : "b",
				row < 34 ? "" : (ticks[row % 3] as string),
			]),
		);
		expect([other.draft.decisions, other.found.Courses?.[1]]).toEqual([[], 146]);
		expect(other.notes).toContain("answers-lost");
	});

	test("a few empty cells of such a question are not worth a note", async () => {
		const { notes } = await drafted(
			draftOf("Group,Kinds", 180, (row) => [row % 2, row < 9 ? "" : row % 2 ? "Courses;Visits" : "Visits"]),
		);
		expect(notes).not.toContain("answers-lost");
	});

	test("codes beyond a gap enter no mean and no group, in the draft and in a codebook that says nothing of them", async () => {
		const path = draftOf("took?,efficacy,hours,useful", 120, (row) => [
			row % 3 ? 1 : 2,
			row % 20 ? 5 + (row % 40) / 4 : 9998,
			[10, 20, 40, 997][row % 4] as number,
			[1, 2, 3, 4, 5, 8, 9][row % 7] as number,
		]);
		const { draft, codebook } = await drafted(path);
		expect(draft.decisions).toEqual([
			expect.stringMatching(/^efficacy: 9998 taken for no value in means/),
			expect.stringMatching(/^hours: 997 taken for no value in means/),
			expect.stringMatching(/^useful: 8, 9 taken for no value in means/),
			expect.stringMatching(/^useful: 8, 9 taken for no answer/),
			expect.stringMatching(/^took\?: 1 is taken for yes and 2 for no/),
		]);
		expect(draft.text).toContain("# Taken for no value: 997. Is that so, or is it a value?");
		const variables = ["efficacy", "hours", "useful"];
		const { estimates } = await means([path], { codebook, variables });
		const own = estimates.filter(({ statistic }) => statistic === "mean");
		expect(own.map(({ n }) => n)).toEqual([114, 90, 86]);
		for (const { estimate } of own) expect(estimate).toBeLessThan(41);
		await expect(rates([path], { codebook, by: ["hours"] })).rejects.toThrow(/997/);
		// By hand, without a word about missing codes: asked for, as for a column that nobody lists.
		const silent = file(draft.text.replace(/(efficacy }\n)(?: {4}#.*\n)? {4}missing:.*\n/, "$1"), ".yaml");
		const ask = (missing?: string[]) => means([path], { codebook: silent, variables: ["efficacy"], missing });
		await expect(ask()).rejects.toThrow(/largest values of EFFICACY look like codes.*9998 \(6 rows\)/);
		const { findings } = await doctor(path, { codebook: silent });
		expect(findings.map(({ code, column }) => [code, column])).toContainEqual([
			"undeclared-codes",
			"efficacy",
		]);
		expect((await ask(["efficacy=9998"])).estimates[0]?.n).toBe(114);
		expect((await ask(["efficacy=none"])).estimates[0]?.n).toBe(120);
	});

	test("a list whose separator is not the file's is an error, and free text in some cells is none", async () => {
		const last = (row: number) => ["a", "b", "c", `own ${row}`][row % 4];
		const rows = Array.from({ length: 20 }, (_, row) => ["a", "b", last(row)]);
		const lists = (mark: string) =>
			file(["Timestamp,What", ...rows.map((row) => `2025-01-01,"${row.join(mark)}"`), ""].join("\n"));
		const codebook = file((await codebooks.draft(lists(";"))).text, ".yaml");
		const codes = async (path: string) => [
			(await codebooks.check(path, codebook)).findings.map(({ code, rows }) => [code, rows]),
			(await doctor(path, { codebook })).findings.map(({ code, rows }) => [code, rows]),
		];
		expect(await codes(lists(";"))).toEqual([[], []]);
		expect(await codes(lists(", "))).toEqual([[["mostly-unlisted", 20]], [["mostly-unlisted", 20]]]);
	});

	test("NA is a code among codes of two letters, and a question elsewhere", async () => {
		const path = draftOf("iso,took,place", 80, (row) => [
			["KZ", "NA", "DE", "FR"][row % 4] as string,
			row % 3 ? "yes" : "no",
			["city", "village", "NA"][row % 3] as string,
		]);
		const { draft, codebook } = await drafted(path);
		expect(draft.text).toMatch(/codes: \[ NA \]/);
		expect(draft.text).toMatch(/# Taken for no value: NA\. Is that so[^\n]*\n\s+missing: \[ NA \]/);
		const { estimates } = await rates([path], { codebook, by: ["iso"] });
		expect(estimates.map(({ group }) => group.iso)).toContain("na");
	});

	test("a label keeps what stands before a bracket, where nothing else is asked of it", async () => {
		const { found } = await drafted(
			draftOf("Conf. [online],Visits [abroad]", 40, (row) => [
				row % 2 ? "yes" : "no",
				row % 3 ? "Checked" : "",
			]),
		);
		expect(Object.keys(found)).toEqual(["Conf. [online]", "Visits [abroad]"]);
	});

	test("schools are no sampling units before a question is answered, with strata or without; few are hidden", async () => {
		const alone = draftOf("school,took", 60, (row) => [`S${row % 6}`, row % 2 ? "yes" : "no"]);
		const { draft, codebook } = await drafted(alone);
		expect(draft.design).toBe("simple");
		expect(draft.text).toMatch(/# Were schools drawn, and teachers within them\?/);
		expect(draft.text).toContain("suppression: { teachers: 10, schools: 3, nonresponse: 100 }");
		const few = await rates([alone], { codebook, where: ["school=S1"] });
		expect(few.estimates[0]?.status).toBe("few-schools");
		const strata = draftOf("stratum,school,took", 60, (row) => [
			row % 2,
			`S${row % 6}`,
			row % 5 ? "yes" : "no",
		]);
		const { text } = await codebooks.draft(strata);
		expect(text).toMatch(/method: taylor\s+strata: stratum\n/);
		expect(text).not.toMatch(/^\s*psu:/m);
		expect(text).toMatch(/# Were schools drawn within the strata[\s#\S]*psu: school/);
	});

	test("REDCap with labels: boxes by their choices, forms by words", async () => {
		const path = draftOf(
			"Record ID,Kinds (choice=Courses),Kinds (choice=Visits),Took a course?,Complete?",
			40,
			(row) =>
				row % 4 === 3
					? [row, "Unchecked", "Unchecked", "", "Incomplete"]
					: [
							row,
							row % 2 ? "Checked" : "Unchecked",
							row % 3 ? "Checked" : "Unchecked",
							row % 2 ? "Yes" : "No",
							"Complete",
						],
		);
		const { found, draft } = await drafted(path);
		expect(draft.decisions).toEqual([expect.stringMatching(/^Complete\?: the 10 records with Incomplete /)]);
		expect(found.Courses?.[1]).toBe(30);
		expect(found.Visits?.[1]).toBe(30);
	});
});

describe("encodings", () => {
	const text = (words: readonly string[], encode: (text: string) => Buffer) =>
		file(
			encode(
				`ID;${words[0]}\n${words
					.slice(1)
					.map((word, row) => `${row};${word}\n`)
					.join("")}`,
			),
		);
	const table = (encoding: string) => {
		const decoder = new TextDecoder(encoding);
		const letters = Array.from({ length: 256 }, (_, byte) => decoder.decode(Uint8Array.of(byte)));
		return (words: string) => Buffer.from([...words].map((letter) => letters.indexOf(letter)));
	};
	test.each<[string, string, readonly string[]]>([
		["French", "windows-1252", ["Établissement", "Collège", "Lycée à Évry", "naïve"]],
		["Spanish", "windows-1252", ["Año", "Educación", "Niñez", "¿Sí?"]],
		["German", "windows-1252", ["Schulart", "Straße", "Förderschule", "Übung"]],
		["Polish", "windows-1250", ["Szkoła", "Gimnazjum imienia Żeromskiego", "Książka", "łódź"]],
		["Polish, at ends of words", "windows-1250", ["Przyjaźń", "Łódź", "są", "część"]],
		["Czech", "windows-1250", ["Škola", "Přírodověda", "Další vzdělávání učitelů", "dotazník"]],
		["Slovak", "windows-1250", ["Škola", "Učiteľ", "Vzdelávanie", "chuť"]],
		["Slovene and Croatian", "windows-1250", ["Šola", "Učitelj", "Vježba", "izobraževanje"]],
		["Hungarian", "windows-1250", ["Továbbképzés", "Felsőoktatás", "Középiskola", "igen"]],
		["Portuguese", "windows-1252", ["Formação", "Avaliações", "Escola básica", "Não"]],
		["Estonian", "windows-1252", ["Õpetaja", "Põhikool", "Täiendõpe", "Gümnaasium"]],
		["Danish and Norwegian", "windows-1252", ["Skole", "Læreruddannelse", "Ønsker", "på"]],
		["Italian", "windows-1252", ["Perché", "Sì", "Università", "è"]],
		["Swiss, in two languages", "windows-1252", ["École", "für", "août", "Öffentlich"]],
		["Finnish", "windows-1252", ["Täydennyskoulutus", "Opettaja", "Yläkoulu", "Åbo"]],
		["Russian", "windows-1251", ["Школа", "Гимназия № 1", "ё", "и"]],
		["Russian with English", "windows-1251", ["Вопрос TALIS", "Иванов’s", "курс online"]],
	])("%s is told as %s", async (_, encoding, words) => {
		const path = text(words, table(encoding));
		const { out } = await run(["convert", path, "-", "--to", "csv"]);
		for (const word of words) expect(out).toContain(word);
	});

	test("what cannot be told is said, in any encoding there is", async () => {
		const path = text(["Вопрос", "Да", "Нет"], table("koi8-r"));
		const { out } = await run(["convert", path, "-", "--to", "csv", "--encoding", "koi8-r"]);
		expect(out).toBe("ID,Вопрос\n0,Да\n1,Нет\n");
		const japanese = file(
			Buffer.from(
				"41,0,0x83,0x7c,0x0a,31,0x2c,0x83,0x7c"
					.split(",")
					.map((byte) => Number(byte.startsWith("0x") ? byte : `0x${byte}`)),
			),
		);
		const read = await run(["convert", japanese, "-", "--to", "csv", "--encoding", "shift_jis"]);
		expect(read.err + read.out).toContain("ポ");
	});

	test("an encoding that there is not is refused", async () => {
		const { code, err } = await run([
			"convert",
			file("A,B\n1,2\n"),
			"-",
			"--to",
			"csv",
			"--encoding",
			"klingon",
		]);
		expect([code, err]).toEqual([2, expect.stringMatching(/--encoding klingon is not an encoding/)]);
	});

	test("inspect says which was told", async () => {
		const path = text(["T3", "Grundschule", "Förderschule"], table("windows-1252"));
		const plain = file("ID;T3\n0;yes\n1;no\n2;yes\n3;no\n");
		const codebook = file((await codebooks.draft(plain)).text, ".yaml");
		const { remarks } = await inspect(path, { codebook });
		expect(remarks).toEqual([{ code: "encoding-told", encoding: "windows-1252" }]);
	});
});
