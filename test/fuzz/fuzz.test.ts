import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isLong } from "../support/long.js";
import { judge, questionsOf } from "./judge.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const found = join(root, "test/fuzz/found");

describe("inputs that once ended otherwise end in one clear sentence or a right answer", () => {
	test.each(readdirSync(found))("%s", async (name) => {
		const mutant = {
			ending: name.slice(name.indexOf(".") + 1),
			bytes: readFileSync(join(found, name)),
			own: name.endsWith(".csv"),
		};
		for (const question of questionsOf(mutant)) {
			expect(await judge(mutant, question)).toMatch(/^(refused|answered)$/);
		}
	});
});

test("so do spoilt inputs of every format; npm run fuzz takes as many as wanted", () => {
	const inputs = isLong ? "300" : "160";
	const run = spawnSync(process.execPath, ["test/fuzz/run.mjs", "--inputs", inputs, "--seed", "2026"], {
		cwd: root,
		encoding: "utf8",
	});
	expect(run.stdout).toContain(`${inputs} inputs, 0 wrong`);
	expect(run.status).toBe(0);
	// Neither verdict is all there is: the inputs are not all beyond reading, and not all harmless.
	for (const verdict of ["csv answered", "csv refused", "sav answered", "sav refused", "parquet refused"]) {
		expect(run.stdout).toContain(verdict);
	}
}, 120_000);
