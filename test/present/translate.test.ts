import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseResults } from "../../src/analysis/saved/read-saved.js";
import { translated } from "../../src/analysis/saved/translate.js";
import {
	compare,
	gaps,
	LANGUAGES,
	means,
	published,
	type ResultSet,
	rates,
	samplePath,
} from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { fixture, ONE } from "./fixture.js";

type Language = (typeof LANGUAGES)[number];

const files = [samplePath()];
/** Every kind of result, made by a language. */
const KINDS: [string, (language: Language) => Promise<ResultSet> | ResultSet][] = [
	["rates by group", (language) => rates(files, { language, by: ["gender"], total: true, counts: true })],
	[
		"rates with benchmarks",
		(language) => rates(files, { language, benchmark: ["KAZ@2018"], items: ["ict"] }),
	],
	["answers of one's own", (language) => rates(files, { language, topics: ["needs"], yes: ["3", "4"] })],
	["differences between groups", (language) => compare(files, { language, between: "age" })],
	[
		"differences between items",
		(language) => compare(files, { language, between: "items", topics: ["needs"], reference: "ict" }),
	],
	["gaps", (language) => gaps(files, { language, by: ["gender"] })],
	["means", (language) => means(files, { language })],
	["published", (language) => published({ language, countries: ["KAZ", "average"], topics: ["needs"] })],
];

test.each(KINDS)("%s saved in one language are shown in another as if made in it", async (_, make) => {
	const saved = JSON.stringify(await make("kk"));
	for (const language of LANGUAGES) {
		const made = await make(language);
		const again = translated(parseResults(saved, "saved.json"), language);
		for (const format of ["table", "html", "csv"]) {
			const show = (results: ResultSet) =>
				renderText(format, results, { locale: loadLocale(language), width: 80, color: false });
			expect(show(again)).toBe(show(made));
		}
	}
});

test("without the codebook names stay as saved, and a note says so in the language asked for", () => {
	const saved = fixture(ONE);
	saved.notes.push({ code: "rows-without-weight", text: "7 rows", detail: { rows: 7 } });
	const text = (language: Language) =>
		renderText("table", translated(saved, language), {
			locale: loadLocale(language),
			width: 80,
			color: false,
		});
	expect(text("en")).not.toContain("“hand-made”");
	expect(text("ru")).toContain("In-person courses or seminars");
	expect(text("ru")).toContain("3 rows have no weight");
	expect(text("ru")).toContain("Не учтено строк без веса: 7.");
	expect(text("ru").replace(/\s+/g, " ")).toContain("Кодовая книга «hand-made» не установлена");
});

test("saved results are compared in the language asked for, whatever they were saved in", async () => {
	const spec = { topics: ["needs"], items: ["ict"], countries: ["KAZ", "FIN", "average"] };
	const saved = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "saved.json");
	writeFileSync(saved, JSON.stringify(published({ ...spec, language: "kk" })));
	const made = published({ ...spec, language: "ru" });
	const compared = await compare([saved], { between: "country", reference: "KAZ", language: "ru" });
	expect(compared.codebook.title).toBe(made.codebook.title);
	expect(made.codebook.title).not.toBe(published(spec).codebook.title);
});

test("a system that is in the tables of a cycle without having taken part in it has its name", () => {
	const { labels } = published({ cycle: 2013, topics: ["needs"], countries: ["KAZ", "POL"] });
	expect(labels?.groups.country?.values).toMatchObject({ KAZ: "Kazakhstan", POL: "Poland" });
});
