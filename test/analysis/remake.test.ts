import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { apart, goldenRows, goldenStats, hasNoisy, root } from "../support/golden.js";
import { isLong } from "../support/long.js";

const has = (code: string) => spawnSync("Rscript", ["-e", code]).status === 0;
const hasR = has("1");
const hasSurvey = hasR && has("library(survey); library(data.table)");

/** How near the figures come again; what R finds by iteration moves in the last digits. */
const NEAR: Record<string, number> = { estimate: 1e-12, se: 1e-10 };

async function remake(script: string): Promise<string> {
	const out = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "golden.json");
	await promisify(execFile)("Rscript", [`test/golden/${script}`, out], { cwd: root });
	return out;
}

const survey = hasSurvey ? "" : " (skipped: R's packages survey and data.table are absent)";

test.skipIf(!hasR)(
	`make-stats.R makes stats.json again${hasR ? "" : " (skipped: R is absent)"}`,
	async () => {
		const [again, known] = [goldenStats(await remake("make-stats.R")), goldenStats()];
		expect(again.ranks).toEqual(known.ranks);
		for (const list of ["t", "normal", "beta"] as const) {
			const [found, wanted] = [again[list].flat(), known[list].flat()];
			expect(found.length).toBe(wanted.length);
			for (const [index, value] of wanted.entries()) {
				if (typeof value === "string") expect(found[index]).toBe(value);
				else expect(apart(found[index] as number, value)).toBeLessThan(1e-12);
			}
		}
	},
);

test.skipIf(!hasSurvey)(
	`make-compare.R makes compare.json again${survey}`,
	{ timeout: 300_000 },
	async () => {
		const rows = (text: string): Record<string, unknown>[] => JSON.parse(text).rows;
		const again = rows(readFileSync(await remake("make-compare.R"), "utf8"));
		const known = rows(readFileSync(join(root, "test/golden/compare.json"), "utf8"));
		const there = known.filter(({ file }) => file === "sample" || hasNoisy);
		expect(again.length).toBe(there.length);
		for (const [index, row] of again.entries()) {
			for (const [key, value] of Object.entries(there[index] ?? {})) {
				const found = row[key];
				if (typeof value !== "number") expect(found, key).toEqual(value);
				else expect(apart(found as number, value), key).toBeLessThan(1e-9);
			}
		}
	},
);

test
	.skipIf(!hasSurvey)
	.each(
		isLong ? ["talis-2024", "schools", "intervals", "derived", "parts"] : ["schools", "intervals", "parts"],
	)(`make-%s.R makes its numbers again${survey}`, { timeout: 300_000 }, async (name) => {
	const lists = (file: string): Record<string, unknown>[] =>
		Object.values(JSON.parse(readFileSync(file, "utf8")))
			.filter(Array.isArray)
			.flat();
	const again = lists(await remake(`make-${name}.R`));
	const known = lists(join(root, `test/golden/${name}.json`));
	expect(again.length).toBe(known.length);
	for (const [index, row] of again.entries()) {
		for (const [key, value] of Object.entries(known[index] ?? {})) {
			if (typeof value !== "number") expect(row[key], key).toEqual(value);
			else expect(apart(row[key] as number, value), key).toBeLessThan(1e-9);
		}
	}
});

// What takes R longest comes again in `npm run check:long` alone.
if (isLong) {
	test.skipIf(!hasSurvey)(`make-rates.R makes rates.json again${survey}`, { timeout: 600_000 }, async () => {
		const again = goldenRows(await remake("make-rates.R"));
		const known = goldenRows().filter(({ file }) => file === "sample" || hasNoisy);
		expect(again.length).toBe(known.length);
		for (const [index, row] of again.entries()) {
			for (const [key, value] of Object.entries(known[index] ?? {})) {
				const found = row[key as keyof typeof row];
				const where = `${row.value} ${row.variable} ${key}`;
				if (typeof value === "number")
					expect(apart(found as number, value), where).toBeLessThan(NEAR[key] ?? 1e-9);
				else if (!Array.isArray(value)) expect(found, where).toBe(value);
				else
					for (const end of [0, 1])
						expect((found as number[])[end], where).toBeCloseTo(value[end] as number, 9);
			}
		}
	});

	const metafor = hasSurvey && has("library(metafor)");
	test.skipIf(!metafor)(
		`make-models.R makes its numbers again${metafor ? "" : " (skipped: R's packages survey and metafor are absent)"}`,
		{ timeout: 600_000 },
		async () => {
			const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
			const again = read(await remake("make-models.R"));
			const known = read(join(root, "test/golden/models.json"));
			const compare = (found: unknown, wanted: unknown, where: string): void => {
				if (typeof wanted === "number") expect(apart(found as number, wanted), where).toBeLessThan(1e-9);
				else if (wanted === null || typeof wanted !== "object") expect(found, where).toBe(wanted);
				else {
					expect(Object.keys(found as object), where).toEqual(Object.keys(wanted));
					for (const [key, value] of Object.entries(wanted)) {
						compare((found as Record<string, unknown>)[key], value, `${where}/${key}`);
					}
				}
			};
			const { versions: own, ...numbers } = again;
			const { versions, ...expected } = known;
			expect(Object.keys(own)).toEqual(Object.keys(versions));
			compare(numbers, expected, "");
		},
	);
}
