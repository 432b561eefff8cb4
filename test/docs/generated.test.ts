import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import * as library from "../../src/index.js";
import { resultsJsonSchema } from "../../src/internal.js";
import { generated } from "../../tools/docs.mjs";
import { thirdParty } from "../../tools/third-party.mjs";
import { root } from "../support/golden.js";

const made = await generated({ ...library, resultsJsonSchema });

describe("what is made from schemas is as they are (npm run docs)", () => {
	test.each([...made, ["THIRD-PARTY.md", thirdParty()] as const])("%s", (path, text) => {
		if (process.env.UPDATE_DOCS) writeFileSync(join(root, path), text);
		expect(readFileSync(join(root, path), "utf8")).toBe(text);
	});

	test("the codebooks' reference has every key of every object", () => {
		const source = readFileSync(join(root, "src/codebook/definition/schema.ts"), "utf8");
		const keys = [...source.matchAll(/^\t(\w+): (?:z\.|text|key|code|answers|item|confidence)/gm)]
			.map(([, key]) => key as string)
			.filter((key) => key !== "en");
		expect(keys.length).toBeGreaterThan(60);
		const reference = made.get("docs/codebook-reference.md") ?? "";
		for (const key of keys) expect(reference, key).toContain(`| \`${key}\` |`);
	});
});

describe("results keep to the shipped schema", () => {
	const schema = JSON.parse(made.get("results.schema.json") ?? "");
	const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
	const file = [library.samplePath()];
	const kinds: [string, () => Promise<library.ResultSet> | library.ResultSet][] = [
		["rates", () => library.rates(file, { by: ["gender"], counts: true, total: true })],
		["compare", () => library.compare(file, { between: "gender", topics: ["activities"] })],
		["gaps", () => library.gaps(file)],
		["means", () => library.means(file, { variables: ["types"] })],
		["model", () => library.model(file, { outcomes: ["types"], predict: "gender" })],
		["relate", () => library.relate(file, { variables: ["types", "TT3G02"] })],
		["published", () => library.published({ topics: ["needs"], countries: ["KAZ"] })],
	];

	test.each(kinds)("%s", async (_, ask) => {
		const results = JSON.parse(JSON.stringify(await ask()));
		validate(results);
		expect(validate.errors).toBeNull();
	});

	test("what breaks it is found", async () => {
		const results = JSON.parse(JSON.stringify(await library.rates(file, { items: ["coaching"] })));
		expect(validate({ ...results, schema: "other" })).toBe(false);
		expect(validate({ ...results, estimates: [{ ...results.estimates[0], se: -1 }] })).toBe(false);
		expect(validate({ ...results, estimates: [{ ...results.estimates[0], status: "fine" }] })).toBe(false);
	});
});
