import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../support/golden.js";

type Language = "en" | "kk" | "ru";

const glossary = readFileSync(join(root, "docs/glossary.md"), "utf8");
const [terms = "", avoided = ""] = glossary.split("## Not to write");

const cellsOf = (text: string) =>
	text
		.split("\n")
		.filter((line) => line.startsWith("| "))
		.map((line) => line.split("|").map((cell) => cell.trim()))
		.map((cells) => cells.slice(1, -1))
		.slice(1);

const forbidden = cellsOf(avoided).flatMap(([language = "", , never = ""]) =>
	never.split(";").map((words) => ({ language: language as Language, words: words.trim() })),
);

/** All that is said in a language: messages, and labels of codebooks and of the lists of variables. */
function textsOf(language: Language): Map<string, string> {
	const messages: Record<string, string> = JSON.parse(
		readFileSync(join(root, `data/locales/${language}.json`), "utf8"),
	);
	const texts = new Map(Object.entries(messages).filter(([key]) => !key.startsWith("words.")));
	if (language !== "en") {
		for (const kind of ["help", "errors", "drafts"]) {
			const said: Record<string, string> = JSON.parse(
				readFileSync(join(root, `data/${kind}/${language}.json`), "utf8"),
			);
			for (const [english, text] of Object.entries(said)) texts.set(`${kind}: ${english}`, text);
		}
	}
	for (const folder of ["codebooks", "variables"]) {
		const files = readdirSync(join(root, "data", folder)).filter((name) => name.endsWith(".yaml"));
		for (const name of files) {
			const content: unknown = parse(readFileSync(join(root, "data", folder, name), "utf8"), {
				merge: true,
				maxAliasCount: -1,
			});
			collect(content, name, language, texts);
		}
	}
	return texts;
}

/** Texts of a language stand under its code. */
function collect(node: unknown, at: string, language: Language, texts: Map<string, string>): void {
	if (typeof node !== "object" || node === null) return;
	for (const [key, value] of Object.entries(node)) {
		if (key === language && typeof value === "string") texts.set(`${at}/${key}`, value);
		else collect(value, `${at}/${key}`, language, texts);
	}
}

const texts = { en: textsOf("en"), kk: textsOf("kk"), ru: textsOf("ru") };

test("the glossary names every term in all three languages", () => {
	const rows = cellsOf(terms);
	expect(rows.length).toBeGreaterThan(20);
	for (const [english, kazakh, russian] of rows) {
		expect(english && kazakh && russian, english).toBeTruthy();
	}
});

describe("one term for one thing", () => {
	test.each(forbidden)("nothing says $words ($language)", ({ language, words }) => {
		const found = [...texts[language]].filter(([, text]) => text.includes(words));
		expect(found).toEqual([]);
	});

	test("each language has texts to look at, and a planted variant is found", () => {
		for (const language of ["en", "kk", "ru"] as const) {
			expect(texts[language].size).toBeGreaterThan(1000);
			const [first] = forbidden.filter((one) => one.language === language);
			const planted = `before ${first?.words} after`;
			expect(planted.includes(first?.words ?? "?")).toBe(true);
		}
	});

	test("one dash between words in Kazakh and Russian, with a no-break space before it", () => {
		for (const language of ["kk", "ru"] as const) {
			const odd = [...texts[language]].filter(([, text]) => /\S [–—] |\u00a0– /.test(text));
			expect(odd).toEqual([]);
		}
	});

	test("a percent sign has a no-break space before it in Kazakh and Russian", () => {
		for (const language of ["kk", "ru"] as const) {
			const odd = [...texts[language]].filter(([, text]) => /[\d}] ?%/.test(text.replaceAll("\u00a0%", "")));
			expect(odd).toEqual([]);
		}
	});
});
