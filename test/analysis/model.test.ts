import { describe, expect, test } from "vitest";
import { type Coefficient, type Model, model, type ResultSet, UserError } from "../../src/index.js";
import type { ModelSpec } from "../../src/settings/model.js";
import { hasNoisy, noisyFile } from "../support/golden.js";
import { hasOracle, modelsOracle, ofOracle, relative } from "../support/models.js";

interface OracleModel {
	id: string;
	country: string;
	formula: string;
	n: number;
	df: number;
	coefficients: { term: string; estimate: number; se: number; t: number; p: number }[];
	wald?: { term: string; F: number; df1: number; df2: number; p: number }[];
}

/** What the oracle calls variables, as the command does. */
const PREDICTORS: Record<string, string> = {
	female: "gender",
	years: "TT3G11B",
	exp: "experience",
	coaching: "activities:peer-coaching",
};
const TERMS: Record<string, string> = {
	"(Intercept)": "(intercept)",
	female: "gender=female",
	years: "TT3G11B",
	coaching: "activities:peer-coaching",
	"exp6-10": "experience=6-10",
	"exp11-plus": "experience=11-plus",
};
const OUTCOMES: Record<string, string> = { t3self: "T3SELF", coaching: "activities:peer-coaching" };

function expectNear(own: number | null | undefined, r: number, near: number, what: string): void {
	expect(relative(own, r), `${what}: ${own} for ${r}`).toBeLessThan(near);
}

describe.skipIf(!hasOracle || !hasNoisy)(
	ofOracle("talis-pd model on the noisy TALIS 2018 file"),
	async () => {
		const oracle = modelsOracle();
		const asked = new Map<string, ResultSet>();
		const answer = async (formula: string) => {
			const [outcome = "", ...predictors] = formula.split(/ [~+] /);
			const known = asked.get(formula);
			if (known !== undefined) return known;
			const results = await model([noisyFile], {
				outcomes: [OUTCOMES[outcome] as string],
				predict: predictors.map((name) => PREDICTORS[name]).join(","),
				reference: ["gender=male"],
				pool: ["population"],
				effects: true,
				// Some levels of the oracle's models have fewer than 30 teachers.
				suppress: "none",
			});
			asked.set(formula, results);
			return results;
		};
		const modelOf = (results: ResultSet, country: string) =>
			results.models?.find(({ group }) => group.country === country) as Model;

		test("models name the levels that others are compared with, as they were asked for", async () => {
			const [first] = oracle.models as OracleModel[];
			const { models = [] } = await answer((first as OracleModel).formula);
			expect(models[0]?.references?.[0]).toEqual({ term: "gender=male", label: "Gender: Male" });
			for (const { coefficients, references = [] } of models) {
				const met = new Set(coefficients.map(({ term }) => term));
				for (const { term } of references) expect(met.has(term)).toBe(false);
			}
		});

		test("every number of the oracle's models", async () => {
			expect(oracle.models).toHaveLength(9);
			for (const row of oracle.models as OracleModel[]) {
				const own = modelOf(await answer(row.formula), row.country);
				const near = row.id.startsWith("linear") ? 1e-9 : 1e-7;
				expect([own.n, own.df, own.status, own.base]).toEqual([row.n, row.df, "ok", "all"]);
				expect(own.coefficients.map(({ term }) => term)).toEqual(
					row.coefficients.map(({ term }) => TERMS[term]),
				);
				for (const { term, ...numbers } of row.coefficients) {
					const found = own.coefficients.find((one) => one.term === TERMS[term]) as Coefficient;
					for (const name of ["estimate", "se", "t", "p"] as const) {
						expectNear(found[name], numbers[name], near, `${row.id} ${row.country} ${term} ${name}`);
					}
					if (own.family === "logistic")
						expectNear(found.oddsRatio?.estimate, Math.exp(numbers.estimate), near, "odds ratio");
				}
				for (const wald of row.wald ?? []) {
					const found = own.tests.find(({ term }) => term === PREDICTORS[wald.term]);
					for (const name of ["F", "df1", "df2", "p"] as const)
						expectNear(found?.[name], wald[name], near, name);
				}
			}
		});

		test("R² and marginal effects", async () => {
			for (const { id, country, of, estimate, se } of oracle.replicated) {
				if (id === "correlation") continue;
				const [, formula] = /(?:.* in )?(.* ~ [^,]*)/.exec(of) ?? [];
				const own = modelOf(await answer(formula as string), country);
				const effect = own.coefficients.find(({ term }) => term === "gender=female")?.ame;
				const [found, unit, near] = id === "r-squared" ? [own.rSquared, 1, 1e-9] : [effect, 100, 1e-7];
				expectNear(found?.estimate, unit * estimate, near as number, id);
				expectNear(found?.se, unit * se, near as number, id);
			}
		});

		test("models side by side are of the same teachers, unless each takes its own", async () => {
			const spec = {
				outcomes: ["T3SELF"],
				models: ["background: gender,TT3G11B", "all: gender,TT3G11B,T3JOBSA"],
				pool: ["population"],
			};
			const ns = ({ models = [] }: ResultSet) => models.map(({ name, n }) => [name, n]);
			const shared = ns(await model([noisyFile], spec));
			const own = ns(await model([noisyFile], { ...spec, eachOwn: true }));
			expect(shared.map(([name]) => name)).toEqual([...Array(3).fill("background"), ...Array(3).fill("all")]);
			for (const place of [0, 1, 2]) {
				expect(shared[place]?.[1]).toBe(shared[place + 3]?.[1]);
				expect(own[place]?.[1]).toBeGreaterThanOrEqual(own[place + 3]?.[1] as number);
			}
			expect(own).not.toEqual(shared);
		});

		test.each([
			[{ outcomes: ["T3SELF"], predict: "nonsense" }, /no group or column "nonsense"/],
			[{ outcomes: ["T3SELF"], predict: "T3SELF,gender" }, /is the outcome/],
			[{ outcomes: ["gender"], predict: "T3SELF" }, /has levels, so it cannot be an outcome/],
			[{ outcomes: ["T3SELF"], predict: "gender", reference: ["gender=other"] }, /no level "other"/],
			[{ outcomes: ["T3SELF"], predict: "gender", family: "logistic" }, /is a number/],
			[{ outcomes: [], predict: "gender" }, /needs an outcome/],
			[{ outcomes: ["T3SELF"] }, /needs predictors/],
			[
				{ outcomes: ["T3SELF"], predict: "TT3G10A" },
				/number\(TT3G10A\) or factor\(TT3G10A\)|numbers or codes/,
			],
			[{ outcomes: ["T3SELF"], predict: "gender", at: ["age=30-49"] }, /no predictor "age"/],
		])("%o is refused", async (spec, message) => {
			const refused = model([noisyFile], spec as ModelSpec);
			await expect(refused).rejects.toThrow(UserError);
			await expect(refused).rejects.toThrow(message);
		});
	},
);
