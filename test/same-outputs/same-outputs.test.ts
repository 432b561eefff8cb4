import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/golden.js";
import { documentedLines, linesOf, wordsOf } from "./command-lines.mjs";
import { differencesOf } from "./differences.mjs";
import { differingFigures } from "./figures.mjs";

describe("command lines of the documents", () => {
	test("stand in blocks of code, after a prompt, and whole in sentences", () => {
		const text = [
			"Type `talis-pd rates a.csv",
			"--by GROUP`, not `talis-pd rates`, and see `talis-pd rates --help`.",
			"```sh",
			"npm install && npm run demo",
			'node bin/talis-pd.js rates "data/*.csv" --where "experience<=5"   # a comment',
			"$ talis-pd gaps a.csv#1",
			"talis-pd: no command line",
			"```",
			"talis-pd means a.csv",
		].join("\n");
		expect(linesOf(text)).toEqual([
			{ number: 1, args: ["rates", "a.csv", "--by", "GROUP"] },
			{ number: 4, args: ["demo"] },
			{ number: 5, args: ["rates", "data/*.csv", "--where", "experience<=5"] },
			{ number: 6, args: ["gaps", "a.csv#1"] },
		]);
	});

	test("lose their quotation marks and comments", () => {
		expect(wordsOf(`a 'b c' --d="e f" # g`)).toEqual(["a", "b c", "--d=e f"]);
	});

	test("use every command there is", () => {
		const commands = readdirSync(join(root, "src/cli/commands")).map((file) => file.replace(".ts", ""));
		const used = new Set(documentedLines(root).map(({ args }) => args[0]));
		expect(commands.filter((command) => !used.has(command))).toEqual([]);
	});
});

describe("outputs of two builds", () => {
	const bytes = (files: Record<string, string>) =>
		new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
	const results = (more: object) =>
		JSON.stringify({ schema: "talis-pd/results@1", ...more, estimates: [] }, null, 2);
	const compared = (before: Record<string, string>, after: Record<string, string>) =>
		differencesOf(bytes(before), bytes(after));

	test("are the same where all bytes are", () => {
		expect(compared({ stdout: "a", "b.csv": "c" }, { stdout: "a", "b.csv": "c" })).toEqual({
			differences: [],
			excused: 0,
		});
	});

	test.each([
		["a byte", { "a.csv": "x,1.0" }, { "a.csv": "x,1.1" }, "a.csv differs at byte 5"],
		["a blank in data", { "a.csv": "x  y" }, { "a.csv": "x y" }, "a.csv differs at byte 3"],
		["a blank in print where there was none", { "a.md": "xy" }, { "a.md": "x y" }, "a.md differs at byte 2"],
		["a word on the terminal", { stdout: "x y" }, { stdout: "x  z" }, "stdout differs"],
		["a file more", {}, { "a.csv": "" }, "a.csv is new"],
		["a file less", { "a.csv": "" }, {}, "a.csv is missing"],
		[
			"a number in results",
			{ "r.json": results({ n: 1 }) },
			{ "r.json": results({ kind: "rates", n: 2 }) },
			"r.json",
		],
		[
			"a kind elsewhere",
			{ "r.json": results({ a: {} }) },
			{ "r.json": results({ a: { kind: 1 } }) },
			"r.json",
		],
	])("differ by %s", (_, before, after, message) => {
		const { differences, excused } = compared(before, after);
		expect(differences).toEqual([expect.stringContaining(message)]);
		expect(excused).toBe(0);
	});

	test("may differ by the kind of results, and by hashes of what differs so", () => {
		const hash = (text: string) => createHash("sha256").update(text).digest("hex");
		const [old, now] = [results({}), results({ kind: "rates" })];
		const manifest = (text: string) => `a ${hash(text)}`;
		const of = (text: string) => ({
			"a-hash-of-hashes": hash(manifest(text)),
			manifest: manifest(text),
			"r.json": text,
		});
		expect(compared(of(old), of(now))).toEqual({ differences: [], excused: 3 });
		expect(compared(of(old), { ...of(now), manifest: manifest("x") }).differences).toHaveLength(2);
	});

	test("may differ by blanks in print that are more than one, or do not break", () => {
		const [before, after] = ["5.1  (2.4), 95 %", "5.1 (2.4), 95\u00a0%"];
		expect(compared({ "a.html": before }, { "a.html": after })).toEqual({ differences: [], excused: 1 });
	});

	test("may differ by blanks on a terminal", () => {
		expect(compared({ stdout: "a   b \n\nc" }, { stdout: "a b\nc\n" })).toEqual({
			differences: [],
			excused: 1,
		});
	});
});

describe("figures of two builds", () => {
	const row = { topic: "a", item: "b", statistic: "percent", group: {}, estimate: 50, se: 2, status: "ok" };
	const results = (more: object) => JSON.stringify({ schema: "talis-pd/results@1", ...more });
	const found = (name: string, before: string, after: string) =>
		differingFigures(new Map([[name, before]]), new Map([[name, after]]));
	const inJson = (old: object, now: object) =>
		found("stdout", results({ estimates: [old] }), results({ estimates: [now] }));

	test("are the same whatever else is said, and whatever a row says more", () => {
		const now = { ...row, group: { country: "KAZ" }, label: "c", df: 5 };
		expect(inJson({ ...row, label: "d" }, now)).toEqual({
			differences: [],
			figures: 3,
			near: 0,
			rows: 1,
			added: 0,
		});
	});

	test.each([
		["a figure", { se: 3 }, "stdout estimates se: 1 of 1 differ: a b percent: 2 became 3"],
		["a figure that is hidden", { se: null }, "se: 1 of 1 differ: a b percent: 2 became null"],
		["a status", { status: "few-teachers" }, "status: 1 of 1 differ: a b percent: ok became few-teachers"],
		["a row that is gone", { item: "c" }, "stdout estimates: 1 of 1 rows are gone: a b percent"],
	])("differ by %s", (_, change, message) => {
		expect(inJson(row, { ...row, ...change }).differences).toEqual([expect.stringContaining(message)]);
	});

	test("may differ in their last digits, which are counted", () => {
		expect(inJson(row, { ...row, se: 2.0000000000000004 })).toMatchObject({ differences: [], near: 1 });
		expect(inJson(row, { ...row, se: 2.00000000001 })).toMatchObject({ differences: [expect.any(String)] });
	});

	test("within a row are told apart by whose they are", () => {
		const model = (estimate: number) =>
			results({
				models: ["x", "y"].map((outcome) => ({
					outcome,
					coefficients: [{ term: "age", estimate: outcome === "y" ? estimate : 1 }],
				})),
			});
		expect(found("stdout", model(1), model(2)).differences).toEqual([
			"stdout models.coefficients estimate: 1 of 2 differ: y age: 1 became 2",
		]);
	});

	test("of CSV are paired by what stands before them, also where that is a code", () => {
		const old = "topic,item,location,statistic,estimate\na,b,1,percent,50\na,b,2,percent,60\n";
		const now =
			"topic,item,country,location,statistic,estimate\na,b,KAZ,2,percent,60\na,b,KAZ,1,percent,51\n";
		expect(found("a.csv", old, now).differences).toEqual([
			"a.csv rows estimate: 1 of 2 differ: a b 1 percent: 50 became 51",
		]);
	});
});

describe("the script", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-same-outputs-"));
	afterAll(() => rmSync(folder, { recursive: true }));
	const write = (file: string, text: string) => {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
		return join(folder, file);
	};
	/** A checkout whose tool writes one number into every file it is asked for. */
	const checkout = (name: string, number: number) => {
		const samples = ["synthetic-kazakhstan-2018", "synthetic-national-pd-survey"];
		for (const sample of samples)
			write(`${name}/data/samples/${sample}.csv`, "CNTRY,IDPOP,IDSCHOOL\nKAZ,2,1\n");
		write(`${name}/README.md`, "```\ntalis-pd rates a.csv\n```\n");
		write(`${name}/docs/none.md`, "");
		write(`${name}/dist/index.js`, "");
		write(
			`${name}/bin/talis-pd.js`,
			`const { cpSync, mkdirSync, writeFileSync } = require("node:fs");
			const args = process.argv.slice(2);
			if (args[0] === "report") mkdirSync("earlier");
			args.forEach((arg, at) => arg === "--out" && args[0] !== "report" && writeFileSync(args[at + 1], "topic,item,statistic,n\\na,b,percent,${number}"));`,
		);
		return join(folder, name);
	};
	const run = (...words: string[]) =>
		spawnSync(process.execPath, [join(root, "test/same-outputs/run.mjs"), ...words, "a.csv"], {
			encoding: "utf8",
		});

	test("ends with 0 where nothing differs and with 1 and the places where something does", () => {
		const [one, same, other] = [checkout("one", 1), checkout("same", 1), checkout("other", 2)];
		expect(run(one, same)).toMatchObject({
			status: 0,
			stderr: "",
			stdout: expect.stringMatching(/: 0 differ/),
		});
		const { status, stdout } = run(one, other);
		expect(status).toBe(1);
		expect(stdout).toMatch(
			/README\.md:2 talis-pd rates a\.csv --out same\.csv .*\n {2}same\.csv differs at byte 36/,
		);
	});

	test("compares figures alone with --figures", () => {
		const [one, other] = [checkout("one", 1), checkout("other", 2)];
		const { status, stdout } = run("--figures", one, other);
		expect(status).toBe(1);
		expect(stdout).toMatch(
			/README\.md:2 talis-pd rates a\.csv --out same\.csv\n {2}same\.csv rows n: 1 of 1 differ: a b percent: 1 became 2/,
		);
		expect(run("--figures", one, one)).toMatchObject({
			status: 0,
			stdout: expect.stringMatching(/gave 2 figures in 2 rows/),
		});
	});
});
