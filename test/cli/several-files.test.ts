import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/golden.js";
import { csv, makeRows } from "../support/survey.js";
import { run } from "./support.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-cli-"));
const rows = makeRows(120, 11);
for (const country of ["AUT", "FRA"]) {
	writeFileSync(join(folder, `BTG${country}T3.csv`), csv(rows.filter(([code]) => code === country)));
}
const pattern = join(folder, "BTG*T3.csv");

describe("patterns on the command line", () => {
	test("name the files of rates and means", async () => {
		for (const command of ["rates", "means"]) {
			const { code, out } = await run([command, pattern, "--format", "json"]);
			expect(code).toBe(0);
			const files = JSON.parse(out).source.map(({ file }: { file: string }) => file);
			expect(files).toEqual(["BTGAUTT3.csv", "BTGFRAT3.csv"]);
		}
	});

	test("that match nothing: exit 2, one sentence", async () => {
		const { code, out, err } = await run(["rates", join(folder, "CTG*.csv")]);
		expect([code, out]).toEqual([2, ""]);
		expect(err).toMatch(/^talis-pd: no file matches ".*CTG\*\.csv" — .*\n$/);
	});

	test("never let an input be written over", async () => {
		const input = join(folder, "BTGFRAT3.csv");
		const before = readFileSync(input, "utf8");
		const { code, err } = await run(["rates", pattern, "--out", input]);
		expect(code).toBe(2);
		expect(err).toMatch(/is an input; writing it would destroy the data/);
		expect(readFileSync(input, "utf8")).toBe(before);
	});

	test("let inspect and doctor tell of each file, one after the other", async () => {
		const inspected = await run(["inspect", pattern]);
		expect(inspected.out).toMatch(/BTGAUTT3[\s\S]*BTGFRAT3/);
		const ill = join(root, "test/fixtures/doctor/unknown-{code,value}.csv");
		const found = await run(["doctor", ill, "--format", "json", "--strict"]);
		expect(found.code).toBe(3);
		expect(found.out.match(/"schema": "talis-pd\/doctor@1"/g)).toHaveLength(2);
		expect(found.err).toMatch(/were found in 2 files — asked for with --strict/);
	});

	test("name the data of a report", async () => {
		const config = join(folder, "report.yaml");
		writeFileSync(
			config,
			"title: Two countries\ndata: BTG*T3.csv\ntopics: activities\ncharts: none\nsuppress: none\n",
		);
		const { code } = await run(["report", config, "--out", join(folder, "year")]);
		expect(code).toBe(0);
		const { source } = JSON.parse(readFileSync(join(folder, "year", "results.json"), "utf8"));
		expect(source).toHaveLength(2);
	});
});

test("--schools names a file that nothing else tells", async () => {
	const schools = join(folder, "answers.csv");
	const text = readFileSync(join(root, "test/fixtures/schools/BCGKAZT3.csv"), "utf8");
	writeFileSync(schools, text.replaceAll("TC3G10", "SITEX").replaceAll("TC3G", "Q"));
	const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
	const args = [sample, "--by", "SITEX", "--topic", "activities", "--format", "json"];
	const refused = await run(["rates", ...args, "--schools", schools]);
	expect(refused.err).toMatch(/say --missing SITEX=9/);
	const { code, out } = await run(["rates", ...args, "--schools", schools, "--missing", "SITEX=9"]);
	expect(code).toBe(0);
	const found = JSON.parse(out);
	expect(found.source[1]).toMatchObject({ file: "answers.csv", role: "schools", rows: 114 });
	expect(found.settings).not.toHaveProperty("schools");
	const lost = await run(["rates", ...args]);
	expect([lost.code, lost.err]).toEqual([2, expect.stringMatching(/there is no group or column "SITEX"/)]);
	const over = await run(["rates", ...args, "--schools", schools, "--out", schools]);
	expect(over.err).toMatch(/is an input/);
});
