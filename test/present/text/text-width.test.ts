import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import {
	cut,
	cutApart,
	fold,
	hanging,
	pad,
	padLeft,
	unbrokenParts,
	widthOf,
} from "../../../src/present/text/text-width.js";

const TEACHER = "👩\u200d🏫";

describe("the width of a text on a terminal", () => {
	test.each([
		["Latin", "Teachers", 8],
		["Kazakh", "Мұғалімдер", 10],
		["marks and dashes of tables", "−7.7 (6.1) – ‡ …", 16],
		["bars", "██▌", 3],
		["a blank that does not break", "1\u00a0234\u202f%", 7],
		["й of two characters", "й".normalize("NFD"), 1],
		["a Cyrillic mark of numbers", "а\u0483", 1],
		["Hebrew with points", "שָׁלוֹם", 4],
		["Arabic with vowels", "مَرْحَبًا", 5],
		["Thai", "ที่", 1],
		["Chinese", "教师", 4],
		["Korean, also in parts", "교사".normalize("NFD"), 4],
		["an emoji of several", TEACHER, 2],
		["a flag", "🇰🇿", 2],
		["a soft hyphen and a zero-width blank", "a\u00adb\u200bc", 3],
		["colour", "\u001b[2mabc\u001b[22m", 3],
		["nothing", "", 0],
	])("%s", (_, text, width) => {
		expect(widthOf(text)).toBe(width);
	});

	test("is the library's for every sign of the first planes, however it is found", () => {
		for (let code = 0x20; code < 0x3100; code++) {
			const sign = String.fromCodePoint(code);
			expect(widthOf(`a${sign}b`), code.toString(16)).toBe(stringWidth(`a${sign}b`));
		}
	});
});

describe("texts of a width", () => {
	test("are filled with blanks on either side", () => {
		expect(pad("教师", 6)).toBe("教师  ");
		expect(padLeft("й".normalize("NFD"), 3)).toBe(`  ${"й".normalize("NFD")}`);
		expect(pad("long", 2)).toBe("long");
	});

	test("are cut between letters and never inside one", () => {
		expect(cut("Teachers of mathematics", 12)).toBe("Teachers of…");
		expect(cut("教师培训", 6)).toBe("教师…");
		expect(cut("й".normalize("NFD").repeat(5), 4)).toBe(`${"й".normalize("NFD").repeat(3)}…`);
		expect(cut(`${TEACHER}${TEACHER}${TEACHER}`, 5)).toBe(`${TEACHER}${TEACHER}…`);
		expect(cut("fits", 4)).toBe("fits");
	});

	test("that would look alike keep their ends", () => {
		const texts = ["Too expensive for me: Agree", "Too expensive for me: Disagree", "Short"];
		expect(cutApart(texts, 15)).toEqual(["Too exp…: Agree", "Too exp…isagree", "Short"]);
		expect(cutApart(["Teachers of mathematics", "Teachers"], 12)).toEqual(["Teachers of…", "Teachers"]);
		expect(cutApart(["教师培训一", "教师培训二"], 7)).toEqual(["教…训一", "教…训二"]);
	});

	test("are folded between words, then behind hyphens, then anywhere", () => {
		expect(fold("one two three", 7)).toEqual(["one two", "three"]);
		expect(fold("teacher-student talks", 9)).toEqual(["teacher-", "student", "talks"]);
		expect(fold("extraordinary", 5)).toEqual(["extra", "ordin", "ary"]);
		expect(fold("教师 专业发展 培训", 8)).toEqual(["教师", "专业发展", "培训"]);
		expect(fold("专业发展", 5)).toEqual(["专业", "发展"]);
	});

	test("keep a letter that is wider than the line", () => {
		expect(fold("教师", 1)).toEqual(["教", "师"]);
	});

	test("are never wider than the line, whatever the script", () => {
		for (const text of [
			"हिन्दी में शिक्षक",
			"مَرْحَبًا بالمعلمين",
			`${TEACHER} and ${TEACHER}${TEACHER}`,
			"й й й".normalize("NFD"),
		])
			for (let width = 3; width < 12; width++)
				for (const line of fold(text, width)) expect(widthOf(line), line).toBeLessThanOrEqual(width);
	});

	test("hang by two columns", () => {
		expect(hanging("one two three four", 10)).toEqual(["one two", "  three", "  four"]);
	});

	test("fall into words and parts of words", () => {
		expect(unbrokenParts("peer-coaching and so on")).toEqual(["peer-", "coaching", "and", "so", "on"]);
	});
});
