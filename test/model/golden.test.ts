import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type JointEstimator, linearEstimator, replicateEstimator } from "../../src/design/estimator.js";
import type { Theta } from "../../src/design/variance.js";
import { raoScottTest, waldAssociation } from "../../src/model/association.js";
import { correlationOf, cronbachAlpha } from "../../src/model/correlation.js";
import type { DesignColumns } from "../../src/model/design-columns.js";
import { type JointTest, modelDf, tested, waldTest } from "../../src/model/inference.js";
import type { Fit } from "../../src/model/linear.js";
import { explained, margin, slopeEffect } from "../../src/model/predicted.js";
import { rankCorrelationOf } from "../../src/model/rank-correlation.js";
import { meanAndDeviation, standardize } from "../../src/model/standardize.js";
import {
	linearModel,
	logisticModel,
	type ModelData,
	type ModelQuestion,
	productsOf,
} from "../support/fit.js";
import { root } from "../support/golden.js";
import { relative } from "../support/models.js";

interface Figure {
	estimate: number;
	se: number;
}

interface Golden {
	columns: Record<string, number[]>;
	weight: number[];
	size: number;
	replicates: Record<string, { factors: number[]; weights: number[][] }>;
	models: {
		design: string;
		formula: string;
		df: number;
		terms: string[];
		estimates: number[];
		ses: number[];
		tests: (JointTest & { term: string })[];
		rSquared?: Figure;
		nagelkerke?: number;
	}[];
	effects: { design: string; formula: string; effects: Record<string, Figure> }[];
	relations: { design: string; pearson: Figure; alpha: Figure; spearman?: Figure }[];
	associations: {
		design: string;
		row: string;
		column: string;
		df: number;
		raoScott: JointTest;
		wald: JointTest;
		adjWald: JointTest;
	}[];
	standardised: { design: string; terms: string[]; estimates: number[]; ses: number[] }[];
}

const golden: Golden = JSON.parse(readFileSync(join(root, "test/golden/models.json"), "utf8"));
const { columns, weight, size, replicates } = golden;
const rows = [...weight.keys()];
/** Factors are levels from 0 on; the names of some end with the level that is the reference, which else is the first. */
const FACTORS: Readonly<Record<string, string>> = {
	kind: "kind",
	sex: "sex",
	kindref3: "kind",
	sexref2: "sex",
};
const shifted = Object.fromEntries(
	Object.entries(FACTORS).map(([name, column]) => [name, columns[column]?.map((code) => code - 1)]),
);

interface Sample {
	data: ModelData;
	estimator: JointEstimator;
	/** Degrees of freedom of the design. */
	df: number;
	/** Rows with a weight. */
	rows: number[];
}

function data(weights: readonly (readonly number[])[], unit?: readonly number[]): ModelData {
	return {
		columns: { ...columns, ...(shifted as Record<string, number[]>) },
		factors: Object.keys(FACTORS),
		references: { kindref3: 2, sexref2: 1 },
		weights: (row) => ({ values: Float64Array.from(weights[row] as number[]), start: 0 }),
		width: (weights[0] as number[]).length,
		...(unit === undefined ? {} : { unit: (row: number) => unit[row] as number }),
	};
}

/** Six strata with five units each, of which `rest` were not drawn. */
function taylor(rest: number): Sample {
	const strata = Int32Array.from({ length: 30 }, (_, unit) => Math.floor(unit / 5));
	const factors = new Float64Array(30).fill((rest * 5) / 4);
	const units = (columns.psu as number[]).map((psu) => psu - 1);
	return {
		data: data(
			weight.map((own) => [own]),
			units,
		),
		estimator: linearEstimator({ factors, centre: "stratum-mean", strata }),
		df: 24,
		rows,
	};
}

const samples: Record<string, Sample> = {
	taylor: taylor(1),
	finite: taylor(1 - 5 / size),
	...Object.fromEntries(
		Object.entries(replicates).map(([name, { factors, weights }]) => [
			name,
			{
				data: data(weights),
				estimator: replicateEstimator(Float64Array.from(factors)),
				df: { fay: 19, jk1: 29, jkn: 24 }[name] as number,
				rows: rows.filter((row) => (weights[row]?.[0] as number) > 0),
			},
		]),
	),
};

function questionOf(formula: string): ModelQuestion {
	const [outcome = "", right = ""] = formula.split(" ~ ");
	const terms = right.split(" + ").flatMap((term) => {
		const names = term.split(" * ");
		return names.length === 1 ? [names] : [...names.map((name) => [name]), names];
	});
	return { outcome, terms: [...terms].sort((a, b) => a.length - b.length) };
}

/** R's name of a column: `kind2:sex2`. */
function namesOf({ columns: places }: Pick<Fit, "columns">, design: DesignColumns): string[] {
	return places.map((place) => {
		const { term, levels } = design.columns[place] as { term: readonly number[]; levels: readonly number[] };
		const parts = term.map((variable, i) => {
			const level = levels[i] as number;
			return `${design.variables[variable]?.key}${level < 0 ? "" : level + 1}`;
		});
		return parts.length === 0 ? "(Intercept)" : parts.join(":");
	});
}

function expectNear(own: number | undefined, r: number, near: number, what: string): void {
	expect(relative(own, r), `${what}: ${own} for ${r}`).toBeLessThan(near);
}

function expectFigure(
	theta: Theta,
	{ estimate, se }: Figure,
	sample: Sample,
	near: number,
	what: string,
): void {
	expectNear(theta[0], estimate, near, what);
	expectNear(Math.sqrt(sample.estimator.variance(theta).variance), se, near, `se of ${what}`);
}

function expectTest(own: JointTest, row: JointTest, near: number, what: string): void {
	for (const name of ["F", "df1", "df2", "p"] as const)
		expectNear(own[name], row[name], near, `${name} of ${what}`);
}

describe("models as R's svyglm and regTermTest", () => {
	test.each(golden.models.map((model) => [`${model.design}: ${model.formula}`, model] as const))(
		"%s",
		(_, model) => {
			const sample = samples[model.design] as Sample;
			const { estimator } = sample;
			const question = questionOf(model.formula);
			const isLinear = question.outcome === "y";
			const near = 1e-9;
			const linear = isLinear ? linearModel(sample.data, question, sample.rows, estimator) : undefined;
			const logistic = isLinear ? undefined : logisticModel(sample.data, question, sample.rows, estimator);
			const { fit, design } = (linear ?? logistic) as { fit: Fit; design: DesignColumns };
			const names = namesOf(fit, design);
			expect([...names].sort()).toEqual([...model.terms].sort());
			const df = modelDf(sample.df, names.length);
			expect(df).toBe(model.df);
			for (const [place, term] of model.terms.entries()) {
				const own = tested(fit.coefficients[names.indexOf(term)] as Theta, estimator, df, 0.95);
				expectNear(own.estimate, model.estimates[place] as number, near, term);
				expectNear(own.se, model.ses[place] as number, near, `se of ${term}`);
			}
			for (const row of model.tests) {
				const variables = row.term.split(":");
				const thetas = fit.coefficients.filter((_, place) => {
					const own = design.columns[fit.columns[place] as number]?.term ?? [];
					return (
						own.length === variables.length &&
						own.every((variable) => variables.includes(design.variables[variable]?.key ?? ""))
					);
				});
				expectTest(waldTest(thetas, estimator, df), row, near, row.term);
			}
			if (linear && model.rSquared) expectFigure(linear.fit.rSquared, model.rSquared, sample, 1e-9, "R²");
			if (logistic && model.nagelkerke) {
				const own = explained({ fit: logistic.fit, rows: logistic.fit.rows, estimator }).nagelkerke;
				expectNear(own[0], model.nagelkerke, 1e-9, "Nagelkerke");
			}
		},
	);
});

describe("explained variance and effects of logistic models", () => {
	test.each(golden.effects.map((row) => [row.design, row] as const))("%s", (design, { formula, effects }) => {
		const sample = samples[design] as Sample;
		const { estimator } = sample;
		const {
			fit,
			store,
			design: columnsOf,
			names,
		} = logisticModel(sample.data, questionOf(formula), sample.rows, estimator);
		const fitted = { fit, rows: fit.rows, estimator };
		const given = (level: number) => {
			const change = (values: Float64Array) => {
				values[names.indexOf("sex")] = level;
			};
			return margin({ ...fitted, rows: store.compile(columnsOf, fit.columns, 0, change) });
		};
		const [first, second] = [given(0), given(1)];
		const found: Record<string, Theta> = {
			...explained(fitted),
			"margin sex=2": second,
			"effect sex=2": second.map((share, r) => share - (first[r] as number)),
			"effect x": slopeEffect(fitted, namesOf(fit, columnsOf).indexOf("x")),
		};
		expect(Object.keys(found)).toEqual(Object.keys(effects));
		for (const [name, theta] of Object.entries(found)) {
			expectFigure(theta, effects[name] as Figure, sample, 1e-9, name);
		}
	});
});

describe("correlations and alpha", () => {
	test.each(golden.relations.map((row) => [row.design, row] as const))(
		"%s",
		(design, { pearson, alpha, spearman }) => {
			const sample = samples[design] as Sample;
			const { estimator } = sample;
			const products = (outcome: string, ...others: string[]) =>
				productsOf(sample.data, { outcome, terms: others.map((other) => [other]) }, sample.rows, estimator)
					.products;
			expectFigure(correlationOf(products("x", "z"), 1, 2, estimator), pearson, sample, 1e-9, "r");
			const reliability = cronbachAlpha(
				products("i1", "i2", "i3", "i4"),
				[1, 2, 3, 4],
				[1, 1, 1, -1],
				estimator,
			);
			expectFigure(reliability, alpha, sample, 1e-9, "alpha");
			if (spearman === undefined) return;
			const pairs = sample.rows.map((row) => ({
				a: columns.i1?.[row] as number,
				b: columns.x?.[row] as number,
				weights: sample.data.weights(row).values,
			}));
			expectFigure(rankCorrelationOf(pairs, sample.data.width), spearman, sample, 1e-9, "rho");
		},
	);
});

describe("tests of association as R's svychisq", () => {
	test.each(golden.associations.map((row) => [`${row.design}: ${row.row} by ${row.column}`, row] as const))(
		"%s",
		(_, row) => {
			const sample = samples[row.design] as Sample;
			const { estimator, data: own } = sample;
			const levels = (name: string) => [...new Set(columns[name])].sort((a, b) => a - b);
			const table = levels(row.row).map(() =>
				levels(row.column).map(() => new Float64Array(1 + estimator.terms)),
			);
			for (const place of sample.rows) {
				const at = (name: string) => levels(name).indexOf(columns[name]?.[place] as number);
				const cell = table[at(row.row)]?.[at(row.column)] as Float64Array;
				const { values } = own.weights(place);
				for (const [r, one] of values.entries()) cell[r] = (cell[r] as number) + one;
				const unit = own.unit?.(place);
				if (unit !== undefined) cell[1 + unit] = (cell[1 + unit] as number) + (values[0] as number);
			}
			// R counts all rows of the sample, those without weight among them.
			const cells = { cells: table, n: rows.length };
			expect(row.df).toBe(sample.df);
			expectTest(raoScottTest(cells, estimator, row.df), row.raoScott, 1e-9, "Rao and Scott's test");
			expectTest(waldAssociation(cells, estimator, row.df, false), row.wald, 1e-9, "Wald's test");
			expectTest(waldAssociation(cells, estimator, row.df, true), row.adjWald, 1e-9, "adjusted Wald");
		},
	);
});

describe("standardised coefficients", () => {
	test.each(golden.standardised.map((row) => [row.design, row] as const))("%s", (design, row) => {
		const sample = samples[design] as Sample;
		const { estimator } = sample;
		const question = questionOf("y ~ x * z + x * kind");
		const terms = question.terms.filter(
			(term, place, all) => all.findIndex((other) => `${other}` === `${term}`) === place,
		);
		const asked = { ...question, terms };
		const { fit, design: columnsOf } = linearModel(sample.data, asked, sample.rows, estimator);
		const { products } = productsOf(sample.data, asked, sample.rows, estimator);
		const scales = columnsOf.variables.map(({ kind }, variable) =>
			kind === "factor"
				? undefined
				: meanAndDeviation(products, columnsOf.find([variable], [-1]) as number, estimator, products.rows),
		);
		const found = standardize(fit, columnsOf, scales, scales[0] ?? null, estimator) as Theta[];
		const names = namesOf(fit, columnsOf);
		expect([...names].sort()).toEqual([...row.terms].sort());
		for (const [place, term] of row.terms.entries()) {
			const figure = { estimate: row.estimates[place] as number, se: row.ses[place] as number };
			expectFigure(found[names.indexOf(term)] as Theta, figure, sample, 1e-9, term);
		}
	});

	test.each(["taylor", "finite"])("%s: of one predictor it is the correlation", (design) => {
		const { data: own, estimator, rows: all } = samples[design] as Sample;
		const question = { outcome: "x", terms: [["z"]] };
		const { products, design: columnsOf } = productsOf(own, question, all, estimator);
		const { fit } = linearModel(own, question, all, estimator);
		const scales = [1, 2].map((column) => meanAndDeviation(products, column, estimator, products.rows));
		const [intercept, slope] = standardize(fit, columnsOf, scales, scales[0] ?? null, estimator) as Theta[];
		const r = correlationOf(products, 1, 2, estimator);
		for (const [term, value] of r.entries()) {
			expect(slope?.[term]).toBeCloseTo(value, 12);
			expect(intercept?.[term]).toBeCloseTo(0, 12);
		}
	});
});

describe("what cannot be estimated", () => {
	const { data: own, estimator, rows: all } = samples.fay as Sample;

	test("a level that foretells the outcome is named", () => {
		const { fit, design } = logisticModel(own, { outcome: "s", terms: [["x"], ["kind"]] }, all, estimator);
		expect(fit.coefficients).toEqual([]);
		expect(namesOf({ columns: fit.separated }, design)).toEqual(["kind3"]);
	});

	test("a column that follows from others has no coefficient, and the others are as without it", () => {
		const doubled = {
			...own,
			columns: { ...own.columns, again: (columns.x as number[]).map((x) => 2 * x - 1) },
		};
		const { fit, design } = linearModel(
			doubled,
			{ outcome: "y", terms: [["x"], ["again"], ["kind"]] },
			all,
			estimator,
		);
		expect(namesOf({ columns: fit.collinear }, design)).toEqual(["again"]);
		const without = linearModel(own, { outcome: "y", terms: [["x"], ["kind"]] }, all, estimator);
		expect(fit.coefficients).toEqual(without.fit.coefficients);
	});

	test("a replicate without a group has no coefficients and adds nothing to the variance", () => {
		const without = {
			...own,
			weights: (row: number) => {
				const { values } = own.weights(row);
				return { values: values.map((one, r) => (r === 1 && columns.kind?.[row] === 3 ? 0 : one)), start: 0 };
			},
		};
		for (const { fit } of [
			linearModel(without, { outcome: "y", terms: [["kind"]] }, all, estimator),
			logisticModel(without, { outcome: "b", terms: [["kind"]] }, all, estimator),
		]) {
			for (const theta of fit.coefficients) {
				expect([...theta.entries()].filter(([, value]) => Number.isNaN(value)).map(([r]) => r)).toEqual([1]);
				expect(estimator.variance(theta)).toMatchObject({ dropped: 1 });
			}
		}
	});
});
