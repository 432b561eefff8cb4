import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { writeXlsx } from "hucre/xlsx";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { run, SAMPLE } from "../cli/support.js";
import { duckdbFile } from "../support/duckdb.js";
import { expectSame } from "../support/same.js";
import { reportFolder } from "./support.js";

test("a report may be about a table whose file lies beside the config", async () => {
	const { path } = await duckdbFile(() => [`CREATE TABLE teachers AS SELECT * FROM read_csv('${SAMPLE}')`]);
	const { folder, config, out } = reportFolder({ data: "duckdb:survey.duckdb?table=teachers" });
	copyFileSync(path, join(folder, "survey.duckdb"));
	expect((await run(["report", config, "--out", out, "--quiet"])).err).toBe("");
	const file = reportFolder();
	await run(["report", file.config, "--out", file.out, "--quiet"]);
	const resultsIn = (place: string) => JSON.parse(readFileSync(join(place, "results.json"), "utf8"));
	const [{ settings: _, ...found }, { settings: __, ...expected }] = [resultsIn(out), resultsIn(file.out)];
	expect(found.estimates.length).toBeGreaterThan(10);
	expectSame(found, expected, 1e-9);
});

test("a config names nothing outside its folder, also by a link or a pattern, unless that is allowed", async () => {
	const { folder, config, out } = reportFolder({ data: SAMPLE });
	const report = (...more: string[]) => run(["report", config, "--out", out, "--quiet", ...more]);
	const named = (data: string, more = "") =>
		writeFileSync(config, `title: x\ndata: ${data}\ntopics: activities\ncharts: none\n${more}`);
	symlinkSync(SAMPLE, join(folder, "link.csv"));
	mkdirSync(join(folder, "below"));
	copyFileSync(SAMPLE, join(folder, "below/teachers.csv"));
	for (const data of [SAMPLE, "../nothing.csv", "link.csv", "l*.csv", "../*.csv", "duckdb:../x.db?table=t"]) {
		named(JSON.stringify(data));
		const { code, err } = await report();
		expect([code, err]).toEqual([2, expect.stringMatching(/data names .* outside the folder of the config/)]);
	}
	named("below/teachers.csv", "codebook: ../talis.yaml\n");
	expect((await report()).err).toContain("codebook names");
	named("below/teachers.csv", "baseline: ../last.json\n");
	expect((await report()).err).toMatch(/baseline names .*--allow-outside/);
	named("below/*.csv");
	expect(await report()).toMatchObject({ code: 0, err: "" });
	named("link.csv");
	expect(await report("--allow-outside")).toMatchObject({ code: 0, err: "" });
	// What is said on the command line is not the config's.
	named("below/teachers.csv");
	const last = join(folder, "..", `${basename(folder)}.json`);
	copyFileSync(join(out, "results.json"), last);
	expect(await report("--baseline", last)).toMatchObject({ code: 0, err: "" });
});

test("report init reads the sheet that is named, and says how to go on", async () => {
	const rows = Papa.parse<string[]>(readFileSync(SAMPLE, "utf8").trimEnd()).data.slice(0, 50);
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-init-"));
	const sheets = [
		{ name: "Notes", rows: [["nothing", "here"]] },
		{ name: "Teachers 2018", rows },
	];
	const workbook = join(folder, "answers.xlsx");
	writeFileSync(workbook, await writeXlsx({ sheets }));
	const config = join(folder, "report.yaml");
	const without = await run(["report", "init", config, "--data", workbook]);
	expect(without.code).toBe(2);
	const { code, err } = await run(["report", "init", config, "--data", workbook, "--sheet", "Teachers 2018"]);
	expect(err).toContain(`talis-pd report ${config} --sheet "Teachers 2018" --out report`);
	expect(code).toBe(0);
	expect(readFileSync(config, "utf8")).toContain(`data: ${workbook}`);
});
