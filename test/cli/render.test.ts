import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FORMATS } from "../../src/present/index.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

let folder: string;
let saved: string;

beforeAll(async () => {
	folder = temporaryFolder();
	saved = join(folder, "results.json");
	expect((await run(["rates", SAMPLE, "--by", "gender", "--format", "json", "--out", saved])).code).toBe(0);
});

test("a table from saved results is the one the command makes, in any language", async () => {
	for (const lang of ["en", "kk", "ru"]) {
		const made = await run(["rates", SAMPLE, "--by", "gender", "--lang", lang]);
		expect(await run(["render", saved, "--lang", lang])).toEqual(made);
	}
	const piped = await run(["render", "-"], { stdin: readFileSync(saved, "utf8") });
	expect(piped.out).toBe((await run(["render", saved])).out);
});

test("a chart from saved results is the one the command makes", async () => {
	const [one, two] = [join(folder, "one.vl.json"), join(folder, "two.vl.json")];
	await run(["rates", SAMPLE, "--by", "gender", "--lang", "kk", "--chart", one]);
	await run(["render", saved, "--lang", "kk", "--chart", two]);
	expect(readFileSync(two, "utf8")).toBe(readFileSync(one, "utf8"));
});

test("help names every format, and every format can be asked for", async () => {
	const help = (await run(["render", "--help"])).out.replace(/\s+/g, " ");
	for (const format of FORMATS) {
		expect(help).toContain(format);
		const file = join(folder, `table-${format}`);
		expect(await run(["render", saved, "--format", format, "--out", file, "--quiet"])).toMatchObject({
			code: 0,
		});
		expect(readFileSync(file).length).toBeGreaterThan(100);
	}
});

test.each([
	[["--wide"], "table has no wide layout — use --format csv or xlsx"],
	[["--keys", "oced", "--format", "csv"], "keys"],
	[["--format", "xlsx"], "xlsx is not text that can be printed — say --out FILE.xlsx"],
	[["--format", "pdf"], 'there is no format "pdf"'],
	[["--lang", "de"], "lang"],
	[["--codebook", "nowhere"], 'there is no codebook "nowhere"'],
	[["--out", "RESULTS"], "is an input"],
])("refuses %j", async (options, message) => {
	const { code, out, err } = await run([
		"render",
		saved,
		...options.map((one) => (one === "RESULTS" ? saved : one)),
	]);
	expect([code, out]).toEqual([2, ""]);
	expect(err).toContain(message);
});

test.each([
	["{", "is no JSON"],
	["{}", "names no schema"],
	['{"schema":"talis-pd/results@1","estimates":[{}]}', "estimates.0.topic"],
	['{"schema":"talis-pd/results@1","estimates":[],"comparisons":[{}]}', "comparisons.0.topic"],
	['{"schema":"talis-pd/results@1","estimates":[],"labels":{"topics":3}}', "labels.topics"],
])("refuses the file %s and writes nothing", async (content, message) => {
	const file = join(folder, "broken.json");
	writeFileSync(file, content);
	const before = readdirSync(folder);
	const { code, err } = await run(["render", file, "--out", join(folder, "never.csv")]);
	expect(code).toBe(2);
	expect(err).toContain(message);
	expect(readdirSync(folder)).toEqual(before);
});

test("OECD's names are refused where the codebook has none", async () => {
	const results = { ...JSON.parse(readFileSync(saved, "utf8")), codebook: { id: "my-own" } };
	const { code, err } = await run(["render", "-", "--keys", "oecd", "--format", "csv"], {
		stdin: JSON.stringify(results),
	});
	expect(code).toBe(2);
	expect(err).toContain('the codebook my-own does not say how "oecd" calls columns');
});
