import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import { drawTable, drawTexts } from "../../../src/present/terminal/draw-table.js";
import { widthOf } from "../../../src/present/text/text-width.js";

const { dim, cyan } = new Chalk({ level: 1 });

describe("a drawn table", () => {
	test("has labels on the left, figures on the right, and two blanks between them", () => {
		const rows = [
			[{ lines: ["Item"], align: "left" as const }, { lines: ["%"] }, { lines: ["n"] }],
			[{ lines: ["Coaching"], align: "left" as const }, { lines: ["38.2"] }, { lines: ["1,979"] }],
		];
		expect(drawTable(rows, [8, 4, 5])).toBe("Item         %      n\nCoaching  38.2  1,979");
	});

	test("has cells of several lines and across several columns", () => {
		const rows = [
			[{ lines: ["a"], align: "left" as const }, { lines: ["1.0", "(0.5)"] }, { lines: ["2"] }],
			[
				{ lines: ["b"], align: "left" as const },
				{ lines: ["no data"], span: 2 },
			],
			[{ lines: ["a heading of all"], align: "left" as const, span: 3 }],
			[{ lines: [], span: 3 }],
		];
		expect(drawTable(rows, [1, 6, 6])).toBe(
			["a     1.0       2", "    (0.5)", "b         no data", "a heading of all", ""].join("\n"),
		);
	});

	test("keeps blanks behind a text inside its column, and none at the end of a line", () => {
		const rows = [
			[{ lines: ["l"], align: "left" as const }, { lines: ["p  "], color: dim }, { lines: [" "] }],
		];
		expect(drawTable(rows, [1, 5, 3])).toBe(`l    ${dim("p")}`);
	});

	test("colours texts and nothing else", () => {
		const rows = [
			[
				{ lines: ["a", "b"], align: "left" as const, color: cyan },
				{ lines: ["1"], color: dim },
			],
		];
		expect(drawTable(rows, [3, 3])).toBe(`${cyan("a")}      ${dim("1")}\n${cyan("b")}`);
	});

	test.each([
		["Chinese", "教师培训"],
		["Hebrew with points", "שָׁלוֹם"],
		["Arabic with vowels", "مَرْحَبًا"],
		["Thai", "ที่นี่"],
		["Hindi", "हिन्दी"],
		["decomposed Cyrillic", "йёйё".normalize("NFD")],
		["emoji of several", "👩\u200d🏫👩\u200d🏫"],
		["signs of private use", "\ue000\ue000\ue001"],
	])("is cut nowhere and stands straight with %s", (_, text) => {
		const table = drawTexts(
			[
				[text, "1"],
				["ab", text],
				[text + text, "22"],
			],
			1,
		);
		const lines = table.split("\n");
		expect(lines.map(widthOf)).toEqual(Array(3).fill(2 * widthOf(text) + 2 + Math.max(2, widthOf(text))));
		expect(table.split(text)).toHaveLength(5);
		expect(table).not.toContain("…");
	});

	test("of thousands of rows takes no more than a moment", () => {
		const rows = Array.from({ length: 5000 }, (_, row) => ["Teachers", ...Array(5).fill(String(row))]);
		const start = process.cpuUsage().user;
		const lines = drawTexts(rows, 1).split("\n");
		expect(lines).toHaveLength(5000);
		expect(lines[4999]).toBe(`Teachers${"  4999".repeat(5)}`);
		expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(5);
	});
});
