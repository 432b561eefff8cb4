import { describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { listTargets, parseCalibration } from "../../src/synth/index.js";
import { calibration, codebook, dataFile } from "./fixture.js";

const NAME = "calibration/synthetic-kazakhstan-2018.yaml";
const TEXT = dataFile(NAME);

function parse(text: string) {
	return parseCalibration(text, "mine.yaml", codebook);
}

describe("parseCalibration", () => {
	it.each<[string, string | RegExp, string, RegExp]>([
		["codebook", "codebook: talis-2018-teacher", "codebook: talis-2013-teacher", /codebook in use is/],
		["source", "source: oecd-4.11,", "source: oecd-4.12,", /there is no source "oecd-4\.12"/],
		["percentage", "percent: 89.0", "percent: 890", /items\.courses-in-person/],
		["item", "peer-coaching:", "peer-coachings:", /the codebook has no such item/],
		["topic", "      needs:", "      need:", /topics\.need: the codebook has no such topic/],
		["condition", "column: TT3G11A, to", "column: TT3G11X, to", /TT3G11X is no column of the background/],
		["shares", "shares: { 1: 76, 2: 24 }", "shares: { 1: 0, 2: 0 }", /the shares are all 0/],
		["key", "seed: 2018", "seeds: 2018", /seeds?/],
	])("names a wrong %s", (_, from, to, message) => {
		const text = TEXT.replace(from, to);
		expect(text).not.toBe(TEXT);
		expect(() => parse(text)).toThrow(UserError);
		expect(() => parse(text)).toThrow(message);
		expect(() => parse(text)).toThrow(
			expect.objectContaining({ where: expect.objectContaining({ file: "mine.yaml" }) }),
		);
	});

	it("wants the question that decides who is asked first", () => {
		const focus = /( {6}focus:\n(?: {8,}.*\n)+)/.exec(TEXT)?.[1] ?? "";
		const text = TEXT.replace(focus, "").replace("      activities:", `${focus}      activities:`);
		expect(() => parse(text)).toThrow(/topics\.focus: must stand after "activities"/);
	});
});

describe("a calibration of 2024", () => {
	const name = "calibration/synthetic-talis-2024.yaml";
	const whole = dataFile(name);
	const codebook2024 = loadCodebook("talis-2024-teacher");

	it.each<[string, string | RegExp, string, RegExp]>([
		["code among shares", "1: 54.845", "7: 54.845", /courses\.shares: 7 is no answer; there are 1, 2, 3, 4/],
		[
			"derived item with shares",
			/(any: \{ percent: 99\.\d+, source: oecd-4\.12)/,
			"$1, shares: { 1: 1 }",
			/has no codes/,
		],
		[
			"item of another level",
			"          ai:",
			"          play: { percent: 1, source: assumed }\n          ai:",
			/focus\.items\.play: is not asked at isced2/,
		],
		["scale", "      t4pdiv:", "      t4pdvi:", /scales\.t4pdvi: the codebook has no such measure/],
		[
			"item of a scale",
			"[needs:special-needs,",
			"[needs:special,",
			/scales\.t4pdiv\.of: the codebook has no item/,
		],
		["separator", 'separator: ";"', 'separator: "|"', /file\.separator/],
		["source of a scale", /(t4pdiv:\n\s+source:) assumed/, "$1 guessed", /there is no source "guessed"/],
	])("names a wrong %s", (_, from, to, message) => {
		const text = whole.replace(from, to);
		expect(text).not.toBe(whole);
		expect(() => parseCalibration(text, name, codebook2024)).toThrow(message);
	});
});

describe("the calibration for Kazakhstan", () => {
	const targets = listTargets(calibration);
	const percents = (topic: string, source: string) =>
		Object.fromEntries(
			targets.filter((t) => t.topic === topic && t.source === source).map((t) => [t.item, t.percent]),
		);

	it("holds the article's figures", () => {
		expect(percents("activities", "article")).toEqual({
			"peer-coaching": 94.0,
			"courses-in-person": 89.0,
			network: 78.0,
			"professional-literature": 77.3,
			conferences: 64.8,
			"school-visits": 62.0,
			"courses-online": 60.8,
		});
		expect(percents("focus", "article")).toEqual({
			assessment: 98.0,
			curriculum: 96.0,
			subject: 92.0,
			pedagogy: 90.0,
		});
	});

	it("holds OECD's figures where there are any", () => {
		const count = (source: string) => targets.filter((target) => target.source === source).length;
		expect(["oecd-4.9", "oecd-4.11", "oecd-4.23", "oecd-4.31", "oecd-4.40"].map(count)).toEqual([
			3, 1, 4, 8, 7,
		]);
	});

	it("says of the rest that it is assumed", () => {
		const known = new Set([
			"article",
			"oecd-4.9",
			"oecd-4.11",
			"oecd-4.23",
			"oecd-4.31",
			"oecd-4.40",
			"assumed",
		]);
		expect(targets.every(({ source }) => known.has(source))).toBe(true);
		expect(targets).toContainEqual(
			expect.objectContaining({ item: "any", percent: 98.5, source: "assumed" }),
		);
	});
});
