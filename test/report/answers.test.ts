import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ResultSet, rates } from "../../src/index.js";
import { run } from "../cli/support.js";
import { root } from "../support/golden.js";
import { contents, reportFolder } from "./support.js";

describe("a report with every answer of some items", async () => {
	const answers = ["needs:assessment", "barriers:cost"];
	const { config, out } = reportFolder({
		answers,
		charts: "topics",
		topics: ["needs"],
		protect: false,
		languages: ["en", "ru"],
	});
	const { code, err } = await run(["report", config, "--out", out, "--quiet"]);
	const files = contents(out);
	const text = (name: string) => Buffer.from(files[name] as string, "latin1").toString();

	test("has the numbers of the question by itself, and a topic's usual title", async () => {
		expect([code, err]).toEqual([0, ""]);
		const results: ResultSet = JSON.parse(text("results.json"));
		const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
		const own = await rates([sample], { items: answers, answers: true });
		expect(own.estimates).toHaveLength(8);
		expect(results.estimates.filter(({ item }) => item.includes("="))).toEqual(own.estimates);
		expect(results.covariances).toEqual(own.covariances);
		const usual = await rates([sample], { topics: ["needs"] });
		expect(results.labels?.topics.needs).toEqual(usual.labels?.topics.needs);
	});

	test("has a table, a chart a topic and a section in every language", () => {
		expect(Object.keys(files)).toEqual(
			expect.arrayContaining([
				...["tables/answers.csv", "charts/needs-answers.svg", "charts/barriers-answers.svg"],
			]),
		);
		expect(text("index.html")).toContain(`id="answers"`);
		for (const title of ["Every answer", "Все ответы"]) expect(text("index.html")).toContain(title);
		expect(text("index.html")).toContain("Student assessment practices: High level of need");
	});
});

test("an item that no codebook has is refused", async () => {
	const { config, out } = reportFolder({ answers: ["needs:nonsense"] });
	const { code, err } = await run(["report", config, "--out", out, "--quiet"]);
	expect([code, err]).toEqual([2, expect.stringMatching(/there is no item "needs:nonsense"/)]);
});
