import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { EXAMPLES } from "../../src/cli/examples.js";
import { terminalWidth } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { leavesOf } from "../../src/cli/manners.js";
import { createProgram } from "../../src/cli/program.js";
import { root } from "../support/golden.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

const io = { stdin: process.stdin, stdout: { write() {} }, stderr: { write() {} }, env: {} };
const leaves = leavesOf(createProgram(io));
const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const sample = (name: string) => join(root, "data/samples", name);

beforeAll(async () => {
	cpSync(SAMPLE, at("teachers.csv"));
	cpSync(sample("synthetic-talis-2024.csv"), at("countries.csv"));
	cpSync(sample("administrative-counts-kazakhstan.csv"), at("counts.csv"));
	cpSync(sample("synthetic-national-pd-survey.csv"), at("my-survey.csv"));
	cpSync(join(root, "data/codebooks/national-pd-survey.yaml"), at("my-survey.yaml"));
	const results = await run(["rates", at("teachers.csv"), "--format", "json"]);
	for (const name of ["results.json", "others.json"]) writeFileSync(at(name), results.out);
	const config = `title: { en: Small }\ndata: [${at("teachers.csv")}]\ntopics: [activities]\n`;
	writeFileSync(at("report.yaml"), config);
}, 60_000);

/** The words of a line, files in a folder of their own. */
function wordsOf(line: string): string[] {
	const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
		([, quoted, plain]) => quoted ?? (plain as string),
	);
	const isFile = (word: string) =>
		/^[\w-]+\.(csv|csv\.gz|json|yaml|xlsx|svg|png|pdf|html|md|tex|parquet)$/.test(word);
	return words.slice(1).map((word) => (isFile(word) || ["report", "demo"].includes(word) ? at(word) : word));
}

describe("--help", () => {
	test.each([...leaves.keys()])("%s ends with three examples", async (path) => {
		expect(EXAMPLES[path] ?? [], `add examples of ${path} to src/cli/examples.ts`).toHaveLength(3);
		const { out, code } = await run([...path.split(" "), "--help"]);
		expect(code).toBe(0);
		expect(
			out
				.trimEnd()
				.split("\n")
				.slice(-3)
				.map((line) => line.trim()),
		).toEqual(EXAMPLES[path]);
	});

	test.each(["en", "kk", "ru"])("fits on a terminal of 80 columns in %s", async (language) => {
		for (const path of ["", "codebook", ...leaves.keys()]) {
			const { out } = await run([...path.split(" ").filter(Boolean), "--help", "--lang", language]);
			expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
		}
	});

	test("there are no examples of what there is not", () => {
		expect(Object.keys(EXAMPLES).filter((path) => !leaves.has(path))).toEqual([]);
	});

	test("options stand under headings", async () => {
		const { out } = await run(["rates", "--help"]);
		for (const heading of ["Question:", "Teachers and groups:", "Method:", "Output:"]) {
			expect(out).toContain(heading);
		}
		expect(out).not.toMatch(/^Options:/m);
	});

	test.each([...leaves])("every option of %s that takes a value says its default", (_, leaf) => {
		const silent = leaf.options.filter(
			({ description, flags, defaultValue, mandatory }) =>
				/[<[]/.test(flags) && !mandatory && defaultValue === undefined && !description.includes("default"),
		);
		expect(silent.map(({ flags, description }) => `${flags}: ${description}`)).toEqual([]);
	});
});

describe("examples", () => {
	const lines = Object.entries(EXAMPLES).flatMap(([, own]) => own);
	const gate = /--strict|--fail-on|^talis-pd (protect|selftest)/;

	test.each(lines)(
		"%s",
		async (line) => {
			const [command = "", ...rest] = wordsOf(line);
			const words =
				command === at("report")
					? ["report", ...rest]
					: command === at("demo")
						? ["demo", ...rest]
						: [command, ...rest];
			// What is drafted is never written over what is there.
			const isInit = /^talis-pd (report|codebook) init/.test(line);
			const drafted = /^(report|my-survey)\.yaml$/;
			const own = isInit
				? words.map((word) => (drafted.test(basename(word)) ? at(`${lines.indexOf(line)}.yaml`) : word))
				: words;
			const named =
				line.startsWith("talis-pd report init") && own.length === 2 ? [...own, at("new.yaml")] : own;
			const all = line === "talis-pd demo" ? [...named, "--out", at("demo")] : named;
			const { code, err } = await run(all);
			expect(gate.test(line) ? [0, 3] : [0], `${all.join(" ")}\n${err}`).toContain(code);
		},
		60_000,
	);
});

describe("help WORD", () => {
	test("a command's help, or all that is about a word", async () => {
		expect((await run(["help", "rates"])).out).toBe(
			(await run(["rates", "--help"])).out.split("\nExamples:")[0],
		);
		expect((await run(["help", "codebook", "check"])).out).toContain("talis-pd codebook check");
		const { out } = await run(["help", "suppress"]);
		expect(out).toMatch(/^Options\n {2}--suppress <rule> +talis/m);
		expect((await run(["help", "--suppress"])).out).toBe(out);
		expect((await run(["help", "xyzzy"])).code).toBe(2);
	});

	test.each([
		["ict", /^Items\n(?: {2}.*\n)* {2}needs:ict +\S/m],
		["barriers", /^Topics\n {2}barriers +\S/m],
		["gender", /^Groups\n {2}gender +Gender/m],
		["design effect", /^Terms\n {2}design effect +\S/m],
		["TT3G22G", /^Items\n {2}activities:\S+ +\S/m],
	])("%s: groups, topics, items and terms of the field, too", async (word, found) => {
		const { out } = await run(["help", ...word.split(" ")]);
		expect(out).toMatch(found);
		for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
	});

	test("words in another language find what is said in it", async () => {
		expect((await run(["help", "салмақ", "--lang", "kk"])).out).toMatch(
			/^Терминдер\n(?: {2}.*\n)* {2}салмақ +\S/m,
		);
	});

	test("-v is the version", async () => {
		expect((await run(["-v"])).out).toBe((await run(["--version"])).out);
	});
});

describe("--json-errors", () => {
	const record = async (...argv: string[]) => {
		const { err, code } = await run([...argv, "--json-errors"]);
		return {
			code,
			lines: err
				.trimEnd()
				.split("\n")
				.map((line) => JSON.parse(line) as Record<string, unknown>),
		};
	};

	test("each error is one line, with its place", async () => {
		writeFileSync(at("odd.csv"), "CNTRY,IDSCHOOL\nKAZ,1\n");
		const wrong = await record("rates", SAMPLE, "--by", "gendr");
		expect(wrong).toEqual({
			code: 2,
			lines: [
				{ code: "question", message: 'there is no group or column "gendr"', hint: "did you mean gender?" },
			],
		});
		const absent = await record("rates", at("absent.csv"));
		expect(absent.lines).toEqual([expect.objectContaining({ code: "file", file: at("absent.csv") })]);
		const option = await record("rates", SAMPLE, "--tpic", "needs");
		expect(option.lines).toEqual([
			expect.objectContaining({ code: "option", hint: "did you mean --topic?" }),
		]);
	});

	test("names line and column", async () => {
		const [header = "", ...rows] = (await import("node:fs")).readFileSync(SAMPLE, "utf8").split("\n");
		const place = header.split(",").indexOf("TT3G22A");
		const row = (rows[0] ?? "").split(",").map((cell, index) => (index === place ? "5" : cell));
		writeFileSync(at("code.csv"), [header, row.join(","), ...rows.slice(1)].join("\n"));
		const { lines } = await record("rates", at("code.csv"));
		expect(lines).toEqual([expect.objectContaining({ code: "data", line: 2, column: "TT3G22A" })]);
	});

	test.each([...leaves.keys()].filter((path) => path !== "help"))("%s has it", async (path) => {
		const { lines, code } = await record(...path.split(" "), "--no-such-option");
		expect(code).toBe(2);
		expect(lines).toEqual([expect.objectContaining({ code: "option" })]);
	});
});

describe("--verbose and --quiet", () => {
	test("decisions and times go to stderr, results stay what they are", async () => {
		const asked = ["rates", SAMPLE, "--item", "coaching"];
		const [plain, verbose] = [await run(asked), await run([...asked, "--verbose"])];
		expect(verbose.out).toBe(plain.out);
		expect(plain.err).toBe("");
		expect(verbose.err).toMatch(/read and computed: \d+\.\d\d s/);
		expect(verbose.err).toContain("codebook talis-2018-teacher 1.0.0: told from the columns");
		expect(verbose.err).toContain("design: weight TCHWGT, method fay-brr, replicates 100");
		expect(verbose.err).toMatch(/2000 rows, SHA-256 [0-9a-f]{64}/);
		expect(verbose.err).toMatch(/rows used: \d+\n/);
		expect(verbose.err).toMatch(/1\.0\.0: told from the columns; rules [0-9a-f]{64}/);
		expect(verbose.err).toMatch(/counted as missing: .*omitted \[.*"9"/);
	});

	test("quiet says nothing of what was written", async () => {
		const asked = ["rates", SAMPLE, "--item", "coaching", "--out", at("quiet.csv")];
		expect((await run(asked)).err).toContain("wrote");
		expect((await run([...asked, "--quiet"])).err).toBe("");
		expect((await run([...asked, "--json-errors"])).err).toBe("");
	});
});

describe("what people type", () => {
	test.each([
		["--country ITA", "--where country=ITA"],
		["--country=ITA", "--where country=ITA"],
		["--group gender", "--by"],
		["--language kk", "--lang"],
		["--topics needs", "--topic"],
	])("%s is answered", async (typed, answer) => {
		const { err, code } = await run(["rates", SAMPLE, ...typed.split(" ")]);
		expect(code).toBe(2);
		expect(err).toContain(answer);
	});

	test.each([
		[["rates", SAMPLE, "--variable", "coaching"], "did you mean --item?"],
		[["rates", SAMPLE, "--csv"], "did you mean --format csv?"],
		[["published", "--year", "2018"], "did you mean --cycle?"],
		[["rates", SAMPLE, "--frob"], "talis-pd rates --help shows what there is"],
		[["codebook", "list", "--frob"], "talis-pd codebook list --help shows what there is"],
		// Only options that the command has are proposed.
		[["doctor", SAMPLE, "--country", "ITA"], "talis-pd doctor --help shows what there is"],
		[["frob"], "talis-pd --help shows what there is"],
		[["rates", SAMPLE, "--where", "country=KAZ and gender=female"], "give each with --where of its own"],
		[["rates", SAMPLE, "--where", "gender=female&age>30"], "is more than one condition"],
	])("%j is answered with what to do", async (argv, answer) => {
		const { err, code } = await run(argv);
		expect([code, err]).toEqual([2, expect.stringContaining(answer)]);
	});

	test("topics in Russian, groups by other words", async () => {
		const { out, code } = await run([
			"rates",
			SAMPLE,
			"--topic",
			"Темы обучения",
			"--by",
			"sex",
			"--lang",
			"ru",
		]);
		expect(code).toBe(0);
		expect(out).toContain("Женщины");
	});

	test("LANG=kk_KZ speaks Kazakh on a terminal", async () => {
		const { out } = await run(["rates", SAMPLE], { tty: true, env: { LANG: "kk_KZ.UTF-8" } });
		expect(out).toContain("Есептеу негізі");
	});
});

describe("tables", () => {
	test("are as wide and laid out as asked", async () => {
		const asked = ["rates", at("countries.csv"), "--topic", "activities"];
		const rows = await run([...asked, "--layout", "rows", "--width", "60"]);
		expect(rows.out).toMatch(/^Country, % \(SE\)/m);
		expect(Math.max(...rows.out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
		const { out, code } = await run([...asked, "--layout", "long"]);
		expect(code).toBe(0);
		expect(out.match(/95% CI/g)).toHaveLength(4);
	});

	test.each([
		[
			["rates", "--width", "3"],
			'--width: "3" is not a number of columns — say a whole number from 40 to 1000',
		],
		[["rates", "--layout", "heap"], "layout"],
		[["rates", "--layout", "rows", "--format", "csv"], "--layout is for tables, not for csv"],
		[["gaps", "--layout", "rows"], "--layout arranges percentages, and these results have none"],
		[["rates", "--labels"], "--labels is for data, not for table"],
		[["rates", "--labels", "--wide", "--format", "csv"], "--labels does not go with --wide"],
		[["rates", "--sizes"], "--sizes goes with --wide"],
		[["rates", "--provenance", "--format", "json"], "--provenance is for csv; json always says"],
		[["rates", "--open"], "--open shows a file, and none is written"],
	])("%j is refused", async ([command = "", ...options], said) => {
		const { code, err } = await run([command, at("teachers.csv"), ...options]);
		expect(code).toBe(2);
		expect(err).toContain(said);
	});

	test("have names beside codes, and n in wide data, where that is asked for", async () => {
		const asked = ["rates", at("teachers.csv"), "--item", "coaching", "--by", "gender", "--format", "csv"];
		const [head, first] = (await run([...asked, "--labels"])).out.split("\n");
		expect(head).toMatch(/,topic_label,base_label,country_label,gender_label$/);
		expect(first).toMatch(/,all teachers,Kazakhstan,Female$/);
		const [names, values] = (await run([...asked, "--wide", "--sizes"])).out.split("\n");
		expect(names?.split(",").at(-2)).toBe("activities:peer-coaching % n");
		expect(values?.split(",").at(-2)).toBe("1504");
	});

	test("say in csv what they are made from, where that is asked for, and are the same rows", async () => {
		const asked = ["rates", at("teachers.csv"), "--item", "coaching", "--format", "csv"];
		const plain = Papa.parse<string[]>((await run(asked)).out, { skipEmptyLines: true }).data;
		const { out } = await run([...asked, "--provenance"]);
		const rows = Papa.parse<string[]>(out, { skipEmptyLines: true }).data;
		expect(rows.map((row) => row.slice(0, -1))).toEqual(plain);
		expect(rows[0]?.at(-1)).toBe("provenance");
		const made = JSON.parse(rows[1]?.at(-1) as string);
		expect(made["source.0.sha256"]).toMatch(/^[0-9a-f]{64}$/);
		expect(made["codebook.id"]).toBe("talis-2018-teacher");
		expect(made["design.method"]).toBeDefined();
	});

	test("are drawn again of some topics and items alone", async () => {
		const rows = (text: string) => text.split("\n").filter((line) => line.includes("█"));
		const { out } = await run(["render", at("results.json"), "--item", "coaching,focus:ict"]);
		expect(rows(out)).toHaveLength(2);
		const topic = await run(["render", at("results.json"), "--topic", "focus", "--format", "csv"]);
		expect(
			new Set(
				topic.out
					.trimEnd()
					.split("\n")
					.slice(1)
					.map((line) => line.split(",")[0]),
			),
		).toEqual(new Set(["focus"]));
		for (const [options, said] of [
			[["--topic", "focu"], 'these results have no topic "focu" — did you mean focus?'],
			[["--topic", "focus", "--item", "coaching"], "no row is both of --topic and of --item"],
			[["--topic", "focus", "--format", "json"], "results in JSON are kept whole"],
		] as const) {
			const { code, err } = await run(["render", at("results.json"), ...options]);
			expect([code, err]).toEqual([2, expect.stringContaining(said)]);
		}
	});

	test.each([
		[["--out", "a.csv", "--out", "b.csv"], '--out is given twice, with "a.csv" and "b.csv"'],
		[["--chart", "a.svg", "--chart=b.png"], '--chart is given twice, with "a.svg" and "b.png"'],
		[["--theme", "dark", "--theme", "print"], '--theme is given twice, with "dark" and "print"'],
		[["--chart", "a.svg,b.png"], '--chart "a.svg,b.png" names two files'],
		[["--out", "a.csv, b.json"], '--out "a.csv, b.json" names two files'],
	])("of one value are given once: %j", async (options, said) => {
		const { code, out, err } = await run(["rates", SAMPLE, ...options]);
		expect([code, out, err]).toEqual([
			2,
			"",
			`talis-pd: ${said} — name one, and run the command again for another\n`,
		]);
	});

	test("given twice with the same value are given once", async () => {
		const { code } = await run(["published", "--list", "--format", "json", "--format", "json"]);
		expect(code).toBe(0);
	});

	test("of what is published can be listed", async () => {
		const { out } = await run(["published", "--list"]);
		expect(out).toMatch(/^focus:pedagogy +55 .*Pedagogical/m);
		for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
		const list = JSON.parse((await run(["published", "--list", "--topic", "focus", "--format", "json"])).out);
		expect(list[0]).toMatchObject({ topic: "focus", item: "subject", systems: 55 });
		expect(out).toMatch(/^Odds ratios: talis-pd published --list --statistic odds-ratio$/m);
		const ratios = await run(["published", "--list", "--statistic", "odds-ratio"]);
		expect(ratios.out).toMatch(/^needs:ai +55 .*Artificial intelligence in$/m);
	});

	test("of a country without figures is not taken for a slip of the pen", async () => {
		const { code, err } = await run(["published", "--country", "RUS"]);
		expect([code, err]).toEqual([
			2,
			expect.stringContaining('"RUS" — it has none in the tables of this cycle'),
		]);
		expect((await run(["published", "--country", "KZA"])).err).toContain("did you mean KAZ?");
	});

	test("a column whose name has a comma is proposed by its key", async () => {
		const rows = Array.from({ length: 40 }, (_, row) => `${row % 3 ? "Yes" : "No"},${22 + row}`);
		writeFileSync(at("comma.csv"), ['Coaching,"Age, in years"', ...rows, ""].join("\n"));
		await run(["codebook", "init", at("comma.csv"), "--out", at("comma.yaml")]);
		const model = ["model", at("comma.csv"), "--codebook", at("comma.yaml"), "--outcome", "coaching"];
		expect((await run([...model, "--predict", "Age, in years"])).err).toContain("did you mean age-in-years?");
		expect((await run([...model, "--predict", "age-in-years"])).err).not.toContain("no group or column");
	});
});

describe("a terminal", () => {
	const shown = (argv: string[], rows: number, pager = "sed s/^/-/") => {
		const pages = at("paged");
		let direct = "";
		return main(argv, {
			stdin: process.stdin,
			stdout: { write: (text) => (direct += text), isTTY: true, columns: 80, rows },
			stderr: { write() {} },
			env: { ...process.env, PAGER: `${pager} > "${pages}"`, TERM: "xterm" },
		}).then(() => ({ direct, paged: existsSync(pages) ? readFileSync(pages, "utf8") : "" }));
	};
	const list = ["published", "--list", "--topic", "focus", "--lang", "en"];

	test.skipIf(process.platform === "win32")(
		"gets a long text through a pager, and a short one at once",
		async () => {
			const long = await shown(list, 5);
			expect([long.direct, long.paged]).toEqual(["", expect.stringMatching(/^-Teachers .*\n(-.*\n)+$/)]);
			rmSync(at("paged"));
			for (const { direct, paged } of [
				await shown(list, 500),
				await shown([...list, "--no-pager"], 5),
				await shown(list, 5, "no-such-pager-anywhere"),
			]) {
				expect(direct).toMatch(/^Teachers/);
				expect(paged).toBe("");
			}
		},
	);
});

test.skipIf(process.platform !== "linux")("--open shows what was written", async () => {
	writeFileSync(at("xdg-open"), `#!/bin/sh\necho "$1" > "${at("opened")}"\n`, { mode: 0o755 });
	const argv = ["rates", at("teachers.csv"), "--item", "coaching", "--chart", at("open.html"), "--open"];
	const env = { PATH: `${folder}:${process.env.PATH}` };
	expect(await run(argv, { env })).toMatchObject({ code: 0 });
	await expect.poll(() => existsSync(at("opened"))).toBe(true);
	await expect.poll(() => readFileSync(at("opened"), "utf8")).toBe(`${at("open.html")}\n`);
	writeFileSync(at("xdg-open"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
	const refused = await run(argv, { env });
	expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("xdg-open could not open it") });
	const none = await run(argv, { env: { PATH: "/nowhere" } });
	expect(none).toMatchObject({
		code: 2,
		err: expect.stringContaining("there is no xdg-open that could open it"),
	});
});

test.each([undefined, 0])("a terminal that says it has %s columns is taken for one of 80", (columns) => {
	expect(terminalWidth({ write: () => true, columns })).toBe(80);
});
