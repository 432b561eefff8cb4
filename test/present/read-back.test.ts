import { expect, test } from "vitest";
import { FORMATS, renderText } from "../../src/present/index.js";
import type { Estimate, Group, ResultSet } from "../../src/results/result-set.js";
import { LANGUAGES, loadLocale } from "../../src/wording/locale.js";
import { fixture, ONE, THREE } from "./fixture.js";

const NOTHING = { ciLow: null, ciHigh: null, ciMethod: null, df: null, n: null, schools: null };

/** Results of a file that says no more than it must. */
function readBack(groups: Group[], row: Partial<Estimate> = {}): ResultSet {
	const full = fixture(groups);
	const { labels: _, ...rest } = full;
	return {
		...rest,
		source: [],
		design: { weight: "", method: "published", replicates: 0 },
		settings: {},
		notes: [],
		estimates: full.estimates.map((estimate) => ({
			...{ ...estimate, ...NOTHING, weightedN: null, coverage: null, deff: null, variable: null },
			...{ label: estimate.item, ...row },
		})),
	};
}

const text = (results: ResultSet, format = "table", language: (typeof LANGUAGES)[number] = "en") =>
	renderText(format, results, { locale: loadLocale(language), width: 80, color: false });

test("columns that nothing fills are left out", () => {
	expect(text(readBack(ONE))).toMatchInlineSnapshot(`
		"activities
		Base: all
		KAZ
		Item                                               %    (SE)
		courses-in-person        █████████████████▊     89.0   (1.0)
		conferences              █████████████          64.8  (10.6)
		qualification-programme  ▊                       4.0   (0.3)
		any                      ████████████████████  100.0   (0.0)

		types                                           6.18  (0.11)

		Published estimates
		talis-pd 0.0.0; hand-made 1
		"
	`);
	expect(text(readBack(THREE))).toMatch(/89\.0 +\(1\.0\)/);
});

test("nothing that is absent shows as a number or a word of JavaScript", () => {
	for (const language of LANGUAGES) {
		for (const format of FORMATS.filter((name) => name !== "json" && name !== "xlsx")) {
			for (const row of [{}, { se: null }, { estimate: null, se: null, status: "no-data" as const }]) {
				for (const groups of [ONE, THREE])
					expect(text(readBack(groups, row), format, language)).not.toMatch(/NaN|null|undefined/);
			}
		}
	}
});

test.each([
	["taylor", 0, "Taylor linearisation"],
	["weights-only", 0, "Weights only, no design: standard errors are too small"],
	["published", 0, "Published estimates"],
	["jk2", 75, "JK2, 75 replicates"],
	["bootstrap", 500, "Bootstrap, 500 replicates"],
	["own-method", 9, "own-method, 9 replicates"],
])("the design %s with %i replicates is said in words", (method, replicates, line) => {
	const results = { ...fixture(ONE), design: { weight: "W", method, replicates } };
	expect(text(results)).toContain(`\n${line}; 95% logit intervals\n`);
	for (const language of LANGUAGES) expect(() => text(results, "markdown", language)).not.toThrow();
});

test("quantiles read back without their command are no percentages", () => {
	const results = fixture(ONE);
	const mean = results.estimates.at(-1) as Estimate;
	results.estimates.push(
		{ ...mean, statistic: "q10", estimate: 2 },
		{ ...mean, statistic: "sd", estimate: 1.5 },
	);
	expect(text(results)).toMatch(/Mean +P10 +SD/);
	expect(text(results)).toMatch(/At least one activity .*100\.0/);
});
