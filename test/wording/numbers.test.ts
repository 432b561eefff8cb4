import { describe, expect, test } from "vitest";
import { type Language, loadLocale } from "../../src/wording/locale.js";
import {
	intervalHead,
	levelText,
	percentText,
	pSaid,
	shareText,
	signedText,
} from "../../src/wording/numbers.js";

const LANGUAGES: Language[] = ["en", "kk", "ru"];
const inAll = (text: (locale: ReturnType<typeof loadLocale>) => string) =>
	LANGUAGES.map((language) => text(loadLocale(language)));

describe("a change", () => {
	test.each([
		[7.54, "+7.5"],
		[-7.54, "−7.5"],
		[0, "0.0"],
		// Tables of reach had +0.0.
		[0.04, "0.0"],
		[-0.04, "0.0"],
		[0.05, "+0.1"],
		[null, "–"],
	])("of %d is %s", (value, text) => {
		expect(signedText(value, 1, loadLocale("en"))).toBe(text);
	});
});

test("sentences say what a p-value is, or what it is below, on one line", () => {
	expect(inAll((locale) => pSaid(0.0312, locale))).toEqual([
		"p\u00a0=\u00a00.031",
		"p\u00a0=\u00a00,031",
		"p\u00a0=\u00a00,031",
	]);
	expect(inAll((locale) => pSaid(0.0004, locale))).toEqual([
		"p\u00a0<\u00a00.001",
		"p\u00a0<\u00a00,001",
		"p\u00a0<\u00a00,001",
	]);
	expect(pSaid(null, loadLocale("en"))).toBe("p\u00a0=\u00a0–");
});

describe("percentages", () => {
	test("have the sign of the language, which is never parted from its number", () => {
		expect(inAll((locale) => percentText(36.14, locale))).toEqual(["36.1%", "36,1\u00a0%", "36,1\u00a0%"]);
		expect(inAll((locale) => percentText(-0.5, locale))).toEqual(["−0.5%", "−0,5\u00a0%", "−0,5\u00a0%"]);
		expect(inAll((locale) => percentText(100, locale, 0))).toEqual(["100%", "100\u00a0%", "100\u00a0%"]);
	});

	test("of a share have decimals where they are needed", () => {
		expect(inAll((locale) => shareText(0.95, locale))).toEqual(["95%", "95\u00a0%", "95\u00a0%"]);
		expect(inAll((locale) => shareText(0.995, locale))).toEqual(["99.5%", "99,5\u00a0%", "99,5\u00a0%"]);
		// 100 · 0.29 is 28.999999999999996.
		expect(inAll((locale) => shareText(0.29, locale))[0]).toBe("29%");
	});

	test("stand so in the heads of tables, too, which had a blank that could break", () => {
		const heads = inAll((locale) => intervalHead(levelText({ level: 0.95 }, locale), locale));
		expect(heads).toEqual(["95% CI", "95\u00a0% СА", "95\u00a0% ДИ"]);
	});

	test("of an unknown level leave nothing behind", () => {
		expect(inAll((locale) => intervalHead(levelText({}, locale), locale))).toEqual(["CI", "СА", "ДИ"]);
	});
});
