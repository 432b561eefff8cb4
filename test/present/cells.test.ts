import { describe, expect, test } from "vitest";
import { cellText, printedValue } from "../../src/present/content/cell-text.js";
import type { BoardCell } from "../../src/present/content/cells.js";
import { type Language, loadLocale } from "../../src/wording/locale.js";

const text = (cell: BoardCell, language: Language = "en") => cellText(cell, loadLocale(language));

describe("a cell in words", () => {
	test.each<[string, BoardCell, string]>([
		["a figure with its error", { value: 94.04, error: 0.61, digits: 1 }, "94.0 (0.6)"],
		["shown in spite of its status", { value: 94, error: 1, digits: 1, marks: ["!"] }, "94.0 (1.0) !"],
		["a difference with both marks", { value: -7, error: 6, digits: 1, marks: ["!", "*"] }, "−7.0 (6.0) ! *"],
		["an error alone", { error: 0.61, digits: 1 }, "(0.6)"],
		["an error that is not known", { value: 50, error: null, digits: 1 }, "50.0 (–)"],
		["a figure that is not known", { value: null }, "–"],
		["a number of teachers", { value: 1234, digits: 0 }, "1,234"],
		["an interval", { interval: { low: 1.25, high: 2, ofDifference: false }, digits: 1 }, "1.3–2.0"],
		[
			"an interval of a difference",
			{ interval: { low: -19.8, high: 4.4, ofDifference: true }, digits: 1 },
			"−19.8 to 4.4",
		],
		["a p-value", { value: 0.6291, digits: "p" }, "0.629"],
		["a very small p-value", { value: 0.0000001, digits: "p", marks: ["*"] }, "<0.001 *"],
		["a rise", { value: 5.04, digits: "change" }, "+5.0"],
		["a fall", { value: -5.04, digits: "change" }, "−5.0"],
		["a change that is not known", { value: null, digits: "change" }, "–"],
		["a reason", { status: "few-teachers", span: 3 }, "too few teachers"],
		["a reason that is none of the statuses", { status: "same-data" }, "same data"],
		["no reason", { status: "ok" }, "–"],
		["a word", { word: "S" }, "S"],
		["nothing", {}, ""],
	])("%s", (_, cell, expected) => {
		expect(text(cell)).toBe(expected);
	});

	test("is written as each language writes numbers", () => {
		expect(text({ value: -1234.5, error: 0.6, digits: 1 }, "ru")).toBe("−1\u00a0234,5 (0,6)");
		expect(text({ interval: { low: -1, high: 2, ofDifference: true }, digits: 1 }, "kk")).toBe("−1,0 … 2,0");
	});
});

describe("the number a cell is sorted by", () => {
	test.each<[string, BoardCell, number | null]>([
		["its figure as printed", { value: 94.04, error: 0.61, digits: 1 }, 94],
		["a tie as Intl rounds it, not as toFixed does", { value: 0.15, digits: 1 }, 0.2],
		["no sign on what rounds to nothing", { value: -0.04, digits: 1 }, 0],
		["thousands", { value: 1234567, digits: 0 }, 1234567],
		["the lower bound", { interval: { low: -19.84, high: 4.4, ofDifference: true }, digits: 1 }, -19.8],
		["a p-value", { value: 0.0000001, digits: "p", marks: ["*"] }, 0.001],
		["a rise, which its sign hid from sorting before", { value: 5.04, digits: "change" }, 5],
		["nothing where there is a reason", { status: "few-teachers" }, null],
		["nothing where it is not known", { value: null, digits: 1 }, null],
		["nothing of an error alone", { error: 0.6, digits: 1 }, null],
		["nothing of a word", { word: "2" }, null],
	])("is %s", (_, cell, expected) => {
		expect(printedValue(cell)).toBe(expected);
	});
});
