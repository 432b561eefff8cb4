import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGES, selftest } from "../../src/index.js";
import { attempted, checkedPairs } from "../../src/selftest/checked.js";
import { run, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

const TABLES = join(root, "../shared/data/oecd-talis-2024");

describe("selftest", () => {
	test("compares thousands of numbers, all of them the same", async () => {
		const found = await selftest();
		expect(found.map(({ what, ok }) => [what, ok])).toEqual([
			["published-averages", true],
			["published-changes", true],
			["golden-2018", true],
			["golden-2024", true],
			["plan-against-loops", true],
		]);
		expect(found.reduce((sum, { numbers }) => sum + numbers, 0)).toBeGreaterThan(4000);
	});

	test("a number that differs or is not there, and a check of nothing, are not the same", () => {
		const far = checkedPairs("golden-2018", [
			[2, 2, ["b"]],
			[1, 1 + 1e-8, ["a", "", "se"]],
		]);
		expect(far).toMatchObject({ ok: false, numbers: 2, differs: { of: "a se", here: 1, there: 1 + 1e-8 } });
		expect(checkedPairs("golden-2018", [[null, 1, []]]).ok).toBe(false);
		expect(checkedPairs("golden-2018", []).ok).toBe(false);
		expect(checkedPairs("golden-2018", [[1, 1 + 1e-12, []]])).toMatchObject({ ok: true, numbers: 1 });
	});

	test("a check that cannot be made is not the same, and says why", async () => {
		const found = await attempted("golden-2018", () => JSON.parse("{"));
		expect(found).toMatchObject({ ok: false, stopped: expect.stringContaining("JSON") });
	});

	test.each(LANGUAGES)("on the command line (%s)", async (language) => {
		const { code, out } = await run(["selftest", "--lang", language]);
		expect(code).toBe(0);
		expect(out.trim().split("\n")).toHaveLength(10);
		expect(out).toContain("1248");
	});

	test.skipIf(!existsSync(TABLES))(
		`its changes are those of OECD's tables${existsSync(TABLES) ? "" : " (skipped: ../shared is absent)"}`,
		() => {
			const out = join(temporaryFolder(), "changes.json");
			execFileSync(process.execPath, [join(root, "test/golden/select-changes.mjs"), TABLES, out]);
			expect(readFileSync(out, "utf8")).toBe(readFileSync(join(root, "data/selftest/changes.json"), "utf8"));
		},
	);

	test("its golden numbers are those of R that the tests use", () => {
		const out = join(temporaryFolder(), "golden.json");
		execFileSync(process.execPath, [join(root, "test/golden/select-selftest.mjs"), out]);
		expect(readFileSync(out, "utf8")).toBe(readFileSync(join(root, "data/selftest/golden.json"), "utf8"));
	});
});
