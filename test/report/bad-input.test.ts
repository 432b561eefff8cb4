import { spawnSync } from "node:child_process";
import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { readConfig } from "../../src/report/config.js";
import { run } from "../cli/support.js";
import { contents, reportFolder } from "./support.js";

const BIN = resolve("bin/talis-pd.js");

/** The command as a process in which something happens when the third file of the report is written. */
function interrupted(what: string, config: string, out: string) {
	const preload = `
		import fs from "node:fs";
		import { syncBuiltinESMExports } from "node:module";
		const write = fs.writeFileSync;
		let files = 0;
		fs.writeFileSync = (path, ...rest) => {
			if (String(path).includes(".talis-pd-new") && ++files === 3) ${what};
			return write(path, ...rest);
		};
		syncBuiltinESMExports();`;
	const importing = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
	return spawnSync(process.execPath, [importing, BIN, "report", config, "--out", out], { encoding: "utf8" });
}

describe("a config that is wrong", () => {
	test.each([
		[
			"an unknown key",
			"title: T\ndata: teachers.csv\ntopcis: [focus]\n",
			"line 3: topcis: there is no such key — did you mean topics?",
		],
		["a key mistyped that must be there", "titel: T\ndata: teachers.csv\n", "did you mean title?"],
		["nothing", "# title: T\n", "report.yaml: is empty — report init writes one to begin with"],
		["no title", "data: teachers.csv\n", "title"],
		["no data", "title: T\n", "data"],
		["a language we lack", "title: T\ndata: teachers.csv\nlanguages: [en, de]\n", "line 3: languages.1"],
		["an unknown key of a comparison", "title: T\ndata: t.csv\ncomparisons:\n  - with: x\n", "comparisons.0"],
		["no YAML", "title: [T\n", "is not valid YAML"],
		["a date that is none", "title: T\ndata: t.csv\nas-of: 2026-02-31\n", "line 3: as-of"],
		["a missing data file", "title: T\ndata: nowhere.csv\n", "nowhere.csv: there is no such file"],
		["an unknown topic", "title: T\ndata: teachers.csv\ntopics: [focsu]\n", "focus"],
		["an unknown group", "title: T\ndata: teachers.csv\nbreakdowns: [gendre]\n", "gender"],
		["an unknown method", "title: T\ndata: teachers.csv\nci: walt\n", "wald"],
		[
			"a missing baseline",
			"title: T\ndata: teachers.csv\nbaseline: no.json\n",
			"no.json: there is no such file",
		],
		["an unknown gate", "title: T\ndata: teachers.csv\nfail-on: [supressed]\n", "suppressed"],
		[
			"an unknown kind of chart",
			"title: T\ndata: teachers.csv\nkinds: { activities: brs }\n",
			"not a kind of chart",
		],
		[
			"a kind for no chart",
			"title: T\ndata: teachers.csv\ntopics: [activities]\nkinds: { activites: bars }\n",
			"did you mean activities?",
		],
		[
			"a kind that cannot show the figures",
			"title: T\ndata: teachers.csv\ntopics: [activities]\nkinds: { activities: slope }\n",
			"the chart slope cannot show this result",
		],
		["a gate without a baseline", "title: T\ndata: teachers.csv\nfail-on: [data-changed]\n", "--baseline"],
	])("%s: exit 2, one sentence, the earlier report untouched", async (_, yaml, part) => {
		const { config, out } = reportFolder();
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		const before = contents(out);
		writeFileSync(config, yaml);
		const { code, err } = await run(["report", config, "--out", out, "--quiet"]);
		expect(err).toContain(part);
		expect(err.trimEnd().split("\n")).toHaveLength(1);
		expect(code).toBe(2);
		expect(contents(out)).toEqual(before);
	});

	test("no config, no folder to write to, a day that is none", async () => {
		expect((await run(["report", "nowhere.yaml", "--out", "x"])).err).toContain(
			"nowhere.yaml: there is no such",
		);
		const { config, out } = reportFolder();
		expect((await run(["report", config])).err).toContain("--out");
		expect((await run(["report", config, "--out", out, "--as-of", "1 May"])).err).toContain("YYYY-MM-DD");
		expect(existsSync(out)).toBe(false);
	});
});

describe("report init", () => {
	test("writes a config that names every key and that the command takes as it is", async () => {
		const { folder } = reportFolder();
		const file = join(folder, "new.yaml");
		expect((await run(["report", "init", file])).code).toBe(0);
		const text = readFileSync(file, "utf8");
		const source = readFileSync("src/report/config.ts", "utf8");
		const keys = [...source.matchAll(/^\t"?([a-z-]+)"?: (?:text|list|words|z\.)/gm)].map((match) => match[1]);
		expect(keys.length).toBeGreaterThan(20);
		for (const key of keys) expect(text, key).toMatch(new RegExp(`(^|[ ;])${key}:`, "m"));
		const { code, err } = await run(["report", file, "--out", join(folder, "out")]);
		expect([code, err]).toEqual([0, expect.stringContaining("index.html")]);
	});

	test("with a survey file and a codebook is about their topics and groups, whatever the folder", async () => {
		const { folder } = reportFolder();
		const survey = "test/fixtures/own/microsoft-forms.csv";
		const codebook = join(folder, "own.yaml");
		expect((await run(["codebook", "init", survey, "--out", codebook])).code).toBe(0);
		const file = join(folder, "own-report.yaml");
		const asked = ["--data", survey, "--codebook", codebook];
		expect((await run(["report", "init", file, ...asked])).code).toBe(0);
		const config = readConfig(file);
		expect(config.topics).toEqual(Object.keys(loadCodebook(codebook).topics));
		expect([config.breakdowns, config.comparisons, config.gaps]).toEqual([
			["mektebingiz-qayda-ornalasqan"],
			[{ between: "mektebingiz-qayda-ornalasqan" }],
			false,
		]);
		const { code, err } = await run(["report", file, "--allow-outside", "--out", join(folder, "out")]);
		expect([code, err]).toEqual([0, expect.stringContaining("index.html")]);
	});

	test("a folder may have a name as long as the system allows", async () => {
		const { config, folder } = reportFolder();
		const out = join(folder, "r".repeat(255));
		for (let time = 0; time < 2; time++) {
			expect(await run(["report", config, "--out", out, "--quiet"])).toMatchObject({ code: 0, err: "" });
		}
		expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
	});

	test("does not write over a file", async () => {
		const { config } = reportFolder();
		const { code, err } = await run(["report", "init", config]);
		expect([code, err]).toEqual([2, expect.stringContaining("is already there")]);
	});
});

describe("the output folder", () => {
	test("may be a link, which stays one", async () => {
		const { config, folder, out } = reportFolder();
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		const link = join(folder, "latest");
		symlinkSync(out, link);
		const before = lstatSync(out).ino;
		expect((await run(["report", config, "--out", link])).code).toBe(0);
		expect(lstatSync(link).isSymbolicLink()).toBe(true);
		expect(lstatSync(out).ino).not.toBe(before);
		expect(readdirSync(folder).filter((name) => name.includes("talis-pd-"))).toEqual([]);
	});

	test.skipIf(!existsSync("/proc/self"))(
		"that the system refuses is told, and not tried for ever",
		async () => {
			const { config } = reportFolder();
			const { code, err } = await run(["report", config, "--out", "/proc/report"]);
			expect([code, err]).toEqual([
				2,
				expect.stringMatching(/^talis-pd: \/proc\/report: cannot be written: /),
			]);
		},
	);

	test("that holds other people's files is refused, before the data are read", async () => {
		const { folder, config } = reportFolder({ data: "nowhere.csv" });
		const { code, err } = await run(["report", config, "--out", folder]);
		expect([code, err]).toEqual([2, expect.stringContaining("holds files that are no report")]);
	});

	test("that holds a file beside an earlier report is refused, and nothing is lost", async () => {
		const { config, out } = reportFolder();
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		writeFileSync(join(out, "tables", "my notes.txt"), "mine");
		const { code, err } = await run(["report", config, "--out", out]);
		expect([code, err]).toEqual([2, expect.stringContaining("tables/my notes.txt")]);
		expect(readFileSync(join(out, "tables", "my notes.txt"), "utf8")).toBe("mine");
	});

	test.each(["summary.md", "results.json"])("whose %s somebody has changed is refused", async (name) => {
		const { config, out } = reportFolder();
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		const file = join(out, name);
		writeFileSync(file, `${readFileSync(file, "utf8")}\nMine.\n`);
		const { code, err } = await run(["report", config, "--out", out]);
		expect([code, err]).toEqual([2, expect.stringContaining(`${name}, which was changed after`)]);
		expect(readFileSync(file, "utf8")).toMatch(/Mine\.\n$/);
	});

	test("that is empty, or holds what a file manager left, is taken", async () => {
		const { config, out } = reportFolder();
		mkdirSync(out);
		writeFileSync(join(out, ".DS_Store"), "");
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		expect(readdirSync(out).sort()).toEqual([
			"index.html",
			"manifest.json",
			"results.json",
			"summary.md",
			"tables",
			"tables.xlsx",
		]);
	});

	test("that is a file, or lies in one, is refused", async () => {
		const { config } = reportFolder();
		for (const out of [config, join(config, "out")]) {
			const { code, err } = await run(["report", config, "--out", out]);
			expect([code, err]).toEqual([2, expect.stringContaining("be written")]);
		}
	});

	test("a report without a table it had before has no trace of it", async () => {
		const { config, out } = reportFolder({ topics: ["activities", "focus"] });
		await run(["report", config, "--out", out]);
		expect(existsSync(join(out, "tables/focus.csv"))).toBe(true);
		writeFileSync(config, readFileSync(config, "utf8").replace("  - focus\n", ""));
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		expect(existsSync(join(out, "tables/focus.csv"))).toBe(false);
	});
});

describe("a run that ends too early", () => {
	test.each([
		["a full disk", "ENOSPC", "the disk is full"],
		["a disk gone read-only", "EROFS", "the disk is read-only"],
	])("%s: one sentence, the earlier report untouched, nothing left behind", async (_, code, reason) => {
		const { config, folder, out } = reportFolder();
		await run(["report", config, "--out", out]);
		const before = contents(folder);
		const { status, stderr } = interrupted(
			`throw Object.assign(new Error("x"), { code: "${code}" })`,
			config,
			out,
		);
		expect([status, stderr]).toEqual([2, expect.stringContaining(`${out}: cannot be written: ${reason}`)]);
		expect(contents(folder)).toEqual(before);
	});

	test("a limit on the size of files, from the system itself", async () => {
		const { config, folder, out } = reportFolder();
		await run(["report", config, "--out", out]);
		const before = contents(folder);
		const script = `ulimit -f 20; exec "${process.execPath}" "${BIN}" report "${config}" --out "${out}"`;
		const { status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
		expect([status, stderr]).toEqual([2, expect.stringContaining("the system allows no file of that size")]);
		expect(contents(folder)).toEqual(before);
	});

	test("kill -9 while it writes: the earlier report untouched, and the next run puts all right", async () => {
		const { config, folder, out } = reportFolder();
		await run(["report", config, "--out", out]);
		const before = contents(out);
		writeFileSync(config, readFileSync(config, "utf8").replace("title: Small", "title: Other"));
		expect(interrupted(`process.kill(process.pid, "SIGKILL")`, config, out).signal).toBe("SIGKILL");
		expect(contents(out)).toEqual(before);
		expect(readdirSync(folder)).toContain(".out.talis-pd-new");
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		expect(readFileSync(join(out, "index.html"), "utf8")).toContain("<h1>Other</h1>");
		expect(readdirSync(folder).sort()).toEqual(["out", "report.yaml", "teachers.csv"]);
	});

	test("kill -9 between the two renames: the next run, even one that fails, puts the old report back", async () => {
		const { config, folder, out } = reportFolder();
		await run(["report", config, "--out", out]);
		const old = contents(out);
		renameSync(out, join(folder, ".out.talis-pd-old"));
		mkdirSync(join(folder, ".out.talis-pd-new"));
		writeFileSync(config, "title: T\ndata: nowhere.csv\n");
		expect((await run(["report", config, "--out", out])).code).toBe(2);
		expect(contents(out)).toEqual(old);
	});
});
