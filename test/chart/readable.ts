import { expect } from "vitest";
import { overlaps, readTexts } from "./texts.js";

/** Asserts that every text of a drawing stands inside it and none on another. @returns What was read. */
export function expectReadable(svg: string): ReturnType<typeof readTexts> {
	const drawing = readTexts(svg);
	const { width, height, texts } = drawing;
	for (const { text, left, right, top, bottom } of texts) {
		expect(Math.min(left, top), text).toBeGreaterThanOrEqual(0);
		expect(right, text).toBeLessThanOrEqual(width);
		expect(bottom, text).toBeLessThanOrEqual(height);
	}
	expect(overlaps(texts)).toEqual([]);
	return drawing;
}
