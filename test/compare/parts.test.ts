import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Comparison, compare, published, render } from "../../src/index.js";
import { root } from "../support/golden.js";
import { file } from "../support/survey.js";

const LEVEL = ["population=isced2"];
const COUNTRIES = ["BEL", "BFL", "BFR", "FRA", "ITA"];

/** The published needs of teachers, saved; without one item where that is asked. */
async function saved(
	countries: readonly string[],
	items: (item: string) => boolean = () => true,
): Promise<string> {
	const results = published({ topics: ["needs"], countries: [...countries], where: LEVEL });
	const estimates = results.estimates.filter(({ item }) => items(item));
	return file(String(await render({ ...results, estimates }, { format: "json" })), ".json");
}

const pairs = async (path: string, reference: string) =>
	new Map(
		(await compare([path], { between: "country", reference, adjust: "none" })).comparisons.map(
			(row) => [`${row.item} ${row.between.a}`, row] as const,
		),
	);

const golden: {
	rows: ({ item: string } & Record<"difference" | "se" | "from_mean" | "se_from_mean", number>)[];
} = JSON.parse(readFileSync(join(root, "test/golden/parts.json"), "utf8"));

describe("the communities of Belgium, from what is published of them", () => {
	test.each([
		["BEL", "difference", "se"],
		["average:BEL,FRA,ITA", "from_mean", "se_from_mean"],
	] as const)("against %s, as R has it", async (reference, difference, se) => {
		const rows = await pairs(await saved(COUNTRIES), reference);
		expect(golden.rows.length).toBeGreaterThan(10);
		for (const one of golden.rows) {
			const row = rows.get(`${one.item} BFL`);
			expect(row?.kind).toBe("part-whole");
			expect(row?.difference).toBeCloseTo(one[difference], 9);
			expect(row?.se).toBeCloseTo(one[se], 9);
		}
		for (const [key, { kind }] of rows)
			if (key.endsWith(" FRA") && reference === "BEL") expect(kind).toBe("independent");
	});

	test("a community is as sure to differ from Belgium as from the other community", async () => {
		const path = await saved(COUNTRIES);
		const [whole, apart] = [await pairs(path, "BEL"), await pairs(path, "BFR")];
		for (const { item } of golden.rows) {
			const [part, rest] = [whole.get(`${item} BFL`), apart.get(`${item} BFL`)] as [Comparison, Comparison];
			expect((part.se as number) / (rest.se as number)).toBeCloseTo(1 - 0.611, 3);
			expect((part.difference as number) / (1 - 0.611)).toBeCloseTo(rest.difference as number, 0);
		}
	});

	test.each([
		["the other community is not there", () => saved(["BEL", "BFL", "FRA"])],
		["too few items tell the share", () => saved(COUNTRIES, (item) => item === "ict" || item === "subject")],
	])("are not tested where %s, and a note says so", async (_, make) => {
		const results = await compare([await make()], { between: "country", reference: "BEL" });
		const own = results.comparisons.filter(({ between }) => between.a === "BFL");
		expect(own.length).toBeGreaterThan(0);
		for (const { p, status } of own) expect([p, status]).toEqual([null, "not-comparable"]);
		expect(results.notes.map(({ code, text }) => [code, text])).toContainEqual([
			"part-untested",
			expect.stringMatching(/figure that includes this country, because .*: BFL − BEL/),
		]);
		for (const { between, p } of results.comparisons) if (between.a === "FRA") expect(p).not.toBeNull();
	});
});
