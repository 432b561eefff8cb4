import { describe, expect, test } from "vitest";
import { chart, compare, means, rates, render, samplePath } from "../../src/index.js";

const sample2024 = samplePath().replace("kazakhstan-2018", "talis-2024");

describe("an average over a few of its members", () => {
	test("says of how many in key, label, table and chart, in every language", async () => {
		const results = await rates([sample2024], { items: ["courses"], average: "all" });
		const [average] = results.estimates.filter(({ group }) => group.country?.startsWith("average:"));
		const key = average?.group.country as string;
		expect(key).toMatch(/^average:talis-\d-of-49$/);
		const [, count] = /talis-(\d)/.exec(key) as RegExpExecArray;
		const name = `Mean of ${count} of 49 TALIS systems`;
		expect(results.labels?.groups.country?.values[key]).toBe(name);
		expect(await render(results, { format: "markdown" })).toContain(name);
		expect(JSON.stringify(await chart(results, { format: "vega-lite" }))).toContain(name);
		expect(await render(results, { format: "markdown", language: "ru" })).toContain(
			`Среднее по ${count} из 49`,
		);
	});

	test("has an interval of its own making, which tables and charts say", async () => {
		const results = await rates([sample2024], { items: ["courses"], average: "all" });
		expect(results.estimates.at(-1)?.ciMethod).toBe("xlogit");
		const words = "delta-method logit intervals of averages and published figures";
		expect((await render(results, { width: 200, layout: "long" })).replace(/\s+/g, " ")).toContain(words);
		expect(JSON.stringify(await chart(results, { format: "vega-lite" }))).toContain(
			"delta-method logit intervals",
		);
		const alone = await rates([sample2024], { items: ["courses"] });
		expect(await render(alone, { width: 200 })).not.toContain("averages");
	});

	test("and those of numbers and of lists do, too", async () => {
		const own = await means([sample2024], { variables: ["types"], average: "all" });
		expect(own.estimates.map(({ group }) => group.country)).toContainEqual(expect.stringMatching(/-of-49$/));
		const whole = await rates([sample2024], { items: ["courses"], average: countries(own).slice(0, 2) });
		expect(whole.estimates.at(-1)?.group.country).toBe("average:list-2");
		const part = await rates([sample2024], {
			items: ["courses"],
			average: [countries(own)[0] as string, "AUT"],
		});
		expect(part.estimates.at(-1)?.group.country).toBe("average:list-1-of-2");
		expect(part.labels?.groups.country?.values["average:list-1-of-2"]).toBe("Mean of 1 of 2 systems");
	});

	test("is not compared with its one member", async () => {
		const [only = ""] = countries(await rates([sample2024], { items: ["courses"] }));
		const spec = { between: "country", items: ["courses"], reference: `average:${only},AUT` };
		const { comparisons } = await compare([sample2024], spec);
		expect(comparisons.map(({ between }) => between.a)).not.toContain(only);
		expect(comparisons.length).toBeGreaterThan(0);
		const alone = compare([sample2024], { ...spec, where: [`country=${only}`] });
		await expect(alone).rejects.toThrow(new RegExp(`no member here but ${only}`));
	});
});

function countries({ estimates }: Awaited<ReturnType<typeof means | typeof rates>>): string[] {
	const codes = estimates.map(({ group }) => group.country as string);
	return [...new Set(codes)].filter((code) => !code.includes(":"));
}
