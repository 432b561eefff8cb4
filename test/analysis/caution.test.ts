import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chartSpec, renderSvg } from "../../src/chart/index.js";
import { compare, describeError, published, type ResultSet, rates } from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { root } from "../support/golden.js";
import { csv, file, makeRows } from "../support/survey.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-caution-"));
const shipped = readFileSync(join(root, "data/codebooks/talis-2018-teacher.yaml"), "utf8");

/** The codebook of 2018 whose FRA bears an adjudication flag. */
function codebook(caution: string, cautions: string, name: string): string {
	const path = join(folder, `${name}.yaml`);
	const text = shipped
		.replace(/^ {2}FRA: .*$/m, `  FRA: { region: "FR", caution: ${caution} }`)
		.replace(/^cautions:$/m, `cautions:\n${cautions}`)
		.replace("id: talis-2018-teacher", `id: ${name}`);
	writeFileSync(path, text);
	return path;
}

const WORDS = `  "p": { en: low participation of schools, kk: мектептердің қатысуы төмен, ru: низкое участие школ }
`;
const flagged = codebook('{ isced2: "p" }', WORDS, "flagged");
const everywhere = codebook('{ all: "p" }', WORDS, "everywhere");
const data = file(csv(makeRows(400, 5)));
const spec = { topics: ["activities"], codebook: flagged };

function shown(results: ResultSet, format = "table"): string {
	return renderText(format, results, { locale: loadLocale("en"), width: 100, color: false });
}

describe("an adjudication flag that a codebook declares", () => {
	test("stands on rows, behind names and in a note in the codebook's words, in every language", async () => {
		const found = await rates([data], spec);
		const flags = new Set(found.estimates.map(({ group, flag }) => `${group.country} ${flag}`));
		expect([...flags].sort()).toEqual(["AUT undefined", "FRA p"]);
		for (const format of ["table", "markdown", "html", "latex"])
			expect(shown(found, format)).toContain("Francep");
		expect(shown(found)).not.toContain("Austriap");
		expect(shown(found)).toContain("Read with caution, marked p (low participation of schools): France.");
		for (const [language, words] of [
			["kk", "мектептердің қатысуы төмен"],
			["ru", "низкое участие школ"],
		] as const) {
			const { notes } = await rates([data], { ...spec, language });
			expect(notes.find(({ code }) => code === "caution-declared")?.text).toContain(words);
		}
	});

	test("stands in charts, with what it means", async () => {
		const found = await rates([data], spec);
		const svg = await renderSvg(chartSpec(found, { locale: loadLocale("en") }));
		expect(svg).toContain("Francep");
		expect(svg).toContain("low participation of schools");
	});

	test("for all levels holds also where the file tells no level", async () => {
		const rows = makeRows(400, 5).map((row) => row.toSpliced(1, 1));
		const without = file(csv(rows, csv([]).trim().split(",").toSpliced(1, 1)));
		const flags = async (name: string) =>
			(await rates([without], { ...spec, codebook: name })).estimates.some(({ flag }) => flag === "p");
		expect([await flags(everywhere), await flags(flagged)]).toEqual([true, false]);
	});

	test("stands on its side of a comparison, in JSON, CSV and the table", async () => {
		const found = await compare([data], { ...spec, between: "country" });
		const [row] = found.comparisons;
		const sides = { [row?.between.a ?? ""]: row?.a.flag, [row?.between.b ?? ""]: row?.b.flag };
		expect(sides).toEqual({ AUT: undefined, FRA: "p" });
		expect(shown(found)).toContain("Francep");
		const csvText = shown(found, "csv").replace("\uFEFF", "");
		expect(csvText.split("\n")[0]).toContain(",a_flag,b_flag");
		const gender = await compare([data], { ...spec, between: "gender" });
		expect(
			gender.comparisons.filter(({ group }) => group.country === "FRA").map(({ a }) => a.flag),
		).toContain("p");
	});

	test("of saved results is carried to comparisons of them, with a note", async () => {
		const path = join(folder, "saved.json");
		writeFileSync(path, JSON.stringify(await rates([data], spec)));
		const found = await compare([path], { between: "country" });
		expect(found.comparisons.some(({ a, b }) => (a.flag ?? b.flag) === "p")).toBe(true);
		expect(found.notes).toContainEqual(expect.objectContaining({ detail: { mark: "p", systems: "FRA" } }));
	});

	test("of a member is told of the average", async () => {
		const found = await rates([data], { ...spec, average: ["AUT", "FRA"] });
		expect(found.notes).toContainEqual(
			expect.objectContaining({ code: "average-flagged", detail: { average: "list", members: "FRA" } }),
		);
		expect(shown(found)).not.toMatch(/verage-2p/);
	});

	test("of a level the codebook does not have, or that nobody bears, is refused with the line", async () => {
		const refusal = (name: string) => rates([data], { codebook: name }).then(() => "", describeError);
		expect(await refusal(codebook('{ isced9: "p" }', WORDS, "level"))).toMatch(
			/line \d+: systems.FRA.caution.isced9: no such population; or say all/,
		);
		expect(await refusal(codebook('{ isced2: "q" }', WORDS, "nobody"))).toMatch(
			/line \d+: cautions.p: no system and no value of a group bears this mark/,
		);
	});
});

describe("published cautions", () => {
	test("stand behind the names of their systems, and an average of them says so", () => {
		const found = published({
			cycle: 2024,
			countries: ["NLD", "FRA"],
			topics: ["activities"],
			average: ["NLD", "FRA"],
		});
		const table = shown(found);
		expect(table).toContain("Netherlands†");
		expect(table).not.toContain("France†");
		expect(found.notes.map(({ code }) => code)).toContain("average-flagged");
	});
});
