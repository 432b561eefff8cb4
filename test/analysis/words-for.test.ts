import { expect, test } from "vitest";
import { wordsFor } from "../../src/analysis/result/words-for.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { LANGUAGES, model, render, samplePath } from "../../src/index.js";

const codebook = loadCodebook("talis-2018-teacher");

test("notes name rows: their systems, items, and groups", () => {
	const said = (code: string, items: string) => wordsFor(code, { items }, codebook, "en").items;
	expect(said("average-lost", "KAZ (activities:any isced2)")).toBe(
		"Kazakhstan (At least one activity (Types of professional development) Lower secondary (ISCED 2))",
	);
	expect(said("cycle-unmatched", "activities:any, activities:types")).not.toContain("activities:");
	expect(said("cycle-unmatched", "activities:mystery")).toBe("activities:mystery");
});

test.each(LANGUAGES)("predictions name what they are at (%s)", async (language) => {
	const results = await model([samplePath()], {
		...{ outcomes: ["coaching"], predict: "gender,TT3G11B", at: ["gender=female", "TT3G11B=10"], language },
	});
	const text = await render(results, { format: "markdown" });
	expect(text).toContain(`${results.labels?.groups.gender?.label}: `);
	expect(text).not.toMatch(/gender=|=10/);
});
