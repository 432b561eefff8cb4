import { expect, test } from "vitest";
import { adjustedOf } from "../../src/compare/families.js";
import { compare, samplePath } from "../../src/index.js";

const of = (item: string, p: number | null, topic = "activities") => ({ topic, item, p, group: {} });

test("what follows from all other items is tested by itself", () => {
	const rows = [
		of("coaching", 0.01),
		of("network", 0.02),
		of("any", 0.03),
		of("types", 0.04),
		of("other", null),
	];
	for (const family of ["group", "topic", "all", "item"] as const) {
		const adjusted = adjustedOf(rows, ({ p }) => p, "holm", family);
		expect(adjusted.slice(2), family).toEqual([0.03, 0.04, null]);
		expect(adjusted.slice(0, 2)).toEqual(family === "item" ? [0.01, 0.02] : [0.02, 0.02]);
	}
	const topics = [of("any", 0.03), of("any", 0.04, "focus")];
	expect(adjustedOf(topics, ({ p }) => p, "bonferroni", "all")).toEqual([0.03, 0.04]);
});

test("so Holm's p-values of the activities are those of the activities alone", async () => {
	const ask = { between: "gender", topics: ["activities"] };
	const rows = (await compare([samplePath()], ask)).comparisons;
	const derived = rows.filter(({ variable }) => variable === null);
	expect(derived.map(({ item }) => item)).toEqual(["any", "types"]);
	for (const { p, pAdjusted } of derived) expect(pAdjusted).toBe(p);
	const least = rows
		.filter(({ variable }) => variable !== null)
		.toSorted((a, b) => (a.p ?? 1) - (b.p ?? 1))[0];
	expect(least?.pAdjusted).toBeCloseTo(10 * (least?.p as number), 12);
});
