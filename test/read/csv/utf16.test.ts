import fc from "fast-check";
import { expect, test } from "vitest";
import { chunksOf, readerOf } from "../../../src/read/bytes.js";
import { utf8Of } from "../../../src/read/csv/utf16.js";
import { tries } from "../../support/long.js";

async function* cut(bytes: Buffer, length: number) {
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function transcoded(bytes: Buffer, length: number, bigEndian: boolean): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of chunksOf(utf8Of(readerOf(cut(bytes, length)), bigEndian))) parts.push(part);
	return Buffer.concat(parts).toString();
}

/** Letters of all lengths in runs, halves of pairs, marks. */
const units = fc
	.array(
		fc.oneof(
			fc.string({ unit: "grapheme-ascii", maxLength: 50 }),
			fc.constantFrom(
				"қ",
				"Аа",
				"é",
				"€",
				"\u07ff",
				"\u0800",
				"\uffff",
				"😀",
				"\ud800",
				"\udfff",
				"\ud83d",
				"\ufeff",
				"\0",
			),
		),
		{ maxLength: 20 },
	)
	.map((parts) => parts.join(""));

test("UTF-16 becomes the letters that TextDecoder reads, wherever it is cut, half a letter at its end included", async () => {
	await fc.assert(
		fc.asyncProperty(
			units,
			fc.boolean(),
			fc.boolean(),
			fc.integer({ min: 1, max: 40 }),
			async (text, bigEndian, half, length) => {
				const whole = Buffer.from(half ? `${text}?` : text, "utf16le");
				if (bigEndian) whole.swap16();
				const bytes = half ? whole.subarray(0, -1) : whole;
				const expected = new TextDecoder(bigEndian ? "utf-16be" : "utf-16le").decode(bytes);
				expect(await transcoded(bytes, length, bigEndian)).toBe(expected);
			},
		),
		{ seed: 16, numRuns: tries(2000) },
	);
});

test("text longer than the loop takes at once", async () => {
	const text = `${"KAZ,1,2.5\n".repeat(30_000)}қ😀`.repeat(2);
	expect(await transcoded(Buffer.from(text, "utf16le"), 100_001, false)).toBe(text);
});
