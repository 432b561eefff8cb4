import Papa from "papaparse";
import { expect, test } from "vitest";
import { loadLocale } from "../../src/locale.js";
import { render } from "../../src/present/index.js";
import { estimate, fixture, hidden, ONE, THREE } from "./fixture.js";

const VIEW = { locale: loadLocale("en"), width: 80, color: false };

const COLUMNS =
	"topic,item,variable,label,country,population,base,statistic,estimate,se,ci_low,ci_high,ci_method,df,n,schools,weighted_n,coverage,deff,status,synthetic";

function parsed(text: string): string[][] {
	return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
}

test("csv has the columns it promises, with rows and without", () => {
	const text = render("csv", fixture(THREE), VIEW);
	expect(text.split("\n")[0]).toBe(COLUMNS);
	expect(parsed(text).length).toBe(1 + fixture(THREE).estimates.length);
	expect(render("csv", { ...fixture(ONE), estimates: [] }, VIEW)).toMatch(/^topic,.*,synthetic\n$/);
});

test("csv leaves hidden numbers empty and says whether the data are synthetic", () => {
	const results = { ...fixture(ONE, { synthetic: true }), estimates: [hidden(estimate({ group: {} }))] };
	expect(parsed(render("csv", results, VIEW))[1]?.slice(6)).toEqual([
		...["", "", "", "", "", ""],
		...["12", "200", "", "", "", "few-teachers", "yes"],
	]);
});

test.each(["=1", "+1", "-1", "@a", "\ta", "\ra"])("csv puts an apostrophe before %j", (text) => {
	const row = estimate({ label: text, group: { [text]: text }, estimate: -2.5 });
	const [head, cells] = parsed(render("csv", { ...fixture(ONE), estimates: [row] }, VIEW));
	expect([head?.[4], cells?.[3], cells?.[4]]).toEqual([`'${text}`, `'${text}`, `'${text}`]);
	expect(cells?.[7]).toBe("-2.5");
});

test("a breakdown called like a column of ours does not take its place", () => {
	const results = { ...fixture(ONE), estimates: [estimate({ group: { n: "north" }, n: 77 })] };
	const cells = parsed(render("csv", results, VIEW))[1];
	expect(cells?.[4]).toBe("north");
	expect(cells).toContain("77");
});

test("markdown is kept as a snapshot", async () => {
	const results = fixture(THREE, { synthetic: true, counts: true });
	const first = results.estimates[0];
	if (first !== undefined) results.estimates[0] = hidden({ ...first, label: "a|b *c* <d>" });
	await expect(render("markdown", results, VIEW)).toMatchFileSnapshot(
		"../snapshots/present/hand-made.markdown.txt",
	);
});
