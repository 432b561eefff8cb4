import { describe, expect, test } from "vitest";
import { compare, samplePath } from "../../src/index.js";
import { file } from "../support/survey.js";

const KAZ = samplePath();
const items = ["peer-coaching", "courses-online"];
const isTotal = (group: Readonly<Record<string, string>>) => group.experience === "total";
/** Numbers of rows, rounded to what sums in another order leave alone. */
const rounded = (rows: readonly object[] | undefined, names: readonly string[]) =>
	JSON.parse(
		JSON.stringify(
			(rows ?? []).map((row) => names.map((name) => (row as Record<string, unknown>)[name] ?? null)),
			(_, value) => (typeof value === "number" ? Number(value.toPrecision(9)) : value),
		),
	);
const DIFFERENCE = ["item", "a", "b", "difference", "se", "df", "p"];
const TEST = ["item", "statistic", "df1", "df2", "p"];

describe("compare with all groups together", () => {
	test.each([
		["percentages", { items }],
		["means", { variables: ["types"] }],
		["all levels at once", { items, test: "joint" as const }],
	])("%s: the total is what those teachers give by themselves", async (_, asked) => {
		const options = { ...asked, between: "gender", suppress: "none" as const };
		const apart = await compare([KAZ], { ...options, by: ["experience"], total: true });
		// Teachers without a value of a breakdown are in none of its groups, nor in their total.
		const levels = [...new Set(apart.comparisons.map(({ group }) => group.experience ?? ""))];
		expect(levels).toContain("total");
		const where = [`experience=${levels.filter((level) => level !== "total").join(",")}`];
		const alone = await compare([KAZ], { ...options, where });
		const total = apart.comparisons.filter(({ group }) => isTotal(group));
		expect(rounded(total, DIFFERENCE)).toEqual(rounded(alone.comparisons, DIFFERENCE));
		expect(total.length).toBeGreaterThan(0);
		const tests = apart.tests?.filter(({ group }) => isTotal(group));
		expect(rounded(tests, TEST)).toEqual(rounded(alone.tests, TEST));
	});

	test("what is compared has no total beside its levels", async () => {
		const { comparisons, estimates } = await compare([KAZ], { between: "gender", items, total: true });
		for (const { a, b } of comparisons) expect([a, b]).not.toContain("total");
		expect(estimates.map(({ group }) => group.gender)).not.toContain("total");
	});

	test("is not asked of results that are made", async () => {
		const results = await compare([KAZ], { between: "gender", items }).then((made) => JSON.stringify(made));
		const saved = file(results, ".json");
		await expect(compare([saved], { between: "cycle", total: true })).rejects.toThrow(
			/holds results, which total does not change/,
		);
	});
});
