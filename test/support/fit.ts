import type { JointEstimator } from "../../src/design/estimator.js";
import type { Products, WeightVector } from "../../src/model/cross-products.js";
import type { DesignColumns, ModelVariable, Term } from "../../src/model/design-columns.js";
import { fitLinear, type LinearFit } from "../../src/model/linear.js";
import { fitLogistic, type LogisticFit } from "../../src/model/logistic.js";
import type { ModelRows } from "../../src/model/model-rows.js";
import { type GroupSums, ModelSums } from "../../src/model/model-sums.js";

/** Columns of numbers, of which those of `factors` are levels from 0 on. */
export interface ModelData {
	columns: Readonly<Record<string, readonly number[]>>;
	factors: readonly string[];
	/** Levels that are references, of factors for which it is not the first. */
	references?: Readonly<Record<string, number>>;
	weights(row: number): WeightVector;
	/** 1 + R. */
	width: number;
	/** Sampling unit of a row, for a linearised variance. */
	unit?(row: number): number;
}

/** A model, as R would write it: the outcome, and terms by the names of their variables. */
export interface ModelQuestion {
	outcome: string;
	terms: readonly (readonly string[])[];
}

/** Rows that are added at a time: several blocks, and none of them full. */
const BLOCK = 64;

/** Columns of a model's design, after the intercept. */
function contrastsOf(design: DesignColumns, terms: readonly Term[], { references }: ModelData): number[] {
	return design.contrasts(
		terms,
		design.variables.map(({ key }) => references?.[key] ?? 0),
	);
}

/** Adds up some rows, block by block; those without a value are left out. */
function sumsOf(
	data: ModelData,
	{ outcome, terms }: ModelQuestion,
	rows: readonly number[],
	family: "linear" | "logistic",
	estimator: JointEstimator,
): { sums: GroupSums; design: DesignColumns; terms: Term[]; names: string[] } {
	const names = [...new Set([outcome, ...terms.flat()])];
	const variables = names.map(
		(key, place): ModelVariable => ({
			key,
			kind: data.factors.includes(key) && !(place === 0 && family === "linear") ? "factor" : "number",
		}),
	);
	const own = terms.map((term): Term => term.map((name) => names.indexOf(name)));
	const { width, unit } = data;
	const sums = new ModelSums({
		...{ variables, terms: own, family, width },
		units: unit === undefined ? null : () => estimator.terms,
	});
	for (let first = 0; first < rows.length; first += BLOCK) {
		const part = rows.slice(first, first + BLOCK);
		const weights = new Float64Array(part.length * width);
		for (const [place, row] of part.entries()) {
			const { values, start } = data.weights(row);
			weights.set(values.subarray(start, start + width), place * width);
		}
		sums.add({
			...{ rows: part.length, group: new Int32Array(part.length), school: null, weights, width },
			unit: unit === undefined ? null : Int32Array.from(part, (row) => unit(row)),
			values: names.map((name) => Float64Array.from(part, (row) => data.columns[name]?.[row] as number)),
			vector: Int32Array.from(part.keys()),
		});
	}
	return { sums: sums.finished(0) as GroupSums, design: sums.design, terms: own, names };
}

/** Cross-products of a model's columns and its outcome's: that one is the first after the intercept. */
export function productsOf(
	data: ModelData,
	question: ModelQuestion,
	rows: readonly number[],
	estimator: JointEstimator,
): { products: Products; design: DesignColumns; terms: Term[]; outcome: number } {
	const { sums, design, terms } = sumsOf(data, question, rows, "linear", estimator);
	return { products: sums.products, design, terms, outcome: design.find([0], [-1]) as number };
}

/** A linear model of some rows. */
export function linearModel(
	data: ModelData,
	question: ModelQuestion,
	rows: readonly number[],
	estimator: JointEstimator,
): { n: number; fit: LinearFit; design: DesignColumns } {
	const { products, design, terms, outcome } = productsOf(data, question, rows, estimator);
	const fit = fitLinear(products, contrastsOf(design, terms, data), outcome, estimator);
	return { n: products.rows, fit, design };
}

/** A logistic model of some rows. */
export function logisticModel(
	data: ModelData,
	question: ModelQuestion,
	rows: readonly number[],
	estimator: JointEstimator,
): { n: number; fit: LogisticFit; design: DesignColumns; store: ModelRows; names: string[] } {
	const { sums, design, terms, names } = sumsOf(data, question, rows, "logistic", estimator);
	const { n, rows: store } = sums;
	return {
		n,
		fit: fitLogistic(store, design, contrastsOf(design, terms, data), 0, estimator),
		design,
		store,
		names,
	};
}
