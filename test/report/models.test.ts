import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { model, type ResultSet, rates, relate } from "../../src/index.js";
import { run } from "../cli/support.js";
import { root } from "../support/golden.js";
import { contents, reportFolder } from "./support.js";

const FOUR = join(root, "data/samples/synthetic-talis-2024.csv");

async function built(config: object): Promise<Record<string, string>> {
	const { config: path, out } = reportFolder({ protect: false, ...config });
	const { code, err } = await run(["report", path, "--allow-outside", "--out", out, "--quiet"]);
	expect([code, err]).toEqual([0, ""]);
	return contents(out);
}

const resultsIn = (files: Record<string, string>): ResultSet =>
	JSON.parse(Buffer.from(files["results.json"] as string, "latin1").toString());

describe("a report with models, correlations and concepts of its own", async () => {
	const define = ["with-others = any(peer-coaching, network)"];
	const files = await built({
		...{ define, languages: ["en", "kk", "ru"], charts: "topics" },
		models: {
			types: { outcome: "types", predict: ["gender", "with-others"], standardize: true },
			coaching: {
				...{ outcome: "peer-coaching", models: ["a: gender", "b: gender,experience"], effects: true },
				base: "all",
			},
		},
		relations: { experience: { variables: ["types", "TT3G11B"], alpha: ["TT3G11A,TT3G11B"] } },
	});
	const data = [join(root, "data/samples/synthetic-kazakhstan-2018.csv")] as const;

	test("has the numbers of the questions by themselves", async () => {
		const { models, relations, alphas } = resultsIn(files);
		const types = await model([...data], {
			...{ define, outcomes: ["types"], predict: "gender,with-others", standardize: true },
		});
		const coaching = await model([...data], {
			...{ outcomes: ["peer-coaching"], models: ["a: gender", "b: gender,experience"], effects: true },
			base: "all",
		});
		expect(models).toEqual([...(types.models ?? []), ...(coaching.models ?? [])]);
		const own = await relate([...data], { variables: ["types", "TT3G11B"], alpha: ["TT3G11A,TT3G11B"] });
		expect([relations, alphas]).toEqual([own.relations, own.alphas]);
	});

	test("has a table and a section of each, in every language", () => {
		const names = Object.keys(files).filter((name) => name.startsWith("tables/"));
		expect(names).toEqual([
			...["tables/activities.csv", "tables/model-coaching.csv", "tables/model-types.csv"],
			"tables/relation-experience.csv",
		]);
		const page = Buffer.from(files["index.html"] as string, "latin1").toString();
		for (const id of ["models", "relations"]) expect(page).toContain(`id="${id}"`);
		expect(page).toContain("Пол: Мужчины");
		expect(page).toContain("Не немен байланысты");
	});

	test("is rounded where it is protected", async () => {
		const safe = resultsIn(
			await built({ protect: true, models: { types: { outcome: "types", predict: "gender" } } }),
		);
		for (const { n } of safe.models ?? []) expect((n as number) % 5).toBe(0);
	});
});

test("a report puts systems together, in tables of their own", async () => {
	const files = await built({
		...{ data: FOUR, comparisons: ["gender"], synthesis: "reml", moderator: "oecd" },
		models: { types: { outcome: "types", predict: "experience" } },
	});
	expect(Object.keys(files).filter((name) => name.startsWith("tables/"))).toEqual([
		...["tables/activities-synthesis.csv", "tables/activities.csv", "tables/between-gender-synthesis.csv"],
		...["tables/between-gender.csv", "tables/model-types-synthesis.csv", "tables/model-types.csv"],
	]);
	const { syntheses = [] } = resultsIn(files);
	const own = await rates([FOUR], { topics: ["activities"], synthesis: "reml", moderator: "oecd" });
	expect(syntheses.filter(({ of }) => of.kind === "estimate")).toEqual(own.syntheses);
	expect(new Set(syntheses.map(({ of }) => of.kind))).toEqual(
		new Set(["estimate", "comparison", "coefficient"]),
	);
});

test("figures that are protected are no part of a synthesis", async () => {
	const asked = { topics: ["activities"], by: ["experience"], synthesis: "reml" as const };
	const { estimates, syntheses = [] } = await rates([FOUR], { ...asked, protect: true });
	const shown = new Set(estimates.map(({ estimate }) => estimate));
	expect(syntheses.length).toBeGreaterThan(0);
	for (const { figures } of syntheses) for (const { estimate } of figures) expect(shown).toContain(estimate);
});

test.each([
	["no outcome", { models: { a: { predict: "gender" } } }, /models\.a\.outcome/],
	["an unknown key", { models: { a: { outcome: "types", predictors: "gender" } } }, /models\.a\.predictors/],
	["an unknown term", { models: { a: { outcome: "types", predict: "gendre" } } }, /gendre/],
	["one variable", { relations: { a: { variables: ["types"] } } }, /types has nothing to be correlated with/],
	["a definition that breaks off", { define: ["x = any(peer-coaching"] }, /is not a definition/],
	["a moderator alone", { moderator: "oecd" }, /moderator/],
	["one system", { synthesis: "reml" }, /no figures of two systems/],
])("%s is refused", async (_, asked, message) => {
	const { config, out } = reportFolder(asked);
	const { code, err } = await run(["report", config, "--out", out, "--quiet"]);
	expect(code).toBe(2);
	expect(err).toMatch(message);
});
