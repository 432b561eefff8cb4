import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { cite, LANGUAGES, rates, samplePath } from "../../src/index.js";
import { run, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

test.each(LANGUAGES)("tool, codebook and data by file, hash and rows (%s)", async (language) => {
	const results = await rates([samplePath()], { items: ["peer-coaching"] });
	const text = cite(results, { language });
	for (const part of ["talis-pd", "talis-2018-teacher", "2000", results.source[0]?.sha256 as string]) {
		expect(text).toContain(part);
	}
});

test("BibTeX on the command line, of saved results", async () => {
	const file = join(temporaryFolder(), "rates.json");
	await run(["rates", samplePath(), "--item", "coaching", "--out", file]);
	const { code, out } = await run(["cite", file, "--format", "bibtex"]);
	expect(code).toBe(0);
	expect(out.match(/^@misc\{/gm)).toHaveLength(3);
	expect((await run(["cite", "--format", "ris"])).code).toBe(2);
});

test("CITATION.cff is of this version", () => {
	const read = (name: string) => readFileSync(join(root, name), "utf8");
	const { version, license } = JSON.parse(read("package.json"));
	expect(parse(read("CITATION.cff"))).toMatchObject({ "cff-version": "1.2.0", version, license });
});
