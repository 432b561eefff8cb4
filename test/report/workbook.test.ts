import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, test } from "vitest";
import type { Estimate, ResultSet } from "../../src/index.js";
import { run } from "../cli/support.js";
import { reportFolder, SHIPPED } from "./support.js";

type Row = Record<string, unknown>;

async function sheetsOf(folder: string) {
	const { sheets } = await readXlsx(readFileSync(join(folder, "tables.xlsx")));
	return new Map(sheets.map(({ name, rows }) => [name, rows]));
}

/** A sheet's rows by their column's code, which stands under its name for people. */
function records([_, heads = [], ...rows]: readonly unknown[][]): Row[] {
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

	/** The English page from a section's heading to the next section. */
	const sectionOf = (id: string) => {
		const start = page.indexOf(`<section id="${id}"`);
		expect(start, id).toBeGreaterThan(0);
		return page.slice(start, page.indexOf("<section", start + 1));
	};
	/** The one figure of results.json that a row is of. */
	function figureOf(row: Row, breakdowns: readonly string[]): Estimate {
		const same = results.estimates.filter(
			({ topic, item, group, base, statistic }) =>
				topic === row.topic &&
				item === row.item &&
				base === row.base &&
				statistic === row.statistic &&
				Object.keys(group).join() === breakdowns.join() &&
				breakdowns.every((id) => group[id] === row[id]),
		);
		expect(same, JSON.stringify(row)).toHaveLength(1);
		return same[0] as Estimate;
	}
	const cellsOf = ({ estimate, se, ciLow, ciHigh, df, n, schools, status }: Estimate) => ({
		...{ estimate, se, ci_low: ciLow, ci_high: ciHigh, n, schools, status },
		...(typeof df === "number" ? { df } : {}),
	});
	const printed = ({ estimate, se, statistic }: Estimate) => {
		const digits = statistic === "percent" ? 1 : 2;
		// As decimals are written: a report's figures are rounded, and toFixed takes 0.85 for a little less.
		const format = new Intl.NumberFormat("en", {
			minimumFractionDigits: digits,
			maximumFractionDigits: digits,
		});
		return `${format.format(estimate as number)} (${format.format(se as number)})`;
	};

	test.each(["activities", "focus", "needs", "barriers"])("%s: the figures of results.json", (topic) => {
		const rows = rowsOf(topic);
		expect(rows.length).toBeGreaterThan(8);
		for (const row of rows) {
			const figure = figureOf(row, ["country"]);
			expect(row).toMatchObject(cellsOf(figure));
			if (row.statistic === "percent" && row.country === "KAZ" && figure.estimate !== null)
				expect(sectionOf(`topic-${topic}`)).toContain(printed(figure));
		}
	});

	test.each(["gender", "experience"])("by-%s: all figures of results.json, and of the page", (by) => {
		const rows = rowsOf(`by-${by}`);
		const own = results.estimates.filter(({ group }) => Object.keys(group).join() === `country,${by}`);
		expect(own.length).toBeGreaterThan(90);
		expect(rows).toHaveLength(own.length);
		for (const row of rows) {
			const figure = figureOf(row, ["country", by]);
			expect(row).toMatchObject(cellsOf(figure));
			expect(sectionOf(`topic-${row.topic}`), JSON.stringify(row)).toContain(printed(figure));
		}
	});

	test("means: all figures of results.json, and of the page", () => {
		const rows = rowsOf("means");
		const statistics = ["mean", "sd", "q25", "q50", "q75"];
		expect(rows.map(({ statistic }) => statistic)).toEqual(
			expect.arrayContaining([...statistics, "percent"]),
		);
		for (const row of rows) {
			const figure = figureOf(row, ["country"]);
			expect(figure.item).toMatch(/^types/);
			expect(row).toMatchObject(cellsOf(figure));
			const [estimate, se] = [figure.estimate, figure.se].map((value) => (value as number).toFixed(1));
			expect(sectionOf("means"), JSON.stringify(row)).toContain(
				figure.statistic === "percent"
					? `>${estimate}</td><td data-value="${Number(se)}">${se}</td>`
					: printed(figure),
			);
		}
		const spread = results.estimates.filter(({ item }) => item.startsWith("types-"));
		expect(rows).toHaveLength(statistics.length + spread.length);
	});

	test("gaps: need, offer and unmet need of results.json, and of the page", () => {
		const rows = rowsOf("gaps");
		const pairs = results.comparisons.filter(({ between }) => between.variable === "topic");
		/** The table's line of an item. */
		const lineOf = (label: string) => {
			const lines = sectionOf("gaps").split("<tr>");
			return lines.find((line) => line.startsWith('<th scope="row"') && line.includes(`>${label}</th>`));
		};
		expect(pairs.length).toBeGreaterThan(10);
		expect(rows).toHaveLength(3 * pairs.length);
		for (const { item, label, group, between, a, b } of pairs) {
			for (const [topic, side] of [
				[between.a, a],
				[between.b, b],
			] as const) {
				const row = rows.find(
					(one) => one.topic === topic && one.item === item && one.country === group.country,
				);
				expect(row, `${topic} ${item}`).toMatchObject({ estimate: side.estimate, se: side.se, n: side.n });
				expect(lineOf(label), `${topic} ${item}`).toContain(
					`>${side.estimate?.toFixed(1)} (${side.se?.toFixed(1)})<`,
				);
			}
		}
		for (const row of rows.filter(({ topic }) => topic === "unmet")) {
			const figure = figureOf(row, ["country"]);
			expect(row).toMatchObject(cellsOf(figure));
			expect(lineOf(figure.label), JSON.stringify(row)).toContain(`>${printed(figure)}<`);
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
	expect(labels.slice(0, 2)).toEqual(["=cmd()|' /C calc'!A0", "<script>alert(1)</script>"]);
	// A formula would come back as what it was worked out to, which is nothing.
	const cells = [...sheets.values()].flat(2);
	expect(cells).toContain("=cmd() <script>.csv");
	expect(readFileSync(join(out, "tables/activities.csv"), "utf8")).toContain(",'=cmd()|' /C calc'!A0,");
});
