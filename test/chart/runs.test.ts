import { Resvg } from "@resvg/resvg-js";
import { describe, expect, test } from "vitest";
import { escapeMarkup } from "../../src/base/escape.js";
import { setRuns } from "../../src/chart/render/place-runs.js";
import { parseSvg, svgText } from "../../src/chart/svg-tree.js";
import { EMOJI_FAMILY, EMOJI_FILE, FONT_FAMILY, FONT_FILES } from "../../src/chart/text/font.js";
import { type Run, runsOf, textWidth } from "../../src/chart/text/text-runs.js";

const SIZE = 100;

/** A drawing with its runs in their places. */
function placed(svg: string): string {
	const root = parseSvg(svg);
	setRuns(root);
	return svgText(root);
}

const EMOJI = [
	"😀",
	"❤️",
	"©️",
	"1️⃣",
	"#️⃣",
	"👍🏿",
	"👩‍🏫",
	"👩🏽‍🏫",
	"👨‍👩‍👧‍👦",
	"🧑🏻‍🤝‍🧑🏿",
	"🏳️‍🌈",
	"🇰🇿",
	"🏴󠁧󠁢󠁥󠁮󠁧󠁿",
	"🐦‍🔥",
	"☎",
	"🫨",
];
const LETTERS = ["a", "н", "é", "e\u0301", "и\u0306", "‰", "❤", "a\u00ad", "a\u200b", "a\u200d", "a\ufe0f"];
/** Parts of a sequence that no font draws as one, and letters of fonts that are not here. */
const OTHERS = ["👩‍👩", "🇽🇽", "ა", "م", "中", "語", "한", "क्षि", "ש", "A\u20dd", "\u{f8ff}", "\u{10ffff}"];

const svg = (content: string) =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="300">${content}</svg>`;

function element(text: string, family: string, weight = 400): string {
	return `<text transform="translate(500,200)" font-family="'${family}'" font-weight="${weight}" font-size="${SIZE}px">${escapeMarkup(text)}</text>`;
}

function drawn(content: string) {
	const font = { loadSystemFonts: false, fontFiles: [...Object.values(FONT_FILES), EMOJI_FILE] };
	return new Resvg(svg(content), { font }).getBBox();
}

/** How far the renderer moves on: what a second one adds. */
function advance(text: string, family: string): number {
	return (drawn(element(text + text, family))?.width ?? 0) - (drawn(element(text, family))?.width ?? 0);
}

test.each(EMOJI)("%s is one picture, as wide as it is drawn", (text) => {
	expect(runsOf(text)).toMatchObject([{ text, font: "emoji" }]);
	for (const weight of [400, 600] as const) {
		expect(textWidth(text, SIZE, weight)).toBeCloseTo(advance(text, EMOJI_FAMILY), 0);
	}
});

test.each(LETTERS)("%j is set in the letters' font, as wide as it is drawn", (text) => {
	expect(runsOf(text)).toMatchObject([{ text, font: "letters" }]);
	expect(textWidth(text, SIZE)).toBeCloseTo(advance(text, FONT_FAMILY), 0);
});

test.each([...EMOJI, ...OTHERS])("nothing stands over %j", (text) => {
	const before = drawn(element("||", FONT_FAMILY));
	const both = drawn(placed(element(`|${text}|`, FONT_FAMILY)));
	const room = textWidth(text, SIZE);
	expect((both?.width ?? 0) - (before?.width ?? 0)).toBeCloseTo(room, 0);
	const family = runsOf(text)[0]?.font === "emoji" ? EMOJI_FAMILY : FONT_FAMILY;
	expect(drawn(element(text, family))?.width).toBeLessThanOrEqual(room + 1);
});

describe("a line", () => {
	const texts = (runs: Run[]) => runs.map(({ text, font }) => `${font}:${text}`);

	test("of letters is one run, and stays as Vega wrote it", () => {
		expect(texts(runsOf("Қазақстан – “90%” & <b>"))).toEqual(["letters:Қазақстан – “90%” & <b>"]);
		const line = element("Қазақстан – “90%” & <b>", FONT_FAMILY);
		expect(placed(line)).toBe(svgText(parseSvg(line)));
	});

	test("is cut where its font changes, at each emoji, and never inside one", () => {
		expect(texts(runsOf("A 👩‍🏫🇰🇿 b საქართველო და\u3000中国."))).toEqual([
			"letters:A ",
			"emoji:👩‍🏫",
			"emoji:🇰🇿 ",
			"letters:b ",
			"other:საქართველო და\u3000中国",
			"letters:.",
		]);
	});

	test("keeps its middle or its end where Vega wants it", () => {
		for (const [anchor, share] of [
			["middle", 0.5],
			["end", 1],
		] as const) {
			const text = "|👩‍🏫👩‍🏫|";
			const box = drawn(
				placed(element(text, FONT_FAMILY).replace("<text ", `<text text-anchor="${anchor}" `)),
			);
			const left = 500 - share * textWidth(text, SIZE);
			expect((box?.x ?? 0) - left).toBeCloseTo((drawn(element("|", FONT_FAMILY))?.x ?? 0) - 500, 0);
		}
	});

	test("written from right to left is not torn over its neighbours", () => {
		const lines = ["مدارس المملكة", "السعودية"];
		const spans = `<tspan>${lines[0]}</tspan><tspan x="0" dy="60">${lines[1]}</tspan>`;
		const whole = (text: string) => element("#", FONT_FAMILY).replace("#", text);
		const height = (content: string) => drawn(placed(whole(content)))?.height ?? 0;
		expect(height(spans)).toBeCloseTo(height(`<tspan>${lines[0]}</tspan>`) + 60, 0);
		const second = drawn(placed(whole(lines[1] as string)))?.width ?? 0;
		expect(second).toBeLessThan(textWidth(lines[1] as string, SIZE));
	});
});
