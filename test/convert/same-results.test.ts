import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run, temporaryFolder } from "../cli/support.js";
import { hasNoisy, noisyFile } from "../support/golden.js";
import { expectSame } from "../support/same.js";

const title = "CSV, SPSS and Parquet of the same teachers give the same results";

describe.skipIf(!hasNoisy)(hasNoisy ? title : `${title} (../shared is absent)`, () => {
	const sav = noisyFile.replace(/\.csv$/, ".sav");
	const parquet = join(temporaryFolder(), "teachers.parquet");

	beforeAll(async () => {
		expect((await run(["convert", sav, parquet, "--quiet"])).code).toBe(0);
	});

	test.each([
		"rates --topic activities,needs,barriers",
		"rates --by gender,age --protect",
		"gaps",
		"means --unknown-codes missing",
		"compare --between gender",
		"compare --between country --topic activities",
	])("%s", async (command) => {
		const results = async (file: string) => {
			const [name = "", ...options] = command.split(" ");
			const { code, out } = await run([name, file, ...options, "--format", "json", "--quiet"]);
			expect(code).toBe(0);
			return JSON.parse(out);
		};
		const csv = await results(noisyFile);
		expect(csv.estimates.length + csv.comparisons.length).toBeGreaterThan(5);
		expectSame(await results(sav), csv);
		expectSame(await results(parquet), csv);
	});
});
