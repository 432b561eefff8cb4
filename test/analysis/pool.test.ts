import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compare, gaps, means, model, type ResultSet, rates, relate, samplePath } from "../../src/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { csv, file } from "../support/survey.js";

const sample = readFileSync(samplePath(), "utf8").trimEnd().split("\n");
const header = (sample[0] as string).split(",");
const rows = sample.slice(1, 401).map((line) => line.split(","));
const [country, population] = ["CNTRY", "IDPOP"].map((name) => header.indexOf(name)) as [number, number];

/** Every second teacher is of France, every third of primary education. */
const mixed = file(
	csv(
		rows.map((row, index) =>
			row.with(country, index % 2 ? "FRA" : "KAZ").with(population, index % 3 ? "2" : "1"),
		),
		header,
	),
);

/** The questions that groups are asked of, each by gender or between genders. */
const QUESTIONS: Record<string, (pool: readonly string[], path?: string) => Promise<ResultSet>> = {
	rates: (pool, path = mixed) => rates([path], { ...OPEN, items: ["network"], by: ["gender"], pool }),
	compare: (pool, path = mixed) => compare([path], { ...OPEN, items: ["network"], between: "gender", pool }),
	gaps: (pool, path = mixed) => gaps([path], { ...OPEN, items: ["ict"], by: ["gender"], pool }),
	means: (pool, path = mixed) => means([path], { ...OPEN, variables: ["types"], by: ["gender"], pool }),
	model: (pool, path = mixed) =>
		model([path], { ...OPEN, outcomes: ["types"], predict: "novice", by: ["gender"], pool }),
	relate: (pool, path = mixed) =>
		relate([path], { ...OPEN, variables: ["types", "TT3G11B"], by: ["gender"], pool }),
	"concepts of one's own": (pool, path = mixed) =>
		rates([path], {
			...OPEN,
			define: ["both = all(peer-coaching, network)"],
			items: ["both"],
			by: ["gender"],
			pool,
		}),
};
const OPEN = { suppress: "none" } as const;

function breakdownsOf({ estimates, models = [], relations = [] }: ResultSet): string[] {
	return [...new Set([...estimates, ...models, ...relations].map(({ group }) => Object.keys(group).join()))];
}

describe.each(Object.entries(QUESTIONS))("%s", (_, ask) => {
	test("keeps countries and populations apart also beside an asked breakdown", async () => {
		const { settings, ...results } = await ask([]);
		expect(breakdownsOf(results as ResultSet)).toEqual(["country,population,gender"]);
		expect(settings).toMatchObject({ by: ["country", "population", "gender"], pool: [] });
		expect(results.notes.filter(({ code }) => code.endsWith("-pooled"))).toEqual([]);
	});

	test("puts together what pool names, says so once and records it", async () => {
		const one = await ask(["population"]);
		expect(breakdownsOf(one)).toEqual(["country,gender"]);
		const both = await ask(["country", "population"]);
		expect(breakdownsOf(both)).toEqual(["gender"]);
		expect(both.settings).toMatchObject({ by: ["gender"], pool: ["country", "population"] });
		const pooled = both.notes.filter(({ code }) => code.endsWith("-pooled"));
		expect(pooled.map(({ code, detail, group }) => [code, detail, group])).toEqual([
			["countries-pooled", { values: "FRA, KAZ", count: 2 }, undefined],
			["populations-pooled", { values: "isced1, isced2", count: 2 }, undefined],
		]);
	});

	test("is harmless where there is nothing to put together", async () => {
		const path = file(
			csv(
				rows.map((row) => row.with(population, "2")),
				header,
			),
		);
		const { settings: _, source: __, ...asked } = await ask(["population"], path);
		const { settings: ___, source: ____, ...plain } = await ask([], path);
		expect(asked).toEqual(plain);
	});
});

async function refusal(run: Promise<unknown>): Promise<string> {
	return run.then(
		() => "nothing was refused",
		(error: Error) => error.message,
	);
}

describe("pool", () => {
	test("names the groups where they put different things together", async () => {
		const uneven = file(
			csv(
				rows.map((row, index) =>
					row.with(country, index % 2 ? "FRA" : "KAZ").with(population, index % 4 === 1 ? "1" : "2"),
				),
				header,
			),
		);
		const { notes } = await rates([uneven], { ...OPEN, items: ["network"], pool: ["population"] });
		expect(notes.find(({ code }) => code === "populations-pooled")?.text).toBe(
			loadLocale("en").text("note.populations-pooled", {
				values: "Primary (ISCED 1), Lower secondary (ISCED 2) (FRA)",
			}),
		);
	});

	test.each([
		["by", { by: ["country"] }, "pool: country puts together what by: country keeps apart"],
		["by the column", { by: ["CNTRY"] }, "pool: country puts together what by: CNTRY keeps apart"],
	])("contradicts %s", async (_, spec, message) => {
		const run = rates([mixed], { ...spec, items: ["network"], pool: ["country"] });
		expect(await refusal(run)).toContain(message);
	});

	test("contradicts between", async () => {
		const run = compare([mixed], { between: "country", items: ["network"], pool: ["country"] });
		expect(await refusal(run)).toContain("pool: country puts together what between: country keeps apart");
	});

	test("is of country and population alone", async () => {
		const run = rates([mixed], { by: ["gender"], pool: ["gender"] });
		expect(await refusal(run)).toMatch(/"gender" is not a value of pool/);
	});

	test("a country under the name of its column is no second breakdown", async () => {
		const { estimates } = await rates([mixed], { ...OPEN, items: ["network"], by: ["CNTRY"] });
		expect([...new Set(estimates.map(({ group }) => Object.keys(group).join()))]).toEqual([
			"population,CNTRY",
		]);
	});
});

describe("totals", () => {
	const totalsOf = async (path: string, by?: string[]) => {
		const { estimates } = await rates([path], { ...OPEN, items: ["network"], by, total: true });
		return estimates.map(({ group }) => Object.values(group).join(" "));
	};

	test("are not made over the one country of a file, unless there is nothing else", async () => {
		expect(await totalsOf(samplePath(), ["gender"])).toEqual(["KAZ female", "KAZ male", "KAZ total"]);
		expect(await totalsOf(samplePath())).toEqual(["KAZ", "total"]);
		expect(await totalsOf(mixed)).toHaveLength(9);
	});
});

test("systems that count alike are not said to count by their teachers", async () => {
	const { notes } = await model([mixed], {
		...{ ...OPEN, outcomes: ["types"], predict: "novice", pool: ["country"], equalSystems: true },
	});
	const pooled = notes.filter(({ code }) => code.startsWith("countries-"));
	expect(pooled.map(({ code, text }) => [code, text])).toEqual([
		["countries-alike", "2 countries are pooled, each with the same weight: France, Kazakhstan."],
	]);
});
