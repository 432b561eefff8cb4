import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { means, render, samplePath } from "../../src/index.js";
import { apart, hasNoisy, noisyFile, root } from "../support/golden.js";

const extra = `${root}../shared/oracle/extra.json`;
const present = hasNoisy && existsSync(extra);

interface Ratio {
	country: string;
	population: string;
	numerator: string;
	denominator: string;
	n: number;
	estimate: number;
	se: number;
	df: number;
}

/** What R's script calls its variables → what they are called here. */
const NAMES: Record<string, string> = {
	YRS_SCHOOL: "TT3G11A",
	YRS_TOTAL: "TT3G11B",
	TOPICS: "focus:types",
	TYPES: "activities:types",
	TT3G22A: "activities:courses-in-person",
	TT3G22B: "activities:courses-online",
};

describe.skipIf(!present)(`ratios beside R's svyratio${present ? "" : " (skipped: no ../shared)"}`, () => {
	test("of numbers, items and counts, over the teachers who have both, to 1e-9", async () => {
		const rows = JSON.parse(readFileSync(extra, "utf8")).ratio as Ratio[];
		expect(rows.length).toBe(6);
		const ratios = ["TT3G11A/TT3G11B", "TT3G22B/TT3G22A", "focus:types/activities:types"];
		const { estimates } = await means([noisyFile], { ratios });
		for (const { country, population, numerator, denominator, n, estimate, se, df } of rows) {
			const row = estimates.find(
				({ item, group }) =>
					item === `${NAMES[numerator]}/${NAMES[denominator]}` &&
					group.country === country &&
					group.population === population,
			);
			expect([row?.statistic, row?.n, row?.df]).toEqual(["ratio", n, df]);
			expect(apart(row?.estimate, estimate)).toBeLessThan(1e-9);
			expect(apart(row?.se, se)).toBeLessThan(1e-9);
		}
	});
});

describe("a ratio", () => {
	const file = [samplePath()];

	test("of a count to a constant is its mean divided", async () => {
		const { estimates } = await means(file, { ratios: ["types/any"], where: ["TT3G22A=yes"] });
		const { estimates: own } = await means(file, { variables: ["types"], where: ["TT3G22A=yes"] });
		expect(apart(estimates[0]?.estimate, own[0]?.estimate as number)).toBeLessThan(1e-9);
		expect(apart(estimates[0]?.se, own[0]?.se as number)).toBeLessThan(1e-9);
	});

	test("stands beside means, has a name in every language and its own settings", async () => {
		const results = await means(file, {
			variables: ["types"],
			ratios: ["focus:types/types"],
			quantiles: [0.5],
		});
		expect(results.estimates.map(({ statistic }) => statistic).filter((one) => one !== "percent")).toEqual([
			...["mean", "sd", "q50", "ratio"],
		]);
		expect(results.settings).toMatchObject({ ratios: ["focus:types/types"] });
		const [row] = (await means(file, { ratios: ["focus:types/types"] })).estimates;
		expect(row?.label).toBe("Number of topics covered / Number of kinds of activity");
		expect(results.estimates.at(-1)).toEqual(row);
		expect(await render(results, { format: "csv", language: "ru" })).toContain(" / ");
	});

	test("its average over countries is that of the countries' ratios", async () => {
		const path = samplePath().replace("kazakhstan-2018", "talis-2024");
		const { estimates } = await means([path], { ratios: ["types/any"], average: "all" });
		const [own, average] = [estimates.slice(0, -1), estimates.at(-1)];
		const shown = own.flatMap(({ estimate }) => estimate ?? []);
		expect(average?.estimate).toBeCloseTo(shown.reduce((sum, one) => sum + one, 0) / shown.length, 9);
	});

	test.each([
		[["TT3G11A"], /is not a ratio/],
		[["types/types"], /is always 1/],
		[["gender/types"], /has levels/],
		[["types/nothing-of-the-kind"], /nothing-of-the-kind/],
	])("is refused where it is none: %s", async (ratios, words) => {
		await expect(means(file, { ratios })).rejects.toThrow(words);
	});

	test("is not protected without a word", async () => {
		await expect(means(file, { ratios: ["focus:types/types"], protect: true })).rejects.toThrow(/protect/);
	});
});
