import { describe, expect, test } from "vitest";
import { parseResults } from "../../src/analysis/saved/read-saved.js";
import { CHART_KINDS } from "../../src/chart/choices.js";
import { GATES, KINDS, tablesOf } from "../../src/results/kinds.js";
import { RESULT_KINDS, type ResultSet } from "../../src/results/result-set.js";
import { byGender, gaps as gapsOf } from "../present/comparing.js";
import { fixture, ONE } from "../present/fixture.js";

/** A result file, with or without kind. */
const saved = (changes: object) =>
	parseResults(JSON.stringify({ ...fixture(ONE), kind: undefined, settings: {}, ...changes }), "saved.json");

test.each(RESULT_KINDS)("%s is registered with charts and gates that there are", (kind) => {
	const { charts, gates } = KINDS[kind];
	expect(charts.filter((name) => !(CHART_KINDS as readonly string[]).includes(name))).toEqual([]);
	expect(gates.filter((gate) => !GATES.includes(gate))).toEqual([]);
});

describe("results that are read back", () => {
	test.each(RESULT_KINDS)("are of the kind that the command of an older file says: %s", (command) => {
		expect(saved({ settings: { command } }).kind).toBe(command);
	});

	test("are of their own kind, whatever settings.command says", () => {
		expect(saved({ kind: "means", settings: { command: "compare" } }).kind).toBe("means");
	});

	test("are rates where nothing is said", () => {
		expect(saved({}).kind).toBe("rates");
		expect(saved({ settings: { command: "somebody's own" } }).kind).toBe("rates");
	});

	test("of a kind that this version does not know are refused", () => {
		expect(() => saved({ kind: "forecast" })).toThrow(/^kind: must be one of rates, compare/);
	});
});

test("a kind without rows for its tables is shown as the plain ones", () => {
	const gaps = gapsOf("en");
	expect(tablesOf(gaps)).toEqual(["gaps"]);
	expect(tablesOf({ ...gaps, estimates: fixture(ONE).estimates })).toEqual(["estimates", "comparisons"]);
	const compared = byGender("en");
	expect(tablesOf(compared)).toEqual(["comparisons"]);
	expect(tablesOf({ ...compared, ...rowsOf(fixture(ONE)) })).toEqual(["estimates"]);
});

function rowsOf({ estimates, comparisons }: ResultSet) {
	return { estimates, comparisons };
}
