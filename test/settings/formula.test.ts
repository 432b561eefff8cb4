import { describe, expect, test } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { parseModel, parseTerms, termName } from "../../src/settings/formula.js";

const names = (text: string) => parseTerms(text).map(termName);

describe("terms of a model", () => {
	test("stand with commas, and their blanks do not count", () => {
		expect(names("gender, focus:ict ,TT3G11B")).toEqual(["gender", "focus:ict", "TT3G11B"]);
	});

	test("an interaction brings what it is made of, smaller terms first", () => {
		expect(names("a*b,c")).toEqual(["a", "b", "c", "a * b"]);
		expect(names("a*b*c")).toEqual(["a", "b", "c", "a * b", "a * c", "b * c", "a * b * c"]);
	});

	test("the same term counts once, whichever way round it is written", () => {
		expect(names("b,a*b,b*a,a")).toEqual(["b", "a", "b * a"]);
	});

	test("factor() and number() hold wherever their variable stands", () => {
		expect(parseTerms("factor(TT3G10A)*age,TT3G10A")).toEqual([
			[{ name: "TT3G10A", as: "factor" }],
			[{ name: "age", as: null }],
			[
				{ name: "TT3G10A", as: "factor" },
				{ name: "age", as: null },
			],
		]);
	});

	test("a name stands before a colon and a blank", () => {
		expect(parseModel("with controls: gender,focus:ict")).toMatchObject({ name: "with controls" });
		expect(parseModel("focus:ict,gender")).toMatchObject({ name: null });
	});

	test.each([
		["", /names no predictors/],
		["a,b*", /"b\*" is not a term/],
		["factor(a", /is not a term/],
		["log(a)", /is not a term/],
		["a*a", /multiplies a by itself/],
		["factor(a),number(a)", /both as factor and as number/],
	])("%s is refused", (text, message) => {
		expect(() => parseTerms(text)).toThrow(UserError);
		expect(() => parseTerms(text)).toThrow(message);
	});
});
