import { describe, expect, test } from "vitest";
import { LAYOUTS, type Layout } from "../../src/present/format-list.js";
import { renderText } from "../../src/present/index.js";
import { widthOf } from "../../src/present/text/text-width.js";
import type { Group, ResultSet } from "../../src/results/result-set.js";
import { LANGUAGES, type Language, loadLocale } from "../../src/wording/locale.js";
import { fixture, hidden, ONE, THREE } from "./fixture.js";

const ESC = "\u001b";
const COLOR = new RegExp(`${ESC}\\[\\d+m`, "g");
const table = (
	results: ResultSet,
	width = 80,
	language: Language = "en",
	color = false,
	layout: Layout | undefined = undefined,
) => renderText("table", results, { locale: loadLocale(language), width, color, layout });

const GROUPS: [name: string, groups: Group[]][] = [
	["one group", ONE],
	["three groups", THREE],
	["twenty groups", Array.from({ length: 20 }, (_, index) => ({ country: `C${index}` }))],
];

describe.each(GROUPS)("a table of %s", (name, groups) => {
	test.each(LANGUAGES)("never leaves the page in %s", (language) => {
		for (const counts of [false, true]) {
			for (const width of [40, 60, 80, 120]) {
				const text = table(fixture(groups, { counts }), width, language);
				for (const line of text.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(width);
			}
		}
	});

	test.each([60, 80])("is kept as a snapshot at %i columns", async (width) => {
		const text = table(fixture(groups, { synthetic: true, counts: name === "one group" }), width);
		await expect(text).toMatchFileSnapshot(
			`../snapshots/present/hand-made-${name.replace(" ", "-")}.${width}.txt`,
		);
	});

	test("shows the same letters with and without colour", () => {
		const results = fixture(groups, { synthetic: true });
		const colored = table(results, 80, "en", true);
		expect(colored).toContain(ESC);
		expect(table(results)).not.toContain(ESC);
		expect(colored.replaceAll(COLOR, "")).toBe(table(results));
	});
});

/** Places of the last digit before the point in front of a bracket, line by line. */
function points(text: string, pattern: RegExp): number[] {
	return text.split("\n").flatMap((line) => [...line.matchAll(pattern)].map(({ index }) => index));
}

test("decimals and brackets stand under each other", () => {
	for (const width of [60, 80]) {
		const single = table(fixture(ONE), width);
		expect(new Set(points(single, /\.\d +\(/g)).size).toBe(1);
		const columns = table(fixture(THREE), width);
		const perTable = new Set(points(columns, /\.\d +\(/g)).size;
		expect(perTable).toBe(width === 80 ? 3 : 2);
		expect(new Set(points(columns, /\.\d\)/g)).size).toBe(perTable);
	}
});

test("a mark beside a number moves neither decimals nor brackets", () => {
	for (const groups of [ONE, THREE]) {
		const results = fixture(groups);
		const places = new Set(points(table(results), /\.\d +\(/g)).size;
		const first = results.estimates[0];
		if (first !== undefined) first.status = "few-schools";
		expect(table(results)).toContain(" !");
		expect(table(results)).toContain("! too few schools");
		expect(new Set(points(table(results), /\.\d(?: !)? +\(/g)).size).toBe(places);
	}
});

test("a hidden row shows its status, in grey, and its n", () => {
	for (const groups of [ONE, THREE]) {
		const results = fixture(groups);
		results.estimates = results.estimates.map((row, index) => (index === 0 ? hidden(row) : row));
		expect(table(results)).toContain("too few teachers");
		expect(table(results, 80, "en", true)).toMatch(new RegExp(`${ESC}\\[2m *too few teachers`));
	}
});

test("synthetic data are said to be so before anything else, and once", () => {
	const results = fixture(ONE, { synthetic: true });
	results.notes.unshift({ code: "synthetic-data", text: "Synthetic data: not real teachers." });
	expect(table(results).startsWith("Synthetic data")).toBe(true);
	expect(table(results).match(/Synthetic data/g)).toHaveLength(1);
	expect(table(fixture(ONE))).not.toMatch(/synthetic/i);
});

test("groups that do not fit side by side follow below, and csv is named for many", () => {
	const many = table(fixture(GROUPS[2]?.[1] ?? []), 80, "en", false, "columns");
	for (let index = 0; index < 20; index++) expect(many).toMatch(new RegExp(`\\bC${index}\\b`));
	expect(many).toContain("--format csv puts all 20 groups in one table.");
	expect(table(fixture(THREE), 60)).toContain("Groups 1–2 of 3");
	expect(table(fixture(THREE))).not.toContain("Groups 1");
});

describe("groups stand", () => {
	const five = ["KAZ", "FRA", "ITA", "average:oecd-2", "AUS"].map((country) => ({ country }));
	const shown = (layout: Layout | undefined, groups: Group[] = five, width = 80) =>
		table(fixture(groups), width, "en", false, layout);

	test("in rows where more than four systems are, by their names, averages last", () => {
		expect(shown(undefined)).toBe(shown("rows"));
		expect(shown(undefined, five.slice(0, 4))).toBe(shown("columns", five.slice(0, 4)));
		const names = [...shown("rows").matchAll(/^(\S.*?) {2,}\d/gm)].map(([, name]) => name);
		expect(new Set(names)).toEqual(new Set(["AUS", "France", "ITA", "Kazakhstan", "average:oecd-2"]));
		expect(names[0]).toBe("AUS");
		expect(names[4]).toBe("average:oecd-2");
	});

	test("in rows where more than six groups are, and what all have in common is said once", () => {
		const by = (count: number) =>
			Array.from({ length: count }, (_, place) => ({ country: "KAZ", gender: `g${place}` }));
		expect(shown(undefined, by(6))).toBe(shown("columns", by(6)));
		expect(shown(undefined, by(7))).toBe(shown("rows", by(7)));
		expect(shown("rows", by(7)).match(/Kazakhstan/g)).toEqual(shown("rows", by(7)).match(/^Kazakhstan$/gm));
		expect(shown("rows", by(7))).toMatch(/^g6 {2,}\d/m);
	});

	test("with the same figures in every layout", () => {
		const figures = (text: string) =>
			[...text.matchAll(/(\d+\.\d+) +\(/g)].map(([, figure]) => figure).sort();
		expect(figures(shown("rows"))).toEqual(figures(shown("columns")));
		expect(figures(shown("long"))).toEqual(figures(shown("columns")));
		expect(figures(shown("rows"))).toHaveLength(5 * 5);
	});

	test.each(LAYOUTS)("within the page as %s", (layout) => {
		for (const width of [40, 80]) {
			for (const line of shown(layout, five, width).split("\n")) {
				expect(widthOf(line), line).toBeLessThanOrEqual(width);
			}
		}
	});

	test("with what they are by over their names, and intervals where each has a table", () => {
		expect(shown("rows")).toMatch(/^Country, % \(SE\)/m);
		expect(shown("long").match(/95% CI/g)).toHaveLength(5);
	});
});

test("what stands in a survey file does not steer the terminal", () => {
	const results = fixture([{ country: `A${ESC}[31m\r\nB\u202e` }, { country: "FRA" }]);
	for (const row of results.estimates) row.label = `x${ESC}]0;title\u0007`;
	for (const set of [results, { ...results, estimates: results.estimates.slice(0, 5) }]) {
		for (const control of [ESC, "\u0007", "\r", "\u202e"]) expect(table(set)).not.toContain(control);
	}
});
