import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { helpLanguage } from "../../src/cli/help-language.js";
import { leavesOf } from "../../src/cli/manners.js";
import { createProgram } from "../../src/cli/program.js";
import { root } from "../support/golden.js";
import { run } from "./support.js";

const OTHERS = ["kk", "ru"] as const;
const textsOf = (language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(root, `data/help/${language}.json`), "utf8"));
const treeIn = (argv: readonly string[], env: Record<string, string> = {}, isTTY = false) =>
	createProgram({ stdin: process.stdin, stdout: { write() {}, isTTY }, stderr: { write() {} }, env }, argv);
const said = (argv: readonly string[]) =>
	[...leavesOf(treeIn(argv)).values()].flatMap((command) => [
		command.description(),
		...command.options.filter(({ hidden }) => !hidden).map(({ description }) => description),
	]);

describe.each(OTHERS)("help in %s", (language) => {
	test("has a translation of every text", () => {
		const [english, translated] = [said([]), said(["--lang", language])];
		expect(translated).toHaveLength(english.length);
		// Names alone need none.
		expect(english.filter((text, at) => text === translated[at] && / /.test(text))).toEqual([]);
	});

	test.each(["", "codebook", ...leavesOf(treeIn([])).keys()])(
		"%s --help has no English words",
		async (path) => {
			const { out } = await run([...path.split(" ").filter(Boolean), "--help", "--lang", language]);
			const [texts = ""] = out.split(`\n${textsOf(language)["Examples:"]}`);
			const headings = texts.match(/^\S.*:$/gm) ?? [];
			expect(headings).toEqual([...new Set(headings)]);
			expect(
				texts.match(/^.*(?<![-\w])(the|of|or|and|for|with|without|this|display)(?![-\w]).*$/gm),
			).toBeNull();
		},
	);

	test("keeps what is typed: options, names and numbers", () => {
		for (const [english, text] of Object.entries(textsOf(language))) {
			const typed = english.match(/--[a-z-]+|\b[A-Z]{3}\b|\d+|[a-z]+=|\.[a-z]{3,}\b/g) ?? [];
			for (const word of typed) if (word !== "CSV" && word !== "PNG") expect(text, english).toContain(word);
		}
	});

	test("has the same texts as the other language", () => {
		expect(Object.keys(textsOf(language))).toEqual(Object.keys(textsOf("kk")));
	});

	test("comes with --lang, for a command, all commands and a word", async () => {
		const { Usage, Options } = {
			Usage: textsOf(language)["Usage:"],
			Options: textsOf(language)["Question:"],
		};
		for (const argv of [["rates", "--help"], ["--help"], ["help", "rates"]]) {
			const { code, out } = await run([...argv, "--lang", language]);
			expect(code).toBe(0);
			expect(out.startsWith(Usage as string)).toBe(true);
			if (argv.includes("rates")) expect(out).toContain(Options as string);
			expect(out).not.toContain("Question:");
		}
	});
});

test("a terminal has help in its own language, a file in English", () => {
	const io = (isTTY: boolean, LANG: string) => ({
		...{ stdin: process.stdin, stderr: { write() {} }, env: { LANG } },
		stdout: { write() {}, isTTY },
	});
	expect(helpLanguage([], io(true, "kk_KZ.UTF-8"))).toBe("kk");
	expect(helpLanguage([], io(true, "de_DE.UTF-8"))).toBe("en");
	expect(helpLanguage([], io(false, "kk_KZ.UTF-8"))).toBe("en");
	expect(helpLanguage(["rates", "--lang=ru"], io(true, "kk_KZ.UTF-8"))).toBe("ru");
	expect(helpLanguage(["rates", "--lang"], io(true, "kk_KZ.UTF-8"))).toBe("kk");
});
