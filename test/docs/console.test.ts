import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { countOf, withTrueOutput } from "../../tools/console.mjs";

const documents = [
	...readdirSync(".").filter((name) => /^README.*\.md$/.test(name)),
	...readdirSync("docs")
		.filter((name) => name.endsWith(".md"))
		.map((name) => `docs/${name}`),
].filter((path) => countOf(readFileSync(path, "utf8")) > 0);

describe("documents show what commands print", () => {
	test("README does, in three languages", () => {
		expect(documents).toEqual(expect.arrayContaining(["README.md", "README.kk.md", "README.ru.md"]));
	});

	test.each(documents)("%s", (path) => {
		const text = readFileSync(path, "utf8");
		expect(text).toBe(withTrueOutput(text));
	});

	test("an output that is not the true one is replaced", () => {
		const shown = "```console\n$ talis-pd --version\n0.0.0\n```\n";
		expect(withTrueOutput(shown)).toBe(
			`\`\`\`console\n$ talis-pd --version\n${JSON.parse(readFileSync("package.json", "utf8")).version}\n\`\`\`\n`,
		);
	});

	test("a command that fails is told", () => {
		expect(() => withTrueOutput("```console\n$ talis-pd rates nothing.csv\n```\n")).toThrow(/nothing\.csv/);
	});
});

describe("READMEs", () => {
	const READMES = ["README.md", "README.kk.md", "README.ru.md"];
	const linksOf = (path: string) =>
		[...readFileSync(path, "utf8").matchAll(/\]\(([^)#]+)\)|srcset="([^"]+)"|src="([^"]+)"/g)]
			.map(([, link, srcset, src]) => link ?? srcset ?? (src as string))
			.filter((link) => !/^https?:/.test(link));

	test.each(READMES)("%s links to what there is", (path) => {
		for (const link of linksOf(path)) expect(() => readdirOrRead(link), link).not.toThrow();
	});

	test("say the same: links, commands and numbers of sections", () => {
		const shape = (path: string) => {
			const text = readFileSync(path, "utf8");
			return {
				links: linksOf(path)
					.filter((link) => !link.startsWith("README"))
					.map((link) => link.replace(/-(kk|ru)-(?=light|dark)/, "-")),
				sections: text.match(/^## /gm)?.length,
				commands: [...text.matchAll(/^\$ (.+)$/gm)].map(([, line]) => line?.replace(/ --lang \w+/, "")),
			};
		};
		for (const path of READMES) expect(shape(path)).toEqual(shape("README.md"));
	});
});

function readdirOrRead(path: string): unknown {
	try {
		return readFileSync(path);
	} catch {
		return readdirSync(path);
	}
}
