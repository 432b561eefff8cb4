import { describe, expect, test } from "vitest";
import { ReplicateVectors } from "../../src/design/degrees-of-freedom.js";
import { replicateEstimator } from "../../src/design/estimator.js";
import type { Theta } from "../../src/design/variance.js";
import { raoScottTest, waldAssociation } from "../../src/model/association.js";
import { correlationOf } from "../../src/model/correlation.js";
import { modelDf, tested, waldTest } from "../../src/model/inference.js";
import { margin } from "../../src/model/predicted.js";
import {
	linearModel,
	logisticModel,
	type ModelData,
	type ModelQuestion,
	productsOf,
} from "../support/fit.js";
import { hasNoisy, noisyFile } from "../support/golden.js";
import { extraOracle, hasOracle, modelsOracle, ofOracle, readTable, relative } from "../support/models.js";

const fay = replicateEstimator(new Float64Array(100).fill(0.04));

interface OracleModel {
	id: string;
	country: string;
	formula: string;
	n: number;
	df: number;
	coefficients: { term: string; estimate: number; se: number; t: number; p: number }[];
	wald?: { term: string; F: number; df1: number; df2: number; p: number }[];
}

interface OracleTest {
	F: number;
	df1: number;
	df2: number;
	p: number;
}

function questionOf(formula: string): ModelQuestion {
	const [outcome = "", ...terms] = formula.split(/ [~+] /);
	return { outcome, terms: terms.map((term) => [term]) };
}

function seOf(theta: Theta): number {
	return Math.sqrt(fay.variance(theta).variance);
}

const isHere = hasOracle && hasNoisy;

describe.skipIf(!isHere)(ofOracle("the noisy TALIS 2018 file"), async () => {
	// What is skipped is collected, too.
	if (!isHere) return test.skip("gives the oracle's numbers", () => {});
	const [oracle, extra] = [modelsOracle(), extraOracle()];
	const codes = ["TT3G01", "TT3G22A", "TT3G22B", "TT3G22G", "TT3G27E", "TT3G27I"];
	const table = await readTable(noisyFile, [
		"CNTRY",
		"IDPOP",
		"TCHAGEGR",
		"TT3G11B",
		"T3SELF",
		"T3JOBSA",
		...codes,
	]);
	const countries = table.texts("CNTRY");
	const years = table.numbers("TT3G11B", ["997", "998", "999"]);
	const isYes = (column: string) => table.numbers(column).map((code) => (code <= 2 ? 2 - code : Number.NaN));
	const data: ModelData = {
		columns: {
			t3self: table.numbers("T3SELF", ["9997", "9998", "9999"]),
			t3jobsa: table.numbers("T3JOBSA", ["9997", "9998", "9999"]),
			female: isYes("TT3G01"),
			years,
			exp: years.map((value) => (value <= 5 ? 0 : value <= 10 ? 1 : value > 10 ? 2 : Number.NaN)),
			coaching: isYes("TT3G22G"),
			online: isYes("TT3G22B"),
		},
		factors: ["exp", "female", "coaching", "online"],
		weights: table.weights,
		width: table.width,
	};
	const rowsOf = (country: string) => [...countries.keys()].filter((row) => countries[row] === country);

	/** Degrees of freedom of a design: the rank of its replicate factors, less 1. */
	const dfOf = (rows: readonly number[]) => {
		const vectors = new ReplicateVectors(table.width - 1);
		for (const row of rows) {
			const { values, start } = table.weights(row);
			const factors = Float64Array.from({ length: table.width }, (_, r) =>
				r === 0 ? 1 : (values[start + r] as number) / (values[start] as number),
			);
			vectors.add(
				factors,
				factors.reduce((hash, one) => (hash * 31 + Math.round(1000 * one)) | 0, 0),
			);
		}
		return vectors.rank() - 1;
	};

	const expectTest = (own: OracleTest, row: OracleTest, near: number) => {
		for (const name of ["F", "df1", "df2", "p"] as const) {
			expect(relative(own[name], row[name]), `${name}: ${own[name]} for ${row[name]}`).toBeLessThan(near);
		}
	};

	test.each(
		(oracle.models as OracleModel[]).map((model) => [`${model.id} ${model.country}`, model] as const),
	)("%s", (_, model) => {
		const isLinear = model.id.startsWith("linear");
		const near = isLinear ? 1e-9 : 1e-7;
		const rows = rowsOf(model.country);
		const { n, fit } = (isLinear ? linearModel : logisticModel)(data, questionOf(model.formula), rows, fay);
		const df = modelDf(dfOf(rows), fit.columns.length);
		expect([n, df]).toEqual([model.n, model.df]);
		expect(fit.coefficients).toHaveLength(model.coefficients.length);
		for (const [place, row] of model.coefficients.entries()) {
			const own = tested(fit.coefficients[place] as Theta, fay, df, 0.95);
			for (const name of ["estimate", "se", "t", "p"] as const) {
				expect(relative(own[name], row[name]), `${row.term}, ${name}`).toBeLessThan(near);
			}
		}
		for (const row of model.wald ?? []) {
			const places = [...model.coefficients.keys()].filter((place) =>
				model.coefficients[place]?.term.startsWith(row.term),
			);
			const thetas = places.map((place) => fit.coefficients[place] as Theta);
			expectTest(waldTest(thetas, fay, df), row, near);
		}
	});

	test.each(
		(oracle.replicated as { id: string; country: string; of: string; estimate: number; se: number }[]).map(
			(row) => [`${row.id} ${row.country}`, row] as const,
		),
	)("%s", (_, { id, country, of, estimate, se }) => {
		const rows = rowsOf(country);
		const statistics: Record<string, () => Theta> = {
			"r-squared": () => linearModel(data, questionOf(of), rows, fay).fit.rSquared,
			correlation: () => {
				const [outcome = "", other = ""] = of.split(", ");
				const { products } = productsOf(data, { outcome, terms: [[other]] }, rows, fay);
				return correlationOf(products, 1, 2, fay);
			},
			"average-marginal-effect": () => {
				const { fit, store, design, names } = logisticModel(
					data,
					questionOf("coaching ~ female + exp"),
					rows,
					fay,
				);
				const given = (level: number) =>
					margin({
						fit,
						estimator: fay,
						rows: store.compile(design, fit.columns, 0, (values) => {
							values[names.indexOf("female")] = level;
						}),
					});
				const [male, female] = [given(0), given(1)];
				return female.map((share, r) => share - (male[r] as number));
			},
		};
		const theta = statistics[id]?.() as Theta;
		const near = id === "average-marginal-effect" ? 1e-7 : 1e-9;
		expect(relative(theta[0], estimate)).toBeLessThan(near);
		expect(relative(seOf(theta), se)).toBeLessThan(near);
	});

	/** Σ w of a table's cells, and what tests of it need. */
	const crossed = (rows: readonly number[], a: readonly number[], b: readonly number[]) => {
		const valid = rows.filter((row) => !Number.isNaN(a[row]) && !Number.isNaN(b[row]));
		const levels = (of: readonly number[]) =>
			[...new Set(valid.map((row) => of[row] as number))].sort((x, y) => x - y);
		const [levelsA, levelsB] = [levels(a), levels(b)];
		const cells = levelsA.map(() => levelsB.map(() => new Float64Array(table.width)));
		for (const row of valid) {
			const cell = cells[levelsA.indexOf(a[row] as number)]?.[
				levelsB.indexOf(b[row] as number)
			] as Float64Array;
			const { values, start } = table.weights(row);
			for (let r = 0; r < table.width; r++) cell[r] = (cell[r] as number) + (values[start + r] as number);
		}
		return { table: { cells, n: valid.length }, df: dfOf(valid) };
	};

	test("associations of an item and a group", () => {
		expect(oracle.association).toHaveLength(12);
		for (const row of oracle.association) {
			const [item, by] = [data.columns[row.item], data.columns[row.by]];
			const { table: cells, df } = crossed(rowsOf(row.country), item as number[], by as number[]);
			expect(cells.n).toBe(row.n);
			expectTest(raoScottTest(cells, fay, df), row.rao_scott, 1e-9);
			expectTest(waldAssociation(cells, fay, df, false), row.wald, 1e-9);
			expectTest(waldAssociation(cells, fay, df, true), row.adj_wald, 1e-9);
		}
	});

	test("associations of answers and a group, by population", () => {
		const populations = table.texts("IDPOP");
		const age = table.numbers("TCHAGEGR");
		const valid = (column: string, most: number) =>
			table.numbers(column).map((code) => (code <= most ? code : Number.NaN));
		const variables: Record<string, number[]> = {
			GENDER: valid("TT3G01", 2),
			AGE: age.map((group) => (group <= 2 ? 0 : group <= 4 ? 1 : group <= 6 ? 2 : Number.NaN)),
			...Object.fromEntries(["TT3G22A", "TT3G22B", "TT3G22G"].map((name) => [name, valid(name, 2)])),
			...Object.fromEntries(["TT3G27E", "TT3G27I"].map((name) => [name, valid(name, 4)])),
		};
		const methods: Record<string, typeof raoScottTest> = {
			"Rao-Scott second order, F": raoScottTest,
			"adjusted Wald": (cells, estimator, df) => waldAssociation(cells, estimator, df, true),
		};
		const asked = (extra.raoScott as { method: string }[]).filter(({ method }) => method in methods);
		expect(asked).toHaveLength(28);
		// biome-ignore lint/suspicious/noExplicitAny: rows of R
		for (const row of asked as any[]) {
			const rows = rowsOf(row.country).filter((place) => `isced${populations[place]}` === row.population);
			const { table: cells, df } = crossed(
				rows,
				variables[row.rows] as number[],
				variables[row.columns] as number[],
			);
			expect(cells.n).toBe(row.n);
			const [df1, df2] = row.parameter;
			expectTest(
				(methods[row.method] as typeof raoScottTest)(cells, fay, df),
				{ F: [row.statistic].flat(2)[0], df1, df2, p: [row.p].flat(2)[0] },
				1e-9,
			);
		}
	});
});
