import { describe, expect, test } from "vitest";
import { codebooks, doctor, rates } from "../../src/index.js";
import { file } from "../support/survey.js";

/** 6 strata of 2 units of 8 teachers each, in the order of a published file. */
const ROWS = [1, 2, 3, 4, 5, 6].flatMap((stratum) =>
	[1, 2].flatMap((unit) =>
		[1, 2, 3, 4, 5, 6, 7, 8].map((teacher) => ({
			stratum,
			unit,
			weight: 1 + ((teacher * stratum) % 3),
			yes: (teacher * 7 + unit * 5 + stratum * 3 + unit * stratum * stratum) % 11 < 5 ? 1 : 0,
			other: (teacher + unit) % 2,
		})),
	),
);
const saved = (stratum: string, unit: string, rows = ROWS) =>
	file(
		[
			`${stratum},${unit},W,A1,A2`,
			...rows.map((row) => [row.stratum, row.unit, row.weight, row.yes, row.other].join()),
			"",
		].join("\n"),
		".csv",
	);
/** svymean(~A1, svydesign(~PSU, strata = ~STR, weights = ~W, nest = TRUE)) of R's survey. */
const R = { percent: 45.23809523809523, se: 4.29232294698094, df: 6 };

describe("strata and sampling units", () => {
	test.each([
		["STR", "PSU"],
		["hv022", "psu"],
		["V023", "V021"],
		["region_stratum", "psu"],
		["strat_var", "psu_id"],
		["VARSTR", "VARUNIT"],
		["SDMVSTRA", "SDMVPSU"],
		["Estrato", "UPM"],
		["JKZONE", "JKREP"],
		["STRATUM", "CLUSTER"],
		["Zone", "PSU"],
	])("%s and %s are found, and standard errors are R's", async (stratum, unit) => {
		const path = saved(stratum, unit);
		const { text, decisions, questions } = await codebooks.draft(path);
		expect(questions).toEqual([]);
		expect(decisions).toContainEqual(
			expect.stringMatching(
				new RegExp(
					`^design taylor: 6 strata \\(${stratum}\\) with 12 sampling units \\(${unit}\\), .* 6 degrees`,
				),
			),
		);
		const { estimates } = await rates([path], { codebook: file(text, ".yaml"), items: ["a1"] });
		expect(estimates[0]?.estimate).toBeCloseTo(R.percent, 9);
		expect(estimates[0]?.se).toBeCloseTo(R.se, 9);
		expect(estimates[0]?.df).toBe(R.df);
	});

	test("numbers of units that nothing shows to be within strata are asked about, and nothing runs before", async () => {
		const mixed = ROWS.toSorted((a, b) => a.weight - b.weight || a.yes - b.yes || a.unit - b.unit);
		const { text, design, questions } = await codebooks.draft(saved("Zone", "PSU", mixed));
		expect(design).toBe("?");
		expect(questions).toEqual([
			expect.stringMatching(/^PSU has 2 numbers, .* 1 degrees of freedom: .*strata: COLUMN/),
		]);
		expect(text).toContain('method: "?"');
	});

	test("V021 and V023 of a numbered questionnaire are questions", async () => {
		const rows = ROWS.map(({ stratum, unit, yes }) => `${stratum},${unit},${yes},${1 - yes}`);
		const { design } = await codebooks.draft(file(`V023,V021,V024,V025\n${rows.join("\n")}\n`, ".csv"));
		expect(design).toBe("simple");
	});

	test("check and doctor warn of strata that the design leaves out", async () => {
		const path = saved("STR", "PSU");
		const { text } = await codebooks.draft(path);
		const without = file(text.replace(/^ {2}strata: STR\n/m, ""), ".yaml");
		const finding = { code: "psu-repeated", column: "PSU", expected: "STR", text: "12" };
		expect((await codebooks.check(path, without)).findings).toContainEqual(expect.objectContaining(finding));
		expect((await doctor(path, { codebook: without })).findings).toContainEqual(
			expect.objectContaining(finding),
		);
		const own = file(text, ".yaml");
		expect((await doctor(path, { codebook: own })).findings).toEqual([]);
		expect((await codebooks.check(path, own)).findings).toEqual([]);
	});
});
