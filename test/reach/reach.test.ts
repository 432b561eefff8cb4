import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chartSpec, renderSvg } from "../../src/chart/index.js";
import { reach, readResults } from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";
import { file } from "../support/survey.js";

const sample = join(root, "data/samples/synthetic-administrative-counts.csv");
const kazakhstan = join(root, "data/samples/administrative-counts-kazakhstan.csv");

const shares = async (path: string, spec = {}) =>
	(await reach(path, spec)).estimates.filter(({ statistic }) => statistic === "percent");

describe("shares", () => {
	test("trained of eligible by programme and year, and the change since the year before", async () => {
		const rows = await shares(sample);
		expect(rows.map(({ item, group, n }) => [item, group.year, n])).toEqual([
			["renewed-content-of-education", "2016", 324500],
			["renewed-content-of-education", "2017", 327900],
			["renewed-content-of-education", "2018", 331200],
			["digital-skills", "2017", 327900],
			["digital-skills", "2018", 331200],
			["inclusive-education", "2016", 324500],
			["inclusive-education", "2018", 331200],
		]);
		expect(rows[0]?.estimate).toBe((100 * 62140) / 324500);
		expect(rows[1]?.change).toBe((100 * 158300) / 327900 - (100 * 62140) / 324500);
		expect(rows[6]).toMatchObject({ since: "2016" });
		expect(rows[0]).not.toHaveProperty("change");
		for (const { se, ciLow, df } of rows) expect([se, ciLow, df]).toEqual([null, null, null]);
	});

	test("a published share stands in for the number of eligible teachers, and a note says so", async () => {
		const { estimates, notes } = await reach(kazakhstan);
		expect(estimates).toMatchObject([
			{ statistic: "percent", estimate: 78, n: null, group: { year: "2016-2018" } },
			{ statistic: "count", estimate: 256215 },
		]);
		expect(notes.map(({ code }) => code)).toEqual(["no-sampling-error", "share-published"]);
	});

	test.each([
		["program;year;trained;eligible", "en"],
		["Бағдарлама;Жылы;Оқытылған мұғалімдер;Барлық мұғалімдер", "kk"],
		["Программа;Год;Обучено;Всего учителей", "ru"],
		["Course,Period,Teachers trained,Eligible teachers", "en"],
	])("columns are known by %s", async (header) => {
		const mark = header.includes(";") ? ";" : ",";
		const row = ["Цифр", "2018", "50", "200"].join(mark);
		expect((await shares(file(`${header}\n${row}\n`)))[0]?.estimate).toBe(25);
	});

	test("columns of any name by --columns, thousands parted by blanks", async () => {
		const path = file("a;b;c;d\nX;2018;256 215;328\u00a0481\n");
		const columns = ["program=a,year=b,trained=c,eligible=d"];
		expect((await shares(path, { columns }))[0]?.estimate).toBe((100 * 256215) / 328481);
	});
});

describe("what cannot be is refused in a sentence with its place", () => {
	const counts = (...rows: string[]) => file(`program,year,trained,eligible,share\n${rows.join("\n")}\n`);
	test.each([
		["A,2018,201,200,", /line 2, column trained: 201 teachers are trained and only 200 eligible/],
		["A,2018,0,0,", /line 2, column eligible: is zero/],
		["A,2018,ten,200,", /line 2, column trained: "ten" is no number of teachers/],
		["A,2018,-5,200,", /"-5" is no number of teachers/],
		["A,2018,1.5,200,", /"1\.5" is no number of teachers/],
		["A,2018,5,,", /line 2, column eligible: is empty/],
		["A,18,5,200,", /line 2, column year: "18" is no year/],
		[",2018,5,200,", /line 2, column program: is empty/],
		["A,2018,5,,120", /"120" is no percentage/],
		["A,2018,5,200,70", /is 70, but 5 of 200 is 2\.5/],
	])("%s", async (row, sentence) => {
		const { code, out, err } = await run(["reach", counts(row)]);
		expect([code, out]).toEqual([2, ""]);
		expect(err).toMatch(sentence);
		expect(err.trim().split("\n")).toHaveLength(1);
	});

	test("a programme twice in a year, a column that is not there or could be two", async () => {
		const twice = await run(["reach", counts("A,2018,5,200,", "a,2018,6,200,")]);
		expect(twice).toMatchObject({ code: 2 });
		expect(twice.err).toMatch(/line 3, column program: "a" is there twice for 2018, first on line 2/);
		expect((await run(["reach", file("program,year,trained\nA,2018,5\n")])).err).toMatch(
			/no column for eligible/,
		);
		const two = await run(["reach", file("program,year,trained,retrained,eligible\nA,2018,5,5,9\n")]);
		expect([two.code, two.err]).toEqual([2, expect.stringMatching(/several columns could be trained/)]);
		expect((await run(["reach", sample, "--columns", "programme=x"])).code).toBe(2);
	});
});

test("columns go by their names in Kazakh and Russian, and years may be school years", async () => {
	const rows = "Жаңартылған мазмұн;2017/2018;256 215;328 481\n";
	for (const head of [
		"Бағдарлама;Оқу жылы;Оқытылған мұғалімдер;Барлық мұғалімдер",
		"Программа;Учебный год;Обучено учителей;Всего учителей",
	]) {
		const { estimates } = await reach(file(`${head}\n${rows}`));
		expect(estimates[0]?.estimate).toBeCloseTo(78, 1);
		expect(estimates[0]?.group).toEqual({ year: "2017/2018" });
	}
});

test("a file of a survey is refused without all of its columns", async () => {
	const { code, err } = await run(["reach", SAMPLE]);
	expect([code, err.length < 300]).toEqual([2, true]);
	expect(err).toMatch(/has no column for program — it has SYNTHETIC, CNTRY.*, …; say which one/);
});

describe("shown", () => {
	test("every format says that there is no sampling error, in three languages", async () => {
		for (const language of ["en", "kk", "ru"] as const) {
			const results = await reach(sample, { language });
			const locale = loadLocale(language);
			for (const format of ["table", "markdown", "json"]) {
				const text = renderText(format, results, { locale, width: 80, color: false });
				expect(text.replace(/\s+/g, " ")).toContain(locale.text("note.no-sampling-error"));
				expect(text).toContain(locale.text("note.synthetic-data"));
			}
		}
		const csv = renderText("csv", await reach(sample), { locale: loadLocale("en"), width: 80, color: false });
		expect(csv.split("\n")).toHaveLength(16);
		expect(csv).toContain("29.127452984416404,2016,ok,yes");
	});

	test("the table has counts, share and change", async () => {
		const { out } = await run(["reach", sample]);
		expect(out).toMatch(/2017 +158,300 +327,900 +48\.3 +\+29\.1/);
	});

	test("as a chart from 0 to 100 % without intervals, and as JSON that is read back", async () => {
		const results = await reach(sample);
		const spec = chartSpec(results, { locale: loadLocale("en") });
		expect(JSON.stringify(spec)).not.toMatch(/"mark":\{"type":"(rule|errorbar)"/);
		const svg = await renderSvg(spec);
		expect(svg).toContain("76.6%");
		expect(svg).toContain("Digital skills");
		const path = join(temporaryFolder(), "reach.json");
		expect((await run(["reach", sample, "--out", path])).code).toBe(0);
		expect(readResults(path).estimates).toEqual(JSON.parse(JSON.stringify(results.estimates)));
	});
});
