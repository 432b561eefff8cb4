import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, test } from "vitest";
import type { ResultSet } from "../../src/index.js";
import { run } from "../cli/support.js";
import { reportFolder, SHIPPED } from "./support.js";

type Row = Record<string, unknown>;

async function sheetsOf(folder: string) {
	const { sheets } = await readXlsx(readFileSync(join(folder, "tables.xlsx")));
	return new Map(sheets.map(({ name, rows }) => [name, rows]));
}

/** A sheet's rows by their column's head. */
function records([heads = [], ...rows]: readonly unknown[][]): Row[] {
	return rows.map((row) => Object.fromEntries(heads.map((head, at) => [String(head), row[at] ?? null])));
}

describe("the shipped report's workbook", () => {
	const results: ResultSet = JSON.parse(readFileSync(join(SHIPPED, "build/results.json"), "utf8"));
	const page = readFileSync(join(SHIPPED, "build/index.html"), "utf8");
	let sheets: Map<string, unknown[][]>;
	beforeAll(async () => {
		sheets = await sheetsOf(join(SHIPPED, "build"));
	});
	const rowsOf = (name: string) => records(sheets.get(name) ?? []);

	test.each(["activities", "focus", "needs", "barriers"])("%s: the figures of results.json", (topic) => {
		const rows = rowsOf(topic);
		expect(rows.length).toBeGreaterThan(8);
		for (const row of rows) {
			const same = results.estimates.filter(
				({ topic, item, group, base, statistic }) =>
					topic === row.topic &&
					item === row.item &&
					base === row.base &&
					statistic === row.statistic &&
					Object.keys(group).length === 1 &&
					group.country === row.country,
			);
			expect(same, JSON.stringify(row)).toHaveLength(1);
			const [{ estimate, se, ciLow, ciHigh, n, schools }] = same as [ResultSet["estimates"][number]];
			expect(row).toMatchObject({ estimate, se, ci_low: ciLow, ci_high: ciHigh, n, schools });
			if (row.statistic === "percent" && row.country === "KAZ" && estimate !== null && se !== null)
				expect(page).toContain(`${estimate.toFixed(1)} (${se.toFixed(1)})`);
		}
	});

	test("between-gender: the differences of results.json, row by row", () => {
		const own = results.comparisons.filter(({ between }) => between.variable === "gender");
		const rows = rowsOf("between-gender");
		expect(rows).toHaveLength(own.length);
		for (const [index, { item, difference, se, p, pAdjusted, a, b }] of own.entries()) {
			expect(rows[index]).toMatchObject({
				...{ item, difference, se, p, p_adjusted: pAdjusted },
				...{ a_estimate: a.estimate, b_estimate: b.estimate },
			});
		}
	});
});

test("hostile labels of a codebook and of a file stay text that runs nowhere", async () => {
	const codebook = readFileSync("data/codebooks/talis-2018-teacher.yaml", "utf8");
	const hostile = codebook
		.replaceAll("In-person courses or seminars", "=cmd()|' /C calc'!A0")
		.replaceAll("Online courses or seminars", "<script>alert(1)</script>");
	const { folder, out, config } = reportFolder({ codebook: "own.yaml", data: "=cmd() <script>.csv" });
	cpSync(join(folder, "teachers.csv"), join(folder, "=cmd() <script>.csv"));
	writeFileSync(join(folder, "own.yaml"), hostile);
	const { code, err } = await run(["report", config, "--out", out]);
	expect([code, err]).toEqual([0, expect.stringContaining("index.html")]);
	const sheets = await sheetsOf(out);
	const labels = records(sheets.get("activities") ?? []).map(({ label }) => label);
	expect(labels.slice(0, 2)).toEqual(["'=cmd()|' /C calc'!A0", "<script>alert(1)</script>"]);
	const cells = [...sheets.values()].flat(2);
	expect(cells).toContain("'=cmd() <script>.csv");
	for (const cell of cells) if (typeof cell === "string") expect(cell).not.toMatch(/^[=+\-@\t\r]/);
	expect(readFileSync(join(out, "tables/activities.csv"), "utf8")).toContain(",'=cmd()|' /C calc'!A0,");
});
