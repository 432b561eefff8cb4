import { execFileSync, spawnSync } from "node:child_process";
import {
	closeSync,
	existsSync,
	lstatSync,
	openSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type ResultSet } from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

const ESC = "\u001b";

describe("rates", () => {
	test("prints a table that fits 80 columns, without colour where stdout is not a terminal", async () => {
		const { code, out, err } = await run(["rates", SAMPLE]);
		expect(code).toBe(0);
		expect(err).toBe("");
		expect(out).not.toContain(ESC);
		expect(out).toContain("94.0");
		expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
		expect(out).toMatch(/synthetic/i);
	});

	test("colours a terminal, but never with NO_COLOR", async () => {
		expect((await run(["rates", SAMPLE], { tty: true })).out).toContain(ESC);
		expect((await run(["rates", SAMPLE], { tty: true, env: { NO_COLOR: "1" } })).out).not.toContain(ESC);
		expect((await run(["rates", SAMPLE], { env: { FORCE_COLOR: "1" } })).out).toContain(ESC);
		const both = { FORCE_COLOR: "1", NO_COLOR: "1" };
		expect((await run(["rates", SAMPLE], { env: both })).out).not.toContain(ESC);
	});

	test("speaks the terminal's language on a terminal, English in files and data", async () => {
		const env = { LANG: "ru_RU.UTF-8" };
		expect((await run(["rates", SAMPLE], { tty: true, env })).out).toMatch(/[а-я]/);
		expect((await run(["rates", SAMPLE], { env })).out).not.toMatch(/[а-я]/);
		expect((await run(["rates", SAMPLE, "--format", "json"], { tty: true, env })).out).not.toMatch(/[а-я]/);
	});

	test.each(["table", "csv"])("prints several files in one %s, which tells no SHA-256", async (format) => {
		const folder = temporaryFolder();
		const [head, ...rows] = readFileSync(SAMPLE, "utf8").trimEnd().split("\n");
		const halves = [rows.slice(0, 1000), rows.slice(1000)].map((half, index) => {
			const path = join(folder, `${index}.csv`);
			writeFileSync(path, `${[head, ...half].join("\n")}\n`);
			return path;
		});
		const asked = ["--topic", "activities", "--format", format];
		const { code, out } = await run(["rates", ...halves, ...asked]);
		expect(code).toBe(0);
		if (format === "csv")
			expect(out.replace(/^.*/, "")).toBe((await run(["rates", SAMPLE, ...asked])).out.replace(/^.*/, ""));
		expect((await run(["rates", ...halves, halves[0] as string, ...asked])).code).toBe(2);
	});

	test("a sample that is not where the documents have it is named where it is", async () => {
		const { code, err } = await run(["rates", "none/synthetic-kazakhstan-2018.csv"]);
		expect(code).toBe(2);
		expect(err).toContain(`the sample that ships is ${SAMPLE}`);
	});

	test("JSON is the contract", async () => {
		const { out } = await run(["rates", SAMPLE, "--format", "json", "--item", "coaching"]);
		const results = JSON.parse(out) as ResultSet;
		expect(results.schema).toBe("talis-pd/results@1");
		expect(results.source[0]).toMatchObject({
			file: "synthetic-kazakhstan-2018.csv",
			format: "csv",
			rows: 2000,
			synthetic: true,
		});
		expect(results.source[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(results.design).toEqual({
			weight: "TCHWGT",
			method: "fay-brr",
			replicates: 100,
			fay: 0.5,
			centre: "full-sample",
		});
		expect(results.estimates).toHaveLength(1);
		expect(results.estimates[0]).toMatchObject({
			topic: "activities",
			item: "peer-coaching",
			variable: "TT3G22G",
			group: { country: "KAZ" },
			base: "all",
			statistic: "percent",
			status: "ok",
		});
		for (const key of [
			"estimate",
			"se",
			"ciLow",
			"ciHigh",
			"df",
			"n",
			"schools",
			"weightedN",
			"coverage",
			"deff",
		]) {
			expect(results.estimates[0]).toHaveProperty(key, expect.any(Number));
		}
		expect(results.comparisons).toEqual([]);
		expect(results.settings).toMatchObject({ cycle: 2018, level: 0.95, ci: "logit", df: "design" });
	});

	test.each([
		["coaching", "peer-coaching"],
		["коучинг", "peer-coaching"],
		["conferences", "conferences"],
		["конференция", "conferences"],
		["online", "courses-online"],
		["онлайн", "courses-online"],
		["TT3G22H", "network"],
	])("finds %s as %s", async (word, item) => {
		const { out } = await run(["rates", SAMPLE, "--topic", "activities", "--item", word, "--format", "json"]);
		expect((JSON.parse(out) as ResultSet).estimates.map((row) => row.item)).toEqual([item]);
	});

	test("courses finds both kinds", async () => {
		const { out } = await run(["rates", SAMPLE, "--item", "courses", "--format", "json"]);
		const items = (JSON.parse(out) as ResultSet).estimates.map((row) => row.item);
		expect(items).toEqual(["courses-in-person", "courses-online"]);
	});

	test("standard input gives the same numbers as the file", async () => {
		const fromFile = JSON.parse((await run(["rates", SAMPLE, "--format", "json"])).out) as ResultSet;
		const stdin = readFileSync(SAMPLE, "utf8");
		const fromPipe = JSON.parse((await run(["rates", "-", "--format", "json"], { stdin })).out) as ResultSet;
		expect(fromPipe.estimates).toEqual(fromFile.estimates);
		expect(fromPipe.source[0]?.sha256).toBe(fromFile.source[0]?.sha256);
	});

	test("counts and totals", async () => {
		const argv = [
			"rates",
			SAMPLE,
			"--item",
			"coaching",
			"--by",
			"gender",
			"--total",
			"--counts",
			"--format",
			"json",
		];
		const { estimates } = JSON.parse((await run(argv)).out) as ResultSet;
		const counts = estimates.filter(({ statistic }) => statistic === "count");
		expect(counts.map(({ group }) => group.gender)).toEqual(["female", "male", "total"]);
		const [female, male, total] = counts.map(({ estimate }) => estimate as number);
		expect((female as number) + (male as number)).toBeCloseTo(total as number, 6);
	});

	test.each(LANGUAGES)("labels, heads and statuses in %s", async (language) => {
		const folder = temporaryFolder();
		for (const ending of ["csv", "md", "json", "svg", "png", "vl.json", "html"]) {
			const option = /svg|png|vl|html/.test(ending) ? "--chart" : "--out";
			const file = join(folder, `rates.${ending}`);
			const { code, err } = await run(["rates", SAMPLE, "--lang", language, option, file]);
			expect(err).toMatch(/^(wrote|записан|.* жазылды)/);
			expect(err).toContain(file);
			expect(code).toBe(0);
			expect(existsSync(file)).toBe(true);
		}
		expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
	});
});

describe("inspect", () => {
	test("says what the sample is and what to type next", async () => {
		const { code, out } = await run(["inspect", SAMPLE]);
		expect(code).toBe(0);
		expect(out).toContain("TCHWGT");
		expect(out).toContain("talis-pd rates");
		expect(
			Math.max(
				...out
					.split("\n")
					.slice(0, -8)
					.map((line) => line.length),
			),
		).toBeLessThanOrEqual(80);
	});

	test("finds odd codes, missing items and repeated teachers", async () => {
		const lines = readFileSync(SAMPLE, "utf8").trimEnd().split("\n");
		const header = (lines[0] as string).split(",");
		const row = (lines[1] as string).split(",");
		row[header.indexOf("TT3G22A")] = "5";
		const file = join(temporaryFolder(), "odd.csv");
		const text = [
			(lines[0] as string).replace("TT3G22B", "SOMETHING"),
			row.join(","),
			lines[2],
			lines[2],
		].join("\n");
		writeFileSync(file, text);
		const found = JSON.parse((await run(["inspect", file, "--format", "json"])).out);
		expect(found.rows).toBe(3);
		expect(found.unknownCodes).toEqual([{ column: "TT3G22A", code: "5", rows: 1, line: 2 }]);
		expect(found.topics[0]).toMatchObject({ topic: "activities", missing: ["TT3G22B"] });
		expect(found.duplicateTeachers).toHaveLength(1);
		expect(found.duplicateTeachers[0]).toMatchObject({ line: 4, firstLine: 3 });
	});

	test("a file without one replicate is described, not refused", async () => {
		const file = join(temporaryFolder(), "99.csv");
		writeFileSync(file, readFileSync(SAMPLE, "utf8").replace("TRWGT57,", "OTHER,"));
		const found = JSON.parse((await run(["inspect", file, "--format", "json"])).out);
		expect(found.weights).toMatchObject({ replicates: 99, expected: 100, missing: ["TRWGT57"] });
	});
});

describe("synth", () => {
	test("is seeded, sized and marked", async () => {
		const small = ["synth", "--teachers", "120", "--schools", "12", "--out", "-", "--quiet"];
		const first = await run(small);
		expect((await run(small)).out).toBe(first.out);
		expect((await run([...small, "--seed", "7"])).out).not.toBe(first.out);
		expect(first.out.trimEnd().split("\n")).toHaveLength(121);
		expect(first.out.split("\n")[0]).toMatch(/^SYNTHETIC,/);
	});
});

describe("bad input", () => {
	test.each([
		["no command line at all", ["rates"], "missing required argument"],
		["an unknown option", ["rates", SAMPLE, "--tpic", "x"], "--topic"],
		["an unknown command", ["ratse", SAMPLE], "rates"],
		["a missing file", ["rates", "nowhere.csv"], "nowhere.csv: there is no such file"],
		["an unknown format", ["rates", SAMPLE, "--format", "tabel"], "table"],
		["an unknown chart ending", ["rates", SAMPLE, "--chart", "x.gif"], ".svg"],
		["an unknown kind of chart", ["rates", SAMPLE, "--chart", "x.svg", "--kind", "dot"], "dots"],
		["an unknown theme", ["rates", SAMPLE, "--chart", "x.svg", "--theme", "drak"], "dark"],
		["a kind of no chart", ["rates", SAMPLE, "--kind", "bars"], "--chart"],
		[
			"a kind that cannot show the result",
			["rates", SAMPLE, "--chart", "x.svg", "--kind", "slope"],
			"dots, bars",
		],
		["an unknown file ending", ["rates", SAMPLE, "--out", "x.doc"], "x.doc"],
		[
			"a folder that is not there",
			["rates", SAMPLE, "--out", "nowhere/x.csv"],
			"the folder nowhere does not exist",
		],
		["the input as output", ["rates", SAMPLE, "--out", SAMPLE], "is an input"],
		["a language we lack", ["rates", SAMPLE, "--lang", "de"], "de"],
		["too many decimals", ["synth", "--out", "-", "--weight-decimals", "14"], "weightDecimals"],
	])("%s: exit 2, one sentence, no stack", async (_, argv, part) => {
		const { code, out, err } = await run(argv);
		expect(code).toBe(2);
		expect(out).toBe("");
		expect(err).toContain(part);
		expect(err).not.toMatch(/\n\s+at /);
	});

	test("--debug adds the stack", async () => {
		expect((await run(["rates", "nowhere.csv", "--debug"])).err).toMatch(/\n\s+at /);
	});

	test("a failing run leaves an old output as it was", async () => {
		const file = join(temporaryFolder(), "rates.csv");
		writeFileSync(file, "old");
		expect((await run(["rates", SAMPLE, "--item", "nonsense", "--out", file])).code).toBe(2);
		expect(readFileSync(file, "utf8")).toBe("old");
	});
});

describe("the built binary", () => {
	const bin = fileURLToPath(new URL("../../bin/talis-pd.js", import.meta.url));

	test("prints help and the version", () => {
		expect(execFileSync(process.execPath, [bin, "--help"], { encoding: "utf8" })).toContain("inspect");
		expect(execFileSync(process.execPath, [bin, "--version"], { encoding: "utf8" })).toMatch(
			/^\d+\.\d+\.\d+\n$/,
		);
	});

	test("rates end in 0, a missing file in 2", () => {
		const good = spawnSync(process.execPath, [bin, "rates", SAMPLE], { encoding: "utf8" });
		expect([good.status, good.stderr]).toEqual([0, ""]);
		expect(good.stdout).toContain("94.0");
		const bad = spawnSync(process.execPath, [bin, "rates", "nowhere.csv"], { encoding: "utf8" });
		expect([bad.status, bad.stdout]).toEqual([2, ""]);
	});

	test("--out writes into a named pipe and through a link, and destroys neither", () => {
		const folder = temporaryFolder();
		const command = `"$0" "$1" rates "$2" --format csv --quiet --out`;
		const script = `mkfifo pipe; cat pipe > piped & ${command} pipe && wait; touch real; ln -s real link; ${command} link`;
		const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, bin, resolve(SAMPLE)], {
			cwd: folder,
			encoding: "utf8",
			timeout: 60_000,
		});
		expect([status, stderr]).toEqual([0, ""]);
		expect(lstatSync(join(folder, "pipe")).isFIFO()).toBe(true);
		expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
		const [piped, real] = ["piped", "real"].map((name) => readFileSync(join(folder, name), "utf8"));
		expect(piped).toContain("peer-coaching");
		expect(real).toBe(piped);
	});

	test.skipIf(!existsSync("/dev/full"))(
		"a full disk behind standard output is a sentence, not a stack",
		() => {
			const full = openSync("/dev/full", "w");
			const { status, stderr } = spawnSync(process.execPath, [bin, "rates", SAMPLE], {
				encoding: "utf8",
				stdio: ["ignore", full, "pipe"],
			});
			closeSync(full);
			expect([status, stderr]).toEqual([
				2,
				"talis-pd: standard output cannot be written: the disk is full\n",
			]);
		},
	);
});

test.each([2013, 2018, 2024])("published figures of %i need no topics named", async (cycle) => {
	const { code, out } = await run(["published", "--cycle", String(cycle), "--format", "csv"]);
	expect(code).toBe(0);
	expect(out.split("\n").length).toBeGreaterThan(100);
});

test.each([
	[["--topic", "activities"], "topics of 2018: focus, "],
	[["--topic", "activities", "--by", "gender"], "leave out --by; topics of 2018: focus, "],
])("what is not published is told without options that were not given (%j)", async (asked, hint) => {
	const { code, err } = await run(["published", "--cycle", "2018", ...asked]);
	expect([code, err]).toEqual([2, expect.stringContaining(`for 2018 — ${hint}`)]);
});

describe("gates and numbers", () => {
	test("an unknown gate is refused before anything is written", async () => {
		const out = join(temporaryFolder(), "gate.csv");
		const { code, err } = await run(["rates", SAMPLE, "--fail-on", "nonsense", "--out", out]);
		expect([code, existsSync(out)]).toEqual([2, false]);
		expect(err).toMatch(/not a value of --fail-on/);
	});

	test("a broken gate exits with 3 and still writes what was asked for", async () => {
		const out = join(temporaryFolder(), "gate.csv");
		const few = ["--where", "TT3G02<=21", "--item", "coaching", "--fail-on", "suppressed", "--out", out];
		const { code, err } = await run(["rates", SAMPLE, ...few]);
		expect([code, existsSync(out)]).toEqual([3, true]);
		expect(err).toMatch(/suppressed/);
	});

	test("means takes --item and --topic as rates does", async () => {
		const read = async (...args: string[]) =>
			JSON.parse((await run(["means", SAMPLE, "--format", "json", ...args])).out) as ResultSet;
		const topics = ({ estimates }: ResultSet) => [...new Set(estimates.map(({ topic }) => topic))];
		expect(topics(await read("--topic", "activities"))).toEqual(["activities"]);
		const { estimates } = await read("--item", "types");
		expect(estimates).toEqual((await read("--variable", "types")).estimates);
	});
});

test.each(["table", "markdown", "html", "latex"])(
	"%s says that only some teachers are in it",
	async (format) => {
		const asked = ["rates", SAMPLE, "--topic", "needs", "--format", format];
		const some = await run([...asked, "--where", "gender=female", "--lang", "kk"]);
		expect(some.out).toContain("Тек: Әйелдер");
		expect((await run([...asked, "--lang", "kk"])).out).not.toContain("Тек: ");
	},
);
