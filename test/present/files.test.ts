import Papa from "papaparse";
import { expect, test } from "vitest";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { byGender, gaps, means, severalPairs } from "./comparing.js";
import { estimate, fixture, hidden, ONE, THREE } from "./fixture.js";

const VIEW = { locale: loadLocale("en"), width: 80, color: false };

const COLUMNS =
	"topic,item,variable,label,country,population,base,statistic,estimate,se,ci_low,ci_high,ci_method,df,n,schools,weighted_n,coverage,deff,status,synthetic";

function parsed(text: string): string[][] {
	return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
}

test("csv has the columns it promises, with rows and without", () => {
	const text = renderText("csv", fixture(THREE), VIEW);
	expect(text.split("\n")[0]).toBe(COLUMNS);
	expect(parsed(text).length).toBe(1 + fixture(THREE).estimates.length);
	expect(renderText("csv", { ...fixture(ONE), estimates: [] }, VIEW)).toMatch(/^topic,.*,synthetic\n$/);
});

test("csv leaves hidden numbers empty and says whether the data are synthetic", () => {
	const results = { ...fixture(ONE, { synthetic: true }), estimates: [hidden(estimate({ group: {} }))] };
	expect(parsed(renderText("csv", results, VIEW))[1]?.slice(6)).toEqual([
		...["", "", "", "", "", ""],
		...["12", "200", "", "", "", "few-teachers", "yes"],
	]);
});

test.each(["=1", "+1", "-1", "@a", "\ta", "\ra"])("csv puts an apostrophe before %j", (text) => {
	const row = estimate({ label: text, group: { [text]: text }, estimate: -2.5 });
	const [head, cells] = parsed(renderText("csv", { ...fixture(ONE), estimates: [row] }, VIEW));
	expect([head?.[4], cells?.[3], cells?.[4]]).toEqual([`'${text}`, `'${text}`, `'${text}`]);
	expect(cells?.[7]).toBe("-2.5");
});

test("a breakdown called like a column of ours does not take its place", () => {
	const results = { ...fixture(ONE), estimates: [estimate({ group: { n: "north" }, n: 77 })] };
	const cells = parsed(renderText("csv", results, VIEW))[1];
	expect(cells?.[4]).toBe("north");
	expect(cells).toContain("77");
});

test("markdown is kept as a snapshot", async () => {
	const results = fixture(THREE, { synthetic: true, counts: true });
	const first = results.estimates[0];
	if (first !== undefined) results.estimates[0] = hidden({ ...first, label: "a|b *c* <d>" });
	await expect(renderText("markdown", results, VIEW)).toMatchFileSnapshot(
		"../snapshots/present/hand-made.markdown.txt",
	);
});

const COMPARED =
	"topic,item,variable,label,country,base,statistic,between,a,b,a_estimate,a_se,a_n,b_estimate,b_se,b_n,difference,se,ci_low,ci_high,t,df,p,p_adjusted,kind,status,synthetic";

test("csv of compare has one row a comparison, in full precision", () => {
	const results = byGender("en");
	const [head, ...rows] = parsed(renderText("csv", results, VIEW));
	expect(head?.join(",")).toBe(COMPARED);
	expect(rows.length).toBe(results.comparisons.length);
	for (const [index, row] of rows.entries()) {
		const { difference, se, b, status } = results.comparisons[index] ?? {};
		const cell = (name: string) => row[head?.indexOf(name) ?? -1];
		const number = (text?: string) => (text === "" ? null : Number(text));
		expect([number(cell("difference")), number(cell("se"))]).toEqual([difference, se]);
		expect([number(cell("b_estimate")), cell("status"), cell("synthetic")]).toEqual([
			b?.estimate,
			status,
			"no",
		]);
	}
});

test("csv of gaps and means has one row an estimate", () => {
	for (const results of [gaps("en"), means("en")]) {
		const rows = parsed(renderText("csv", results, VIEW));
		expect(rows[0]?.join(",")).toBe(COLUMNS.replace(",population", ""));
		expect(rows.length).toBe(1 + results.estimates.length);
	}
	expect(renderText("csv", means("en"), VIEW)).toContain(",sd,2.031,");
});

test("csv has the further numbers that were asked for", () => {
	const results = { ...fixture(ONE), estimates: [{ ...estimate({}), cv: 2.5, nEff: 700.25 }] };
	const [head, row] = parsed(renderText("csv", results, VIEW));
	expect(head?.slice(-4)).toEqual(["cv", "n_eff", "status", "synthetic"]);
	expect(row?.slice(-4)).toEqual(["2.5", "700.25", "ok", "no"]);
});

test.each([
	["compare-gender", byGender("en")],
	["compare-pairs", severalPairs("en")],
	["gaps", gaps("en", ["KAZ", "FRA"])],
	["means", means("en")],
])("markdown of %s is kept as a snapshot, its rows as long as its heads", async (name, results) => {
	const text = renderText("markdown", results, VIEW);
	await expect(text).toMatchFileSnapshot(`../snapshots/present/${name}.markdown.txt`);
	for (const table of text.split("\n\n").filter((block) => block.startsWith("|"))) {
		expect(new Set(table.split("\n").map((line) => line.split("|").length)).size).toBe(1);
	}
});
