import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { Estimate, ResultSet } from "../../src/index.js";
import { overlaps, readTexts } from "../chart/texts.js";
import { run } from "../cli/support.js";
import { reportFolder } from "./support.js";

const CHANGED = { topics: ["activities"], charts: "none" };

describe("year on year", () => {
	const { config, folder, out } = reportFolder(CHANGED);
	const last = join(folder, "last.json");
	const shifted = join(folder, "shifted.json");
	const other = join(folder, "other-codebook.json");
	const saved = join(folder, "saved-anew.json");
	const larger = join(folder, "larger.json");

	/** Last year's results, changed in one way. */
	function lastYear(file: string, change: (results: ResultSet) => Partial<ResultSet>): void {
		const results: ResultSet = JSON.parse(readFileSync(last, "utf8"));
		writeFileSync(file, JSON.stringify({ ...results, ...change(results) }));
	}

	async function report(baseline: string, ...gates: string[]) {
		const { code, err } = await run([
			...["report", config, "--out", out, "--baseline", baseline, "--quiet"],
			...gates.flatMap((gate) => ["--fail-on", gate]),
		]);
		const results: ResultSet = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
		const changes = results.comparisons.filter(({ between }) => between.variable === "baseline");
		return { code, err, results, changes, codes: results.notes.map(({ code }) => code) };
	}

	beforeAll(async () => {
		expect((await run(["report", config, "--out", out])).code).toBe(0);
		writeFileSync(last, readFileSync(join(out, "results.json")));
		const row = (item: string, change: (row: Estimate) => Partial<Estimate>) => (results: ResultSet) => ({
			source: results.source.map((one) => ({ ...one, sha256: "0".repeat(64), rows: one.rows + 1 })),
			estimates: results.estimates.map((one) => (one.item === item ? { ...one, ...change(one) } : one)),
		});
		// Twenty points more coaching last year is a drop; a hidden figure cannot be compared.
		lastYear(shifted, (results) => {
			const up = (number: number | null) => (number as number) + 20;
			const dropped = row("business-visits", ({ estimate, ciLow, ciHigh }) => ({
				...{ estimate: up(estimate), ciLow: up(ciLow), ciHigh: up(ciHigh) },
			}))(results);
			const hidden = row("network", () => ({ estimate: null, se: null, status: "few-teachers" }));
			return { ...dropped, ...hidden({ ...results, ...dropped }) };
		});
		lastYear(saved, ({ source }) => ({ source: source.map((one) => ({ ...one, sha256: "1".repeat(64) })) }));
		lastYear(larger, ({ source, estimates }) => ({
			source: source.map((one) => ({ ...one, sha256: "2".repeat(64) })),
			estimates: [
				...estimates.map((one) => ({ ...one, weightedN: 2 * (one.weightedN as number), schools: 10 })),
				{ ...(estimates[0] as Estimate), item: "left-out" },
			],
		}));
		lastYear(other, ({ codebook }) => ({ codebook: { ...codebook, version: "0.0.1" } }));
	}, 60_000);

	test("tests each change as one of independent samples: √(SE₁² + SE₂²)", async () => {
		const { changes, results, codes } = await report(shifted);
		const drop = changes.find(({ item }) => item === "business-visits");
		const now = results.estimates.find(({ item }) => item === "business-visits");
		expect(drop?.difference).toBeCloseTo(-20, 9);
		// A report is protected: its figures are cut after three decimals.
		expect(drop?.se).toBeGreaterThan(Math.SQRT2 * (now?.se as number) - 0.001);
		expect(drop?.se).toBeLessThan(Math.SQRT2 * ((now?.se as number) + 0.001));
		expect(drop).toMatchObject({ kind: "independent", status: "ok" });
		expect(codes).toContain("baseline-other-data");
		expect(codes).not.toContain("baseline-other-codebook");
		const page = readFileSync(join(out, "index.html"), "utf8");
		expect(page).toContain('id="change"');
		expect(page).toMatch(/this report 20\.0\spoints\slower than last report/);
	});

	test("respects suppression: a figure that was hidden is compared with nothing", async () => {
		const { changes } = await report(shifted);
		expect(changes.find(({ item }) => item === "network")).toMatchObject({
			difference: null,
			p: null,
			status: "suppressed",
		});
	});

	test("the same data give no change to test, and the report says so", async () => {
		const { changes, codes } = await report(last);
		expect(changes.length).toBeGreaterThan(10);
		expect(changes.every(({ kind, p }) => kind === "same-data" && p === null)).toBe(true);
		expect(codes).toEqual(expect.arrayContaining(["baseline-same-data", "baseline-same-figures"]));
	});

	test("the same figures from other files are last time's data, and nothing is tested", async () => {
		const { changes, codes } = await report(saved);
		expect(changes.every(({ kind, p }) => kind === "same-data" && p === null)).toBe(true);
		expect(codes).toContain("baseline-saved-anew");
		expect(codes).not.toContain("baseline-other-data");
	});

	test("the summary says what vanished, and which sums are far from what they were", async () => {
		const { codes } = await report(larger);
		expect(codes).not.toContain("baseline-other-teachers");
		const summary = readFileSync(join(out, "summary.md"), "utf8");
		expect(summary).toContain(
			"Figures of the last report that are not in this one (1): activities:left-out.",
		);
		expect(summary).toMatch(
			/The sum of weights differs by more than a quarter from the last report: KAZ \d+ → \d+\./,
		);
		expect(summary).toMatch(/The number of schools differs .*: KAZ 10 → \d+\./);
		const unlike = (await report(shifted)).codes.filter((code) => /-(?:weights|schools|missing)$/.test(code));
		expect(unlike).toEqual([]);
	});

	test("another codebook is told apart from other data", async () => {
		const { codes } = await report(other);
		expect(codes).toEqual(expect.arrayContaining(["baseline-same-data", "baseline-other-codebook"]));
		expect(codes).not.toContain("baseline-other-data");
	});

	test("a codebook changed under its old version is another one, and a better translation is not", async () => {
		const shown = (await run(["codebook", "show", "talis-2018-teacher"])).out;
		const own = join(folder, "own.yaml");
		const against = async (text: string) => {
			writeFileSync(own, text);
			writeFileSync(config, stringify({ ...parse(small), codebook: "own.yaml" }));
			const { codes, results } = await report(last, "data-changed");
			return { codes, text: results.notes.find(({ code }) => code === "baseline-other-codebook")?.text };
		};
		const small = readFileSync(config, "utf8");
		const swapped = await against(shown.replace("variable: TT3G22G", "variable: TT3G22F"));
		expect(swapped.text).toMatch(
			/talis-2018-teacher 1\.0\.0 \([0-9a-f]{8}\); last time: talis-2018-teacher 1\.0\.0 \(/,
		);
		expect(swapped.codes).toContain("baseline-other-figures");
		const reworded = await against(
			shown.replace("en: Education conferences", "en: Conferences on education"),
		);
		expect(reworded.codes).not.toContain("baseline-other-codebook");
		writeFileSync(config, small);
	});

	test("an earlier report of other teachers is refused, as compare refuses it", async () => {
		const women = join(folder, "women.json");
		lastYear(women, ({ settings }) => ({ settings: { ...settings, where: ["gender=female"] } }));
		const { code, err } = await run(["report", config, "--out", out, "--baseline", women]);
		expect(code).toBe(2);
		expect(err).toContain("women.json: the results differ in their teachers");
	});

	test.each([
		[
			"shifted",
			"significant-drop",
			3,
			"dropped significantly, first activities:business-visits of KAZ (by 20.0)",
		],
		["shifted", "significant-drop:business", 3, "1 of 1 tested figures dropped significantly"],
		["shifted", "significant-drop:coaching", 0, ""],
		["shifted", "significant-rise", 0, ""],
		["shifted", "significant-rise, data-changed", 3, "the data are not those of the baseline"],
		["shifted", "data-changed", 3, "the data are not those of the baseline"],
		["other", "data-changed", 3, "codebook"],
		["last", "data-changed", 0, ""],
		["last", "year-missing", 3, "the data are still those of the baseline"],
		["shifted", "year-missing", 0, ""],
		["saved", "year-missing", 3, "exactly the same although the files are not"],
		["saved", "data-changed", 3, "saved anew"],
		["larger", "figures-missing", 3, "that are not in this one (1): activities:left-out."],
		["shifted", "figures-missing", 0, ""],
		["other", "design-changed", 3, "figures are not made as those of the baseline"],
		["shifted", "design-changed", 0, ""],
		["last", "design-changed", 0, ""],
		["last", "significant-drop", 0, ""],
		["last", "suppressed", 0, ""],
		["shifted", "significant-drop:nothing", 2, "is compared with nothing earlier"],
		["shifted", "significant-drop:", 2, "an item follows significant-drop"],
		["shifted", "significant-dorp", 2, "significant-drop"],
	])("against %s, --fail-on %s ends with %i", async (name, gate, code, part) => {
		const result = await report({ shifted, other, last, saved, larger }[name] as string, gate);
		expect([result.code, result.err]).toEqual([code, expect.stringContaining(part)]);
	});

	test("the report is written before a gate is looked at", async () => {
		const before = (await report(last)).codes;
		const { code, codes } = await report(shifted, "significant-drop");
		expect(code).toBe(3);
		expect(codes).not.toEqual(before);
	});

	test("a baseline of another survey, or that is no result, is refused", async () => {
		const foreign = join(folder, "foreign.json");
		lastYear(foreign, ({ estimates }) => ({
			estimates: estimates.map((row) => ({ ...row, topic: "elsewhere" })),
		}));
		expect(await report(foreign)).toMatchObject({
			code: 2,
			err: expect.stringContaining("shares no figure"),
		});
		writeFileSync(foreign, "{}");
		expect(await report(foreign)).toMatchObject({ code: 2, err: expect.stringContaining("foreign.json") });
	});
});

describe("changes of a report with means", () => {
	const { config, folder, out } = reportFolder({ ...CHANGED, charts: "topics", means: ["types"] });
	beforeAll(async () => {
		expect((await run(["report", config, "--out", out, "--quiet"])).code).toBe(0);
		const last: ResultSet = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
		const source = last.source.map((one) => ({ ...one, sha256: "0".repeat(64) }));
		const estimates = last.estimates.map((row) => ({ ...row, estimate: (row.estimate ?? 0) + 0.01 }));
		writeFileSync(join(folder, "last.json"), JSON.stringify({ ...last, source, estimates }));
		const again = ["report", config, "--out", out, "--baseline", join(folder, "last.json"), "--quiet"];
		expect((await run(again)).code).toBe(0);
	}, 60_000);

	test("are drawn of the items alone, each once and apart from the others", () => {
		const spec = JSON.parse(readFileSync(join(out, "charts/activities-change.vl.json"), "utf8"));
		const rates = JSON.parse(readFileSync(join(out, "charts/activities.vl.json"), "utf8"));
		const labelsOf = ({ data }: { data: { values: { item?: string; label?: string }[] } }) =>
			[...new Set(data.values.map(({ item, label }) => item ?? label))].toSorted();
		expect(labelsOf(rates).length).toBeGreaterThan(9);
		expect(labelsOf(spec)).toEqual(labelsOf(rates));
		const { texts } = readTexts(readFileSync(join(out, "charts/activities-change.svg"), "utf8"));
		expect(overlaps(texts)).toEqual([]);
	});

	test("are told apart by statistic in the tables, and have no sign where they round to nothing", () => {
		const page = readFileSync(join(out, "index.html"), "utf8");
		const change = page.slice(page.indexOf('<section id="change"'));
		for (const name of ["Mean", "SD", "P25", "Median", "P75"]) {
			expect(change).toContain(`>Number of kinds of activity · ${name}</th>`);
		}
		expect(change).toMatch(/>0\.0\s+\(/);
		expect(page).not.toMatch(/>[−+-]0\.0+[ <]/);
	});
});
