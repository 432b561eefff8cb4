import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { codebookIds, loadCodebook } from "../../src/codebook/definition/library.js";
import { parseCodebook } from "../../src/codebook/definition/parse.js";
import { describeError, LANGUAGES, UserError } from "../../src/index.js";
import { loadLocale } from "../../src/wording/locale.js";

const text = readFileSync(new URL("../../data/codebooks/talis-2018-teacher.yaml", import.meta.url), "utf8");

/** Every object that has an English text, with its path. */
function textsIn(value: unknown, path: string): [string, Record<string, string>][] {
	if (value === null || typeof value !== "object") return [];
	const record = value as Record<string, unknown>;
	if (typeof record.en === "string") return [[path, record as Record<string, string>]];
	return Object.entries(record).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}

describe.each(codebookIds())("the shipped codebook %s", (id) => {
	const codebook = loadCodebook(id);
	const isTalis = id.startsWith("talis");

	test("has every text in every language", () => {
		const texts = textsIn(codebook, id);
		expect(texts.length).toBeGreaterThan(100);
		for (const [path, entry] of texts) {
			for (const language of LANGUAGES) expect(entry[language], `${path} ${language}`).toBeTruthy();
		}
	});

	test("names every system in every language", () => {
		for (const [code, { region, label }] of Object.entries(codebook.systems ?? {})) {
			expect(region ?? label, code).toBeDefined();
			for (const language of LANGUAGES) {
				if (label === undefined) expect(loadLocale(language).region(region as string), code).not.toBe(region);
			}
		}
	});

	test("averages only its own systems, each once and none beside a part of it", () => {
		const { averages = {}, trends = {}, systems = {} } = codebook;
		const lists = [
			...Object.values(averages).flatMap(({ members }) => Object.values(members)),
			...Object.values(trends).flatMap((trend) => Object.values(trend).flatMap(Object.values)),
		] as string[][];
		if (codebook.averages !== undefined) expect(lists.length).toBeGreaterThanOrEqual(9);
		for (const members of lists) {
			expect(members.filter((code) => systems[code] === undefined)).toEqual([]);
			expect(new Set(members).size).toBe(members.length);
			expect(members.filter((code) => members.includes(systems[code]?.partOf ?? ""))).toEqual([]);
		}
		for (const [code, { partOf, caution = {} }] of Object.entries(systems)) {
			if (partOf !== undefined) expect(systems[partOf], code).toBeDefined();
			for (const population of Object.keys(caution)) expect(population).toMatch(/^isced[123]$/);
		}
	});

	test("an average of changes is over members of the average", () => {
		for (const trend of Object.values(codebook.trends ?? {})) {
			for (const [id, levels] of Object.entries(trend)) {
				for (const [level, members] of Object.entries(levels)) {
					expect(codebook.averages?.[id]?.members[level]).toEqual(expect.arrayContaining(members));
				}
			}
		}
	});

	test("compares with earlier cycles only items that both codebooks have", () => {
		const has = ({ topics }: typeof codebook, topic: string, item: string) =>
			topics[topic]?.items[item] !== undefined || topics[topic]?.derived?.[item] !== undefined;
		for (const [cycle, topics] of Object.entries(codebook.crosswalk ?? {})) {
			const earlier = codebookIds()
				.map(loadCodebook)
				.find((one) => String(one.cycle) === cycle);
			for (const [topic, items] of Object.entries(topics)) {
				for (const item of items) {
					expect(has(codebook, topic, item), `${topic}:${item}`).toBe(true);
					if (earlier !== undefined) expect(has(earlier, topic, item), `${topic}:${item}`).toBe(true);
				}
			}
		}
	});

	test("says what is shown by default, and of which topics needs and offers are compared", () => {
		expect(codebook.defaults?.topics.length).toBeGreaterThan(0);
		expect(codebook.gaps).toBeDefined();
	});

	test("reads every variable as one thing: no two items of a topic share one and its answers, no two measures one", () => {
		for (const [topic, { items }] of Object.entries(codebook.topics)) {
			const whole = Object.values(items).filter(({ option }) => option === undefined);
			const readings = whole.map(({ variable, answers = "" }) => `${variable} ${answers}`);
			expect(new Set(readings).size, topic).toBe(readings.length);
		}
		const measures = Object.values(codebook.measures ?? {}).map(({ variable }) => variable);
		if (isTalis) expect(measures.length).toBeGreaterThanOrEqual(4);
		expect(new Set(measures).size).toBe(measures.length);
	});

	test("counts no code both as an answer and as none", () => {
		for (const [name, { values, missing }] of Object.entries(codebook.answers)) {
			expect(
				Object.keys(values).filter((code) => code in missing),
				name,
			).toEqual([]);
		}
	});
});

test("TALIS 2018 has all topics and items", () => {
	const { topics } = loadCodebook("talis-2018-teacher");
	const sizes = Object.entries(topics).map(([key, { items }]) => [key, Object.keys(items).length]);
	expect(Object.fromEntries(sizes)).toEqual({
		activities: 10,
		focus: 15,
		needs: 14,
		barriers: 7,
		support: 8,
		impact: 1,
		characteristics: 12,
		induction: 16,
		mentoring: 2,
	});
});

test("TALIS 2013 has the items whose columns are known, and says of which it is not sure", () => {
	const { topics } = loadCodebook("talis-2013-teacher");
	const items = Object.entries(topics).map(([key, { items }]) => [key, Object.values(items)] as const);
	expect(Object.fromEntries(items.map(([key, of]) => [key, of.length]))).toEqual({
		activities: 9,
		focus: 14,
		needs: 14,
		barriers: 7,
		support: 4,
		characteristics: 4,
		induction: 3,
		mentoring: 2,
	});
	const unsure = items.map(([key, of]) => [
		key,
		of.filter(({ confidence }) => confidence !== undefined).length,
	]);
	expect(Object.fromEntries(unsure)).toEqual({
		activities: 3,
		focus: 14,
		needs: 6,
		barriers: 0,
		support: 4,
		characteristics: 4,
		induction: 3,
		mentoring: 1,
	});
});

test("TALIS 2024 has all topics and items", () => {
	const { topics } = loadCodebook("talis-2024-teacher");
	const sizes = Object.entries(topics).map(([key, { items }]) => [key, Object.keys(items).length]);
	expect(Object.fromEntries(sizes)).toEqual({
		activities: 10,
		modes: 30,
		"in-person": 10,
		focus: 18,
		needs: 17,
		barriers: 9,
		impact: 1,
		characteristics: 12,
		induction: 13,
		mentoring: 2,
	});
	expect(topics.activities?.derived).toHaveProperty("any");
	expect(topics.activities?.derived).toHaveProperty("types");
	for (const topic of ["focus", "needs"]) {
		expect(topics[topic]?.derived?.ict?.of).toEqual(["digital-pedagogy", "digital-tools"]);
	}
});

describe("memberships have the published sizes", () => {
	const sizes = (id: string) =>
		Object.fromEntries(
			Object.entries(loadCodebook(id).averages ?? {}).map(([key, { members }]) => [
				key,
				[members.isced1, members.isced2, members.isced3].map((list) => list?.length),
			]),
		);

	test("2018: OECD 31, EU 23, TALIS 48", () => {
		expect(sizes("talis-2018-teacher")).toEqual({ oecd: [10, 31, 6], eu: [6, 23, 5], talis: [15, 48, 11] });
		const { averages = {}, systems = {} } = loadCodebook("talis-2018-teacher");
		expect(averages.oecd?.members.isced2).toContain("ISL");
		const parts = averages.talis?.members.isced2?.filter((code) => systems[code]?.partOf !== undefined);
		expect(parts).toEqual([]);
	});

	test("2024: OECD 27, EU 22, TALIS 49, 12 and 8; OECD 25 since 2018", () => {
		expect(sizes("talis-2024-teacher")).toEqual({ oecd: [8, 27, 5], eu: [4, 22, 5], talis: [12, 49, 8] });
		const { averages = {}, trends = {}, systems = {} } = loadCodebook("talis-2024-teacher");
		expect(Object.keys(systems)).toHaveLength(55);
		expect(trends["2018"]?.oecd?.isced2).toHaveLength(25);
		// Whoever is in no average is a part of Belgium or read with caution.
		const members = averages.talis?.members.isced2 ?? [];
		const others = Object.entries(systems).filter(([code]) => !members.includes(code));
		expect(others.map(([code]) => code)).toEqual(["BFL", "BFR", "CAB", "NLD", "NOR", "NZL"]);
		for (const [code, { partOf, caution }] of others) {
			expect(partOf === "BEL" || caution?.isced2 === "*", code).toBe(true);
		}
	});

	test("systems that changes are averaged over took part before", () => {
		const earlier = loadCodebook("talis-2018-teacher").averages?.talis?.members.isced2 ?? [];
		for (const { isced2 = [] } of Object.values(loadCodebook("talis-2024-teacher").trends?.["2018"] ?? {})) {
			expect(earlier).toEqual(expect.arrayContaining(isced2));
		}
	});
});

describe("a broken codebook is refused with file, line and key", () => {
	const lineOf = (part: string) => text.split("\n").findIndex((line) => line.includes(part)) + 1;

	test.each<[string, string, string, RegExp, string]>([
		["a wrong type", "cycle: 2018", "cycle: soon", /^cycle: .*number/, "cycle: 2018"],
		["an unknown key", "cycle: 2018", "cycle: 2018\nyear: 1", /^year: /, "cycle: 2018"],
		[
			"a base that is none",
			"    base: participants",
			"    base: everybody",
			/base: /,
			"    base: participants",
		],
	])("%s", (_, from, to, message, near) => {
		const error = refusal(text.replace(from, to));
		expect(error.message).toMatch(message);
		expect(error.where.file).toBe("mine.yaml");
		expect(Math.abs((error.where.line ?? 0) - lineOf(near))).toBeLessThanOrEqual(1);
	});

	test("YAML that is none", () => {
		const error = refusal("id: [1, 2\nversion: x");
		expect(error.where.line).toBeGreaterThan(0);
		expect(error.message).toMatch(/not valid YAML/);
	});

	test.each<[string, string, string, RegExp]>([
		[
			"a gate",
			'gate: "activities:any"',
			'gate: "activities:all"',
			/^bases\.participants\.gate: no item "activities:all"/,
		],
		["a topic's answers", "answers: agree", "answers: agreed", /^topics\.\w+\.answers: no answers "agreed"/],
		[
			"an answer that counts as yes",
			'yes: ["3", "4"]',
			'yes: ["3", "5"]',
			/^answers\.agree\.yes: 5 is not among/,
		],
	])("a reference to nothing: %s", (_, from, to, message) => {
		const error = refusal(text.replace(from, to));
		expect(error.message).toMatch(message);
		expect(error.where).toEqual({ file: "mine.yaml", line: lineOf(from) });
	});

	test.each<[string, string, string, RegExp]>([
		["a key twice", "cycle: 2018", "cycle: 2018\ncycle: 2019", /unique/],
		["a tab", "  weight: TCHWGT", "\tweight: TCHWGT", /not valid YAML/],
	])("YAML with %s", (_, from, to, message) => {
		const error = refusal(text.replace(from, to));
		expect(error.message).toMatch(message);
		expect(Math.abs((error.where.line ?? 0) - lineOf(from))).toBeLessThanOrEqual(1);
	});

	test("a text without English, an item without a variable, a document that is no mapping", () => {
		expect(refusal(text.replace("en: TALIS 2018, teachers", "fr: TALIS")).message).toMatch(/^title\.\w+: /);
		expect(refusal(text.replace("variable: TT3G22C", "column: TT3G22C")).message).toMatch(
			/^topics\.activities\.items\.[a-z-]+\./,
		);
		expect(refusal("- 1\n- 2\n").message).toBe("must be keys with values, and is a list");
		expect(refusal("").message).toBe("is empty");
	});

	test("a part that is empty, or lacks what tells its shape", () => {
		const design = /^design:\n( .*\n)+/m;
		expect(refusal(text.replace(design, "design:\n")).message).toBe("design: is empty");
		expect(refusal(text.replace(design, "design: {}\n")).message).toMatch(
			/^design\.method: must be one of fay-brr, brr, .*, simple$/,
		);
	});

	function refusal(broken: string): UserError {
		expect(broken).not.toBe(text);
		try {
			parseCodebook(broken, "mine.yaml");
		} catch (error) {
			expect(error).toBeInstanceOf(UserError);
			expect(describeError(error as UserError)).toMatch(/^mine\.yaml/);
			return error as UserError;
		}
		throw new Error("the codebook was taken");
	}
});

test("the languages have the same messages with the same placeholders", () => {
	const messages = LANGUAGES.map((language) => {
		const path = new URL(`../../data/locales/${language}.json`, import.meta.url);
		return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
	});
	const english = messages[0] as Record<string, string>;
	const holes = (message: string | undefined) => (message?.match(/\{\w+\}/g) ?? []).sort();
	for (const other of messages) {
		expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
		for (const [key, message] of Object.entries(english))
			expect(holes(other[key]), key).toEqual(holes(message));
	}
});
