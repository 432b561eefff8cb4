import { create, type Font } from "fontkitten";
import { describe, expect, it } from "vitest";
import { chartSpec, renderPng, renderSvg } from "../../src/chart/index.js";
import { hasGlyphs } from "../../src/chart/text/font.js";
import { LANGUAGES, type Language } from "../../src/wording/locale.js";
import { EXAMPLES, HOSTILE, hostileLabels, oneGroup, sixGroups } from "./examples.js";
import { locale, makeResults } from "./fixtures.js";
import { overlaps, readTexts } from "./texts.js";

const specOf = (name: keyof typeof EXAMPLES, language: Language) =>
	chartSpec(EXAMPLES[name](language), { locale: locale(language) });
const names = Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[];

describe("the SVG", () => {
	it.each(names)("of %s keeps every text inside, and texts apart", async (name) => {
		for (const language of LANGUAGES) {
			const { width, height, texts } = readTexts(await renderSvg(specOf(name, language)));
			expect(texts.length).toBeGreaterThan(10);
			for (const text of texts) {
				expect(text.left, text.text).toBeGreaterThanOrEqual(0);
				expect(text.right, text.text).toBeLessThanOrEqual(width);
				expect(text.top, text.text).toBeGreaterThanOrEqual(0);
				expect(text.bottom, text.text).toBeLessThanOrEqual(height);
			}
			expect(overlaps(texts)).toEqual([]);
		}
	});

	it.each(["dots", "bars", "heatmap"] as const)(
		"of %s folds a word of 200 letters wherever it stands",
		async (kind) => {
			const word = HOSTILE[3] as string;
			const results = makeResults({
				topics: [{ key: "activities", items: { long: word, next: "Next", last: "Last" } }],
				groups: [{ country: word }, { country: "KAZ" }],
			});
			const { width, texts } = readTexts(await renderSvg(chartSpec(results, { kind, locale: locale("kk") })));
			expect(width).toBeLessThan(900);
			expect(overlaps(texts)).toEqual([]);
		},
	);

	it("has the margins asked for, since widths are measured and not guessed", async () => {
		const { width, texts } = readTexts(await renderSvg(specOf("oneGroup", "kk")));
		expect(Math.min(...texts.map(({ left }) => left))).toBeCloseTo(24, 0);
		expect(width - Math.max(...texts.map(({ right }) => right))).toBeCloseTo(24, 0);
	});

	it("is the same, byte for byte, when drawn again", async () => {
		const first = await renderSvg(specOf("threeGroups", "kk"));
		await renderSvg(specOf("manySystems", "en"));
		expect(await renderSvg(specOf("threeGroups", "kk"))).toBe(first);
	});

	it.each(LANGUAGES)("uses only letters of the shipped font (%s)", async (language) => {
		for (const name of names.filter((one) => one !== "hostileLabels")) {
			const { texts } = readTexts(await renderSvg(specOf(name, language)));
			for (const { text, weight } of texts) expect(hasGlyphs(text, weight), text).toBe(true);
		}
	});

	it.each(LANGUAGES)(
		"has the letters it uses of the shipped font inside, and no others (%s)",
		async (language) => {
			for (const name of names.filter((one) => one !== "hostileLabels")) {
				const svg = await renderSvg(specOf(name, language));
				const faces = [...svg.matchAll(/font-weight:(\d+);src:url\(data:font\/woff;base64,([^)]*)\)/g)];
				const { texts } = readTexts(svg);
				expect(faces.map(([, weight]) => Number(weight))).toEqual([400, 600]);
				for (const [whole, weight, data = ""] of faces) {
					expect(whole.length).toBeLessThan(20_000);
					const font = create(Buffer.from(data, "base64")) as Font;
					const used = texts.filter((text) => text.weight === Number(weight)).map(({ text }) => text);
					const letters = [...new Set(used.join(""))].map((letter) => letter.codePointAt(0) as number);
					// The table of characters ends with U+FFFF, which is none.
					expect(font.characterSet.filter((code) => code !== 0xffff).toSorted()).toEqual(letters.toSorted());
					expect(font.copyright).toContain("Adobe");
				}
				expect(svg).toContain("SIL Open Font License");
			}
		},
	);

	it("has a name for screen readers", async () => {
		expect(await renderSvg(specOf("oneGroup", "en"))).toMatch(
			/^<svg role="img" aria-label="Kazakhstan: more than half of teachers in 3 of 10 items, .*\. Participation in/,
		);
	});

	it("tells groups apart by shape as well as by colour", async () => {
		const svg = await renderSvg(chartSpec(sixGroups("en"), { locale: locale("en") }));
		const marks = [...svg.matchAll(/<path transform="translate[^"]*" d="([^"]*)" fill="(#\w+)"/g)];
		expect(new Set(marks.map(([, shape]) => shape?.replace(/[\d.-]+/g, ""))).size).toBeGreaterThan(3);
		// The sixth is an average, which is a line.
		expect(new Set(marks.map(([, , colour]) => colour)).size).toBe(5);
	});

	it("takes hostile labels for text", async () => {
		const svg = await renderSvg(specOf("hostileLabels", "en"));
		expect(svg).not.toMatch(/<(script|b|i)\b/);
		const words = readTexts(svg).texts.map(({ text }) => text);
		expect(words).toContain(HOSTILE[0]);
		expect(words).toContain(HOSTILE[1]);
		expect(words.join("")).toContain(HOSTILE[3]?.slice(0, 40));
	});

	it("leaves out characters that XML forbids", async () => {
		const results = hostileLabels();
		const damaged = {
			...results,
			estimates: results.estimates.map((row) => ({
				...row,
				label: `a\u0000\u0008\ufffe\ud800b ${row.item}`,
			})),
		};
		const svg = await renderSvg(chartSpec(damaged, { locale: locale("en") }));
		expect(svg).toContain(">ab item-1<");
	});
});

describe("the PNG", () => {
	it("has twice as many pixels as the SVG, or as many times as asked for", async () => {
		const spec = chartSpec(oneGroup("kk"), { locale: locale("kk") });
		const { width, height } = readTexts(await renderSvg(spec));
		expect(pngSize(await renderPng(spec))).toEqual([2 * width, 2 * height]);
		expect(pngSize(await renderPng(spec, { scale: 3 }))).toEqual([3 * width, 3 * height]);
	});

	it("is the same, byte for byte, when drawn again", async () => {
		const spec = specOf("hiddenRows", "ru");
		expect(Buffer.compare(await renderPng(spec), await renderPng(spec))).toBe(0);
	});

	it("survives hostile labels", async () => {
		expect((await renderPng(specOf("hostileLabels", "en"))).length).toBeGreaterThan(1000);
	});
});

function pngSize(png: Uint8Array): [number, number] {
	const bytes = Buffer.from(png);
	expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
