import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { root } from "../support/golden.js";
import { run, SAMPLE } from "./support.js";

const LANGUAGES = ["kk", "ru"] as const;
const textsOf = (language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(root, `data/errors/${language}.json`), "utf8"));

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".ts"))
	.map((name) => readFileSync(join(root, "src", name), "utf8"));

/** Sentences that the sources make errors of, and their hints; `{}` is where something is put in. */
function sentences(): Set<string> {
	const found = new Set<string>();
	for (const text of sources.filter((text) => /UserError|hint/.test(text))) {
		const visit = (node: ts.Node): void => {
			if (ts.isNewExpression(node) && node.expression.getText() === "UserError") {
				for (const one of written(node.arguments?.[0])) found.add(one);
			}
			if (ts.isPropertyAssignment(node) && node.name.getText() === "hint") {
				for (const one of written(node.initializer)) found.add(one);
			}
			ts.forEachChild(node, visit);
		};
		visit(ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true));
	}
	return found;
}

function written(node: ts.Node | undefined): string[] {
	if (node === undefined) return [];
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isTaggedTemplateExpression(node)) return written(node.template);
	if (ts.isConditionalExpression(node)) return [...written(node.whenTrue), ...written(node.whenFalse)];
	if (!ts.isTemplateExpression(node)) return [];
	return [[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("{}")];
}

// What commander says is not in the sources.
const OTHERS =
	"unknown option unknown command missing required argument argument missing required option not specified";
const said = [...sources, OTHERS].join("\n").replaceAll(/\\?"/g, "");

const withoutNames = (text: string) => text.replace(/\{\w+\}/g, "{}");

test("almost every sentence of an error has a translation", () => {
	const known = new Set(Object.keys(textsOf("kk")).map(withoutNames));
	const patterns = [...known].map(
		(text) => new RegExp(`^${text.split("{}").map(escaped).join(".+?")}$`, "s"),
	);
	// What has no word of its own, such as `{}: {}`, has nothing to translate.
	const all = [...sentences()].filter((text) => /[a-z]{2}/i.test(text.replaceAll("{}", "")));
	const missing = all.filter((text) => !patterns.some((pattern) => pattern.test(text.replaceAll("{}", "…"))));
	expect(all.length).toBeGreaterThan(550);
	// New ones may wait for a translator.
	expect(missing.length, missing.join("\n")).toBeLessThan(0.03 * all.length);
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe.each(LANGUAGES)("errors in %s", (language) => {
	const texts = textsOf(language);

	test("are those of the other language, and the sources say them", () => {
		expect(Object.keys(texts)).toEqual(Object.keys(textsOf("kk")));
		const isSaid = (english: string) =>
			english
				.split(/\{\w+\}/)
				.map((part) => part.replaceAll('"', "").trim())
				.filter((part) => /[a-z]{3}/.test(part))
				.every((part) => said.includes(part.replace(/^[,:;.] /, "")));
		const unsaid = Object.keys(texts).filter((english) => !isSaid(english));
		// Those of sentences that were reworded may wait for a translator, too.
		expect(unsaid.length, unsaid.join("\n")).toBeLessThan(0.03 * Object.keys(texts).length);
	});

	test("keep what is put in and what is typed", () => {
		for (const [english, text] of Object.entries(texts)) {
			const typed = english.match(/\{\w+\}|--[a-z]+|[A-Z]{4,}|\d+|\.[a-z]{3,}\b|\w+\(.*?\)|"NAME.*?"/g) ?? [];
			for (const word of typed) expect(text, english).toContain(word);
		}
	});
});

test.each([
	[
		["rates", "no.csv"],
		"talis-pd: no.csv: мұндай файл жоқ — жолын тексеріңіз\n",
		"talis-pd: no.csv: такого файла нет — проверьте путь\n",
	],
	[
		["rates", SAMPLE, "--by", "gendr"],
		"talis-pd: «gendr» деген топ та, баған да жоқ — бәлкім, gender?\n",
		"talis-pd: нет ни группы, ни столбца «gendr» — возможно, gender?\n",
	],
	[
		["rates", SAMPLE, "--item", "coachng"],
		"talis-pd: «coachng» деген көрсеткіш жоқ — бәлкім, peer-coaching?\n",
		"talis-pd: нет показателя «coachng» — возможно, peer-coaching?\n",
	],
	[
		["rates", SAMPLE, "--bye", "gender"],
		"talis-pd: «--bye» деген параметр жоқ — бәлкім, --by?\n",
		"talis-pd: нет параметра «--bye» — возможно, --by?\n",
	],
	[
		["compare", SAMPLE, "--between", "gender", "--reference", "x"],
		"talis-pd: gender тобының «x» деңгейі жоқ — барлары: female, male\n",
		"talis-pd: у gender нет уровня «x» — есть: female, male\n",
	],
])("%s", async (argv, kazakh, russian) => {
	expect(await run([...argv, "--lang", "kk"])).toMatchObject({ code: 2, err: kazakh });
	expect(await run([...argv, "--lang", "ru"])).toMatchObject({ code: 2, err: russian });
	expect((await run(argv)).err).not.toMatch(/[а-я]/i);
});

test("a terminal has errors in its own language; JSON is English for programs", async () => {
	const said = async (argv: string[], isTTY: boolean) => {
		let err = "";
		await main(argv, {
			stdin: process.stdin as never,
			stdout: { write: () => true },
			stderr: { write: (text) => (err += text), isTTY },
			env: { LANG: "kk_KZ.UTF-8" },
		});
		return err;
	};
	expect(await said(["rates", "no.csv"], true)).toContain("мұндай файл жоқ");
	expect(await said(["rates", "no.csv"], false)).toContain("there is no such file");
	expect(await said(["rates", "no.csv", "--json-errors", "--lang", "kk"], true)).toContain("no such file");
});
