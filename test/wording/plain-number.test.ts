import fc from "fast-check";
import { expect, test } from "vitest";
import { readBuiltText } from "../../src/platform/assets.js";
import { createLocale } from "../../src/wording/create-locale.js";
import { LANGUAGES } from "../../src/wording/languages.js";
import { loadLocale } from "../../src/wording/locale.js";
import { numberSigns, plainNumber } from "../../src/wording/plain-number.js";

const HALVES = [0.05, 0.15, 0.25, 0.35, 0.5, 1.005, 1.45, 2.5, 8.345, 10.235, 64.85, 99.95, 99.995, 998.95];
const EDGES = [
	0,
	-0,
	1e-6,
	9.9e-7,
	5e-324,
	0.1 + 0.2,
	999,
	999.5,
	999_999.96,
	2 ** 53,
	998.9999999999999,
	1000,
	1234.5,
	1e21,
	Number.NaN,
	Infinity,
];

const sized = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -7, max: 16 }));
const cut = fc.tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 5 }));

test.each([...LANGUAGES])("%s: numbers are written as Intl writes them", (language) => {
	const locale = loadLocale(language);
	for (const digits of [0, 1, 2, 3, 4, 6]) {
		const intl = new Intl.NumberFormat(language, {
			minimumFractionDigits: digits,
			maximumFractionDigits: digits,
			signDisplay: "negative",
		});
		const same = (value: number) => {
			expect(locale.number(value, digits)).toBe(intl.format(value));
		};
		for (const size of [...HALVES, ...EDGES]) for (const value of [size, -size]) same(value);
		fc.assert(fc.property(sized, ([share, power]) => same(share * 10 ** power)));
		// Of few digits, as halves are.
		fc.assert(fc.property(cut, ([whole, places]) => same(whole / 10 ** places)));
	}
});

test("signs are those of a language that writes numbers so, and none of another", () => {
	expect(["en", "de", "kk", "ru"].map((language) => numberSigns(language))).toEqual([
		{ decimal: ".", thousands: "," },
		{ decimal: ",", thousands: "." },
		{ decimal: ",", thousands: "\u00a0" },
		{ decimal: ",", thousands: "\u00a0" },
	]);
	// Thousands are not parted below 10 000, other figures, parts of two figures.
	expect(["es", "ar-EG", "hi"].map((language) => numberSigns(language))).toEqual([null, null, null]);
});

test("the build keeps the signs of all languages that have them", () => {
	for (const language of LANGUAGES)
		expect(JSON.parse(readBuiltText(`numbers/${language}.json`) ?? "")).toEqual(numberSigns(language));
	expect(createLocale("en", {}).number(1234.25, 1)).toBe("1,234.3");
});

test("what has an exponent or more figures than a number holds is left to Intl", () => {
	const signs = { decimal: ".", thousands: "," };
	expect(plainNumber(1e-7, 2, signs)).toBeUndefined();
	expect(plainNumber(1e15, 0, signs)).toBeUndefined();
	expect(plainNumber(999_999.96, 1, signs)).toBe("1,000,000.0");
});
