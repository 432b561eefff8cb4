import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ProfileFigures, profileFigures } from "../../src/analysis/questions/profile.js";
import { LANGUAGES, profile, published } from "../../src/index.js";
import { contentOf } from "../../src/profile/content.js";
import { A4, layOutProfile } from "../../src/profile/layout.js";
import { loadLocale } from "../../src/wording/locale.js";
import { expectReadable } from "../chart/readable.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const PAPER = { ...A4, margin: 36, columns: 2 };
const english = loadLocale("en");

async function figuresOf(countries: string[], language: (typeof LANGUAGES)[number] = "en") {
	return (await profileFigures(null, { countries, language })) as [ProfileFigures, ...ProfileFigures[]];
}

describe("figures", () => {
	test("are those that published and compare give", async () => {
		const [{ current, changes }] = await figuresOf(["KAZ"]);
		const told = published({ countries: ["KAZ"], where: ["population=isced2"] });
		const own = current.estimates.filter(({ group }) => group.country === "KAZ");
		expect(own.map(({ topic, item, estimate, se }) => [topic, item, estimate, se])).toEqual(
			told.estimates.map(({ topic, item, estimate, se }) => [topic, item, estimate, se]),
		);
		// OECD (2025), Annex C: the mean of the 27 systems that are members.
		const average = published({ countries: ["average"], where: ["population=isced2"] });
		for (const { topic, item, statistic, b, kind, members } of current.comparisons) {
			const printed = average.estimates.find(
				(row) =>
					row.topic === topic &&
					row.item === item &&
					row.statistic === statistic &&
					row.group.country === "average:oecd-27",
			);
			if (printed === undefined) expect(item).toBe("ict");
			else expect(b.estimate).toBeCloseTo(printed.estimate as number, 6);
			expect([kind, members]).toEqual(["independent", undefined]);
		}
		expect(new Set(changes?.comparisons.map(({ between }) => `${between.a}−${between.b}`))).toEqual(
			new Set(["2024−2018"]),
		);
		expect(changes?.comparisons).toHaveLength(22);
	});

	test("of a member of the average are a part of the whole, and tests are adjusted among its own", async () => {
		const [{ current }] = await figuresOf(["FRA"]);
		expect(new Set(current.comparisons.map(({ kind }) => kind))).toEqual(new Set(["part-whole"]));
		const barriers = current.comparisons.filter(({ topic }) => topic === "barriers");
		const sorted = barriers.map(({ p }) => p as number).sort((a, b) => a - b);
		const holm = sorted.map((p, place) => Math.min(1, p * (sorted.length - place)));
		const adjusted = barriers.map(({ pAdjusted }) => pAdjusted as number).sort((a, b) => a - b);
		for (const [place, p] of adjusted.entries()) {
			expect(p).toBeCloseTo(Math.max(...holm.slice(0, place + 1)), 12);
		}
	});

	test("of a file stand in the place of the published ones, with what is needed and not offered", async () => {
		const [{ current, unmet, changes, level }] = (await profileFigures([SAMPLE], { countries: [] })) as [
			ProfileFigures,
		];
		const own = current.estimates.filter(({ group }) => group.country === "KAZ");
		expect(own.find(({ item }) => item === "peer-coaching")?.estimate).toBeCloseTo(94, 0);
		expect(own.every(({ n }) => n !== null && n > 0)).toBe(true);
		expect(new Set(unmet?.estimates.map(({ group }) => group.country))).toEqual(new Set(["KAZ"]));
		expect(changes).toBeNull();
		expect(level).toBe("Lower secondary (ISCED 2)");
		const { warning, changes: said } = contentOf(
			{ ...((await profileFigures([SAMPLE], { countries: ["KAZ"] }))[0] as ProfileFigures) },
			english,
		);
		expect(warning).toBe("Synthetic data: not real teachers.");
		expect(said.note).toContain("Nothing to compare");
	});
});

describe("the page", () => {
	test.each(LANGUAGES)(
		"in %s says what was found, of whom, when, how sure and from where",
		async (language) => {
			const [figures] = await figuresOf(["KAZ"], language);
			const locale = loadLocale(language);
			const content = contentOf(figures, locale);
			const svg = layOutProfile(content, PAPER, "light", language);
			const { width, height, texts } = expectReadable(svg);
			expect([width, height]).toEqual([A4.width, A4.height]);
			const all = texts.map(({ text }) => text).join(" ");
			for (const said of [content.name, "2024", "OECD (2025)", locale.number(99.2, 1), "▲", "60", "51"]) {
				expect(all).toContain(said);
			}
			expect(all).not.toMatch(/isced2|average:|profile\.|\{|undefined|NaN/);
		},
	);

	test("of any system stands on one sheet, the others' ticks on the axis", async () => {
		const all = await profileFigures(null, { countries: ["all"], language: "ru" });
		expect(all).toHaveLength(55);
		for (const figures of all.filter((_, place) => place % 18 === 0)) {
			const content = contentOf(figures, loadLocale("ru"));
			expectReadable(layOutProfile(content, PAPER, "print", "ru"));
			for (const { strips } of content.topics) {
				for (const { others } of strips) expect(others.length).toBeGreaterThan(20);
			}
		}
	}, 60_000);

	test("on a narrow screen has all strips, one under the other", async () => {
		const [figures] = await figuresOf(["KAZ"], "kk");
		const content = contentOf(figures, loadLocale("kk"));
		const { width, texts } = expectReadable(
			layOutProfile(content, { width: 390, margin: 14, columns: 1 }, "dark", "kk"),
		);
		expect(width).toBe(390);
		const strips = content.topics.flatMap((topic) => topic.strips);
		const said = texts.map(({ text }) => text);
		for (const { value } of strips) expect(said).toContain(value);
	});
});

describe("talis-pd profile", () => {
	test("writes a file, or a folder with a file a country", async () => {
		const { code, err } = await run(["profile", "--country", "Kazakhstan", "--out", at("kaz.pdf")]);
		expect([code, err]).toEqual([0, `wrote ${at("kaz.pdf")}\n`]);
		expect(readFileSync(at("kaz.pdf")).toString("latin1", 0, 5)).toBe("%PDF-");
		const line = ["profile", "--country", "KAZ,EST", "--format", "html", "--out", at("both"), "--quiet"];
		expect((await run(line)).code).toBe(0);
		expect(readdirSync(at("both")).sort()).toEqual(["EST.html", "KAZ.html"]);
		const page = readFileSync(at("both/EST.html"), "utf8");
		expect(page.length).toBeLessThan(400_000);
		expect(page).toContain("<h1>Estonia:");
		expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
	});

	test("gives the same bytes again", async () => {
		const [a, b] = [1, 2].map(() => profile(null, { countries: ["KAZ"] }));
		expect(await a).toEqual(await b);
	});

	test.each([
		["an unknown country", ["--country", "KAX", "--out", "x.pdf"], 'there are no figures of "KAX"'],
		["no country", ["--out", "x.pdf"], "no country is named for the profile"],
		["two in a file", ["--country", "KAZ,EST", "--out", "x.pdf"], "2 profiles do not fit into one file"],
		["an unknown ending", ["--country", "KAZ", "--out", "x.doc"], "no ending a profile can be written as"],
		[
			"an unknown level",
			["--country", "KAZ", "--population", "isced9", "--out", "x.pdf"],
			'no published figures of level "isced9"',
		],
		["standard input", ["-", "--country", "KAZ", "--out", "x.pdf"], "reads its files more than once"],
	])("refuses %s in a sentence", async (_, argv, said) => {
		const { code, err } = await run(["profile", ...argv.map((word) => (word === "x.pdf" ? at(word) : word))]);
		expect(code).toBe(2);
		expect(err).toContain(said);
		expect(existsSync(at("x.pdf"))).toBe(false);
	});
});
