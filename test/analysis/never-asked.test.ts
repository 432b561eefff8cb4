import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compare, gaps, rates, relate, samplePath } from "../../src/index.js";

const sample2024 = samplePath().replace("kazakhstan-2018", "talis-2024");

describe("what stands on different forms is refused together, with the reason", () => {
	const forms = /no teacher was asked both needs:subject.*barriers:cost.*different forms/;

	test.each([
		["a condition", () => rates([sample2024], { topics: ["needs"], where: ["barriers:cost=yes"] })],
		["a breakdown", () => rates([sample2024], { topics: ["needs"], by: ["barriers:cost"] })],
		["groups compared", () => compare([sample2024], { topics: ["needs"], between: "barriers:cost" })],
		[
			"items compared",
			() => compare([sample2024], { items: ["needs:subject", "barriers:cost"], between: "items" }),
		],
		["correlations", () => relate([sample2024], { variables: ["needs:subject", "barriers:cost"] })],
	])("%s", async (_, ask) => {
		await expect(ask()).rejects.toThrow(forms);
	});

	test("a condition and a breakdown that agree with the item, and not with each other", async () => {
		const asked = { items: ["courses"], where: ["needs:subject=yes"], by: ["barriers:cost"] };
		await expect(rates([sample2024], asked)).rejects.toThrow(forms);
	});

	test("beside each other they are shown, and what is asked of all goes with either", async () => {
		const both = await rates([sample2024], { items: ["needs:subject", "barriers:cost"] });
		expect(new Set(both.estimates.map(({ item }) => item))).toEqual(new Set(["subject", "cost"]));
		const { estimates } = await rates([sample2024], { items: ["courses"], where: ["barriers:cost=yes"] });
		expect(estimates.some(({ n }) => (n ?? 0) > 0)).toBe(true);
		expect((await gaps([sample2024])).comparisons.length).toBeGreaterThan(0);
	});
});

describe("systems without any value of a breakdown", () => {
	const lines = readFileSync(sample2024, "utf8").trimEnd().split("\n");
	const header = (lines[0] as string).split(";");
	const [country, gender] = ["CNTRY", "TT4G01"].map((name) => header.indexOf(name)) as [number, number];
	const suppressed = lines.map((line) => {
		const cells = line.split(";");
		return ["EST", "FIN"].includes(cells[country] as string) ? cells.with(gender, "8").join(";") : line;
	});
	const data = {
		bytes: new TextEncoder().encode(suppressed.join("\n")),
		format: "csv",
		name: "t.csv",
	} as const;
	const named = async (results: Promise<{ notes: { code: string; text: string; detail?: object }[] }>) =>
		(await results).notes.find(({ code }) => code === "systems-without-value");

	test("are named, whatever is asked", async () => {
		const note = await named(rates(data, { items: ["courses"], by: ["gender"] }));
		expect(note?.text).toBe("2 systems have no value of “Gender” and are left out: EST, FIN.");
		for (const results of [
			rates(data, { items: ["courses"], by: ["gender"], pool: ["country"] }),
			compare(data, { items: ["courses"], between: "gender" }),
		]) {
			expect((await named(results))?.detail).toMatchObject({ systems: "EST, FIN", count: 2 });
		}
		const russian = await named(rates(data, { items: ["courses"], by: ["gender"], language: "ru" }));
		expect(russian?.text).toContain("EST, FIN");
	});

	test("are not where only some of their rows have none, or nobody asks", async () => {
		expect(await named(rates([sample2024], { items: ["courses"], by: ["gender"] }))).toBeUndefined();
		expect(await named(rates(data, { items: ["courses"] }))).toBeUndefined();
	});
});
