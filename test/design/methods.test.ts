import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replicateEstimator } from "../../src/design/estimator.js";
import { describeDesign, replicateFactors } from "../../src/design/method.js";
import { shareInterval } from "../../src/estimate/interval.js";
import { compare, type Estimate, means, rates } from "../../src/index.js";
import { apart, root } from "../support/golden.js";
import { ownCodebook, withColumn } from "../support/own-survey.js";

const shared = join(root, "../shared");
const present = existsSync(join(shared, "oracle/methods.json"));
const skipped = present ? "" : " (skipped: ../shared is absent)";
const oracle = present ? JSON.parse(readFileSync(join(shared, "oracle/methods.json"), "utf8")) : {};
const data = (name: string) => join(shared, "data/methods", name);

const NONE = ["NaN", "None", "NA"];
const income = { income: { variable: "income", label: { en: "Income" }, missing: NONE } };
const educ = {
	educ: {
		variable: "educ",
		label: { en: "Education" },
		missing: NONE,
		values: Object.fromEntries(
			["High", "Low", "Med"].map((level) => [level.toLowerCase(), { label: { en: level }, codes: [level] }]),
		),
	},
};
const items = {
	low: { variable: "low", label: { en: "Low income" } },
	female: { variable: "sex", label: { en: "Female" } },
};

/** Share on the 0–1 scale, as the oracle has it. */
function expectShare(row: Estimate | undefined, { estimate, se }: { estimate: number; se: number }): void {
	expect(apart((row?.estimate ?? Number.NaN) / 100, estimate)).toBeLessThan(1e-9);
	expect(apart((row?.se ?? Number.NaN) / 100, se)).toBeLessThan(1e-9);
}

function expectSame(row: Estimate | undefined, { estimate, se }: { estimate: number; se: number }): void {
	expect(apart(row?.estimate, estimate)).toBeLessThan(1e-9);
	expect(apart(row?.se, se)).toBeLessThan(1e-9);
}

const prefixes = { brr: "brr_", bootstrap: "bs_", jackknife: "jk_" };
const designs = {
	brr: { method: "brr" },
	bootstrap: { method: "bootstrap" },
	jackknife: { method: "jk2", perZone: 2 },
};

describe.each(["brr", "bootstrap", "jackknife"] as const)("R's survey, %s", (kind) => {
	describe.each(["full-sample", "replicate-mean"] as const)("centre %s", (centre) => {
		const golden = present ? oracle[`${kind}_${centre.replace("-", "_")}_centre`] : { replicates: 0 };
		const codebook = () =>
			ownCodebook(
				{
					weight: "weight",
					...designs[kind],
					replicates: { prefix: prefixes[kind], count: golden.replicates },
				},
				{ groups: educ, measures: income, items },
			);
		const survey = () =>
			withColumn(data(`fake_survey_${kind}.csv`), "low", ({ income = "" }) =>
				NONE.includes(income) || income === "" ? "" : Number(income) < 50000 ? "1" : "2",
			);

		test.skipIf(!present)(`mean, shares, total and domains to 1e-9${skipped}`, async () => {
			const spec = { codebook: codebook(), centre };
			const [mean] = (await means([survey()], { ...spec, variables: ["income"], by: [] })).estimates;
			expectSame(mean, golden.mean_income);
			const results = await rates([survey()], { ...spec, topics: ["things"], counts: true, by: [] });
			const row = (item: string, statistic: string) =>
				results.estimates.find((one) => one.item === item && one.statistic === statistic);
			expectShare(row("low", "percent"), golden.share_low_income);
			expectShare(row("female", "percent"), golden.mean_female);
			expectSame(row("low", "count"), golden.total_low_income);
			expect(row("low", "percent")?.df).toBe(golden.degf);
			expect(results.design.centre).toBe(centre);
			const domains = await rates([survey()], { ...spec, topics: ["things"], items: ["low"], by: ["educ"] });
			expect(domains.estimates.map(({ group }) => group.educ)).toEqual(["high", "low", "med"]);
			for (const [level, figure] of Object.entries(golden.share_low_by_educ)) {
				const found = domains.estimates.find(({ group }) => group.educ === level.toLowerCase());
				expectShare(found, figure as { estimate: number; se: number });
			}
		});

		test.skipIf(!present).each([
			["wald", "mean"],
			["logit", "logit"],
			["xlogit", "xlogit"],
		] as const)(`%s interval as svyciprop's %s${skipped}`, async (ci, name) => {
			const results = await rates([survey()], {
				codebook: codebook(),
				centre,
				topics: ["things"],
				items: ["low"],
				by: [],
				ci,
			});
			const [row] = results.estimates;
			// svyciprop fits logit by iteration, exact to about 1e-9 of the figure.
			const near = name === "logit" ? 1e-7 : 1e-9;
			for (const [end, value] of [row?.ciLow, row?.ciHigh].entries()) {
				expect(apart((value ?? Number.NaN) / 100, golden.ci95_share_low[name][end])).toBeLessThan(near);
			}
		});
	});
});

test.skipIf(!present).each(["brr", "bootstrap", "jackknife"])(`svyciprop's beta, %s${skipped}`, (kind) => {
	const { share_low_income: share, ci95_share_low, degf } = oracle[`${kind}_full_sample_centre`];
	// svyciprop takes n from all 200 rows of the design, the tool from those with an answer (199).
	const uncertain = { theta: Float64Array.of(share.estimate), se: share.se, n: 200, df: degf };
	const { low, high } = shareInterval("beta", 0.95, {
		...uncertain,
		estimator: replicateEstimator(new Float64Array(8)),
	});
	expect(apart(low, ci95_share_low.beta[0])).toBeLessThan(1e-9);
	expect(apart(high, ci95_share_low.beta[1])).toBeLessThan(1e-9);
});

test("the constant of the bootstrap", async () => {
	const of = (more: object) => ({
		method: "bootstrap" as const,
		weight: "w",
		replicates: ["a", "b", "c", "d"],
		...more,
	});
	const scale = (more: object) => replicateFactors(of(more), 4)[0];
	expect([scale({}), scale({ meanOf: 1 }), scale({ meanOf: 5 })]).toEqual([1 / 3, 1 / 4, 5 / 4]);
	expect(scale({ meanOf: 5, scale: 0.1 })).toBe(0.1);
	const definition = of({ meanOf: 5 });
	expect(describeDesign({ definition, columns: [], replicates: 4, units: null })).toMatchObject({
		scale: 1.25,
	});
});

describe.each([
	["jk1", { method: "jk1" }],
	["jkn", { method: "jkn", rscales: 0.75 }],
	["jkn", { method: "jkn", stratumSizes: 4 }],
])("R's survey, %s with missing values in domains", (kind, design) => {
	const codebook = () =>
		ownCodebook(
			{ weight: "wgt", ...design, replicates: { prefix: "rep", count: 8 } },
			{
				measures: income,
				items: { employed: { variable: "employed", label: { en: "Employed" } } },
				groups: {
					employed: {
						variable: "employed",
						label: { en: "Employed" },
						values: {
							yes: { label: { en: "yes" }, codes: ["1"] },
							no: { label: { en: "no" }, codes: ["0"] },
						},
					},
				},
			},
		);
	test.skipIf(!present)(`mean and share to 1e-9${skipped}`, async () => {
		const golden = oracle[`${kind}_domain_nulls`];
		const survey = withColumn(data(`domain_nulls_${kind}.csv`), "x", ({ employed }) =>
			employed === "1" ? "1" : "2",
		);
		const path = codebook();
		const results = await means([survey], { codebook: path, variables: ["income"], by: [] });
		expectSame(results.estimates[0], golden.mean_income);
		expect(results.estimates[0]?.df).toBe(golden.degf);
		if (golden.mean_income_of_employed !== undefined) {
			const domain = await means([survey], {
				codebook: path,
				variables: ["income"],
				by: [],
				where: ["employed=yes"],
			});
			expectSame(domain.estimates[0], golden.mean_income_of_employed);
		}
		const share = await rates([survey], {
			codebook: path,
			topics: ["things"],
			by: [],
			unknownCodes: "missing",
		});
		expect(share.estimates).toHaveLength(1);
	});
	test.skipIf(!present)(`share employed to 1e-9${skipped}`, async () => {
		const golden = oracle[`${kind}_domain_nulls`];
		const survey = withColumn(data(`domain_nulls_${kind}.csv`), "job", ({ employed }) =>
			employed === "1" ? "1" : "2",
		);
		const path = ownCodebook(
			{ weight: "wgt", ...design, replicates: { prefix: "rep", count: 8 } },
			{ items: { job: { variable: "job", label: { en: "Employed" } } } },
		);
		const results = await rates([survey], { codebook: path, topics: ["things"], by: [] });
		expectShare(results.estimates[0], golden.share_employed);
	});
});

const api = {
	measures: { api00: { variable: "api00", label: { en: "api00" }, missing: NONE } },
	items: { wide: { variable: "sch.wide", label: { en: "School-wide target met" } } },
	groups: {
		stype: {
			variable: "stype",
			label: { en: "Type" },
			values: Object.fromEntries(
				["E", "H", "M"].map((code) => [code.toLowerCase(), { label: { en: code }, codes: [code] }]),
			),
		},
	},
};

describe.each([
	["apistrat", { strata: "stype", fpc: "fpc" }, "fpc"],
	["apistrat", { strata: "stype" }, "no_fpc"],
	["apiclus1", { psu: "dnum", fpc: "fpc" }, "fpc"],
	["apiclus1", { psu: "dnum" }, "no_fpc"],
])("R's survey, Taylor linearisation of %s %o", (name, columns, fpc) => {
	const codebook = () => ownCodebook({ weight: "pw", method: "taylor", ...columns }, api);
	test.skipIf(!present)(`mean, share, df and design effect to 1e-9${skipped}`, async () => {
		const golden = oracle[`taylor_${name}_${fpc}`];
		const path = codebook();
		const [mean] = (await means([data(`${name}.csv`)], { codebook: path, variables: ["api00"], by: [] }))
			.estimates;
		expectSame(mean, golden.mean_api00);
		expect(mean?.df).toBe(golden.degf);
		expect(apart(mean?.deff, golden.deff_replace_mean_api00)).toBeLessThan(1e-9);
		const results = await rates([data(`${name}.csv`)], { codebook: path, topics: ["things"], by: [] });
		expectShare(results.estimates[0], golden["share_sch.wide_yes"]);
	});
});

test.skipIf(!present)(`R's survey: the difference of two domains under linearisation${skipped}`, async () => {
	const { measures, groups } = api;
	const path = ownCodebook(
		{ weight: "pw", method: "taylor", psu: "dnum" },
		{ measures, groups, items: api.items },
	);
	const found = await means([data("apiclus1.csv")], { codebook: path, variables: ["api00"], by: ["stype"] });
	expect(found.estimates.filter(({ statistic }) => statistic === "mean").map(({ n }) => n)).toEqual([
		144, 14, 25,
	]);
	const results = await compare([data("apiclus1.csv")], {
		codebook: path,
		variables: ["api00"],
		between: "stype",
		by: [],
	});
	const difference = results.comparisons.find(({ between }) => between.a === "e" && between.b === "h");
	const golden = oracle.taylor_apiclus1_no_fpc.E_minus_H;
	expect(apart(difference?.difference, golden.estimate)).toBeLessThan(1e-9);
	expect(apart(difference?.se, golden.se)).toBeLessThan(1e-9);
});

test.skipIf(!present)(`svyciprop on a cluster sample${skipped}`, async () => {
	const golden = JSON.parse(readFileSync(join(shared, "oracle/published.json"), "utf8")).svyciprop_apiclus1;
	const survey = withColumn(data("apiclus1.csv"), "zero", ({ ell }) => (ell === "0" ? "1" : "2"));
	const path = ownCodebook(
		{ weight: "pw", method: "taylor", psu: "dnum", fpc: "fpc" },
		{ items: { zero: { variable: "zero", label: { en: "No learners of English" } } } },
	);
	for (const [ci, name] of [
		["logit", "logit"],
		["beta", "beta"],
		["wald", "mean"],
	] as const) {
		const [row] = (await rates([survey], { codebook: path, topics: ["things"], by: [], ci })).estimates;
		expect((row?.ciLow as number) / 100).toBeCloseTo(golden[name][0], 7);
		expect((row?.ciHigh as number) / 100).toBeCloseTo(golden[name][1], 7);
	}
});

describe("a stratum with one sampling unit", () => {
	const codebook = () =>
		ownCodebook(
			{ weight: "weight", method: "taylor", strata: "stratum", psu: "psu" },
			{ measures: { y: { variable: "y", label: { en: "y" } } } },
		);
	test.skipIf(!present).each(["remove", "certainty", "average", "adjust"] as const)(
		`%s as R's option${skipped}`,
		async (lonelyPsu) => {
			const found = await means([data("singleton_test.csv")], {
				codebook: codebook(),
				variables: ["y"],
				by: [],
				lonelyPsu,
			});
			expectSame(found.estimates[0], oracle[`taylor_singleton_${lonelyPsu}`]);
			expect(found.design.lonelyPsu).toBe(lonelyPsu);
			expect(found.notes.map(({ code }) => code)).toContain("lonely-psu");
		},
	);
	test.skipIf(!present)(`fails without a rule, naming the stratum${skipped}`, async () => {
		const run = means([data("singleton_test.csv")], { codebook: codebook(), variables: ["y"], by: [] });
		await expect(run).rejects.toThrow(/stratum .+ has one sampling unit/);
	});
});
