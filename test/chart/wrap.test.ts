import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasGlyphs } from "../../src/chart/text/font.js";
import { textWidth } from "../../src/chart/text/text-runs.js";
import { columnWidth, wrapEvenly, wrapText } from "../../src/chart/text/wrap.js";

const style = { size: 12 };
const word = fc.string({ unit: fc.constantFrom(..."abәғқңөұүһі-Ж7"), minLength: 1, maxLength: 60 });

describe("text", () => {
	it("has every Kazakh letter in both weights", () => {
		for (const weight of [400, 600] as const) {
			expect(hasGlyphs("әғқңөұүһіӘҒҚҢӨҰҮҺІ", weight)).toBe(true);
		}
	});

	it("is as wide as the advances of its letters", () => {
		expect(textWidth("ққ", 10)).toBeCloseTo(2 * textWidth("қ", 10), 10);
		expect(textWidth("қ", 20)).toBeCloseTo(2 * textWidth("қ", 10), 10);
		expect(textWidth("Title", 12, 600)).toBeGreaterThan(textWidth("Title", 12, 400));
	});

	it("is wrapped without losing a letter or leaving the column", () => {
		fc.assert(
			fc.property(
				fc.array(word, { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 30, max: 400 }),
				(words, width) => {
					const lines = wrapText(words.join(" "), width, style);
					expect(lines.join("").replaceAll(" ", "")).toBe(words.join(""));
					for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
				},
			),
		);
	});

	it("is wrapped evenly in as few lines, without breaking a word that fits", () => {
		fc.assert(
			fc.property(
				fc.array(word, { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 30, max: 400 }),
				(words, width) => {
					const greedy = wrapText(words.join(" "), width, style);
					const even = wrapEvenly(words.join(" "), width, style);
					expect(even).toHaveLength(greedy.length);
					const widest = (lines: string[]) => Math.max(...lines.map((line) => textWidth(line, 12)));
					expect(widest(even)).toBeLessThanOrEqual(widest(greedy));
					if (words.every((one) => textWidth(one, 12) <= width)) {
						expect(even.join(" ")).toBe(words.join(" "));
					}
				},
			),
		);
		expect(wrapEvenly("Teaching students with special needs", 170, style)).toEqual([
			"Teaching students",
			"with special needs",
		]);
	});

	it("breaks inside a word that is wider than the column", () => {
		expect(wrapText("ұ".repeat(200), 250, style).length).toBeGreaterThan(4);
		expect(wrapText("", 100, style)).toEqual([""]);
	});

	it("does not break at a no-break space", () => {
		expect(wrapText("Kazakhstan n\u00a0=\u00a012", 70, style)).toEqual(["Kazakhstan", "n\u00a0=\u00a012"]);
	});

	it("finds the narrowest column that saves a line", () => {
		const labels = ["Courses or seminars attended face to face", "Other"];
		expect(columnWidth(labels, [60, 120, 180, 300, 400], style)).toBe(300);
		expect(columnWidth(labels, [60, 120, 180], style)).toBe(120);
	});
});
