import type { JointEstimator } from "../../src/design/estimator.js";
import {
	CrossProducts,
	type Products,
	UnitProducts,
	type WeightVector,
} from "../../src/model/cross-products.js";
import { DesignColumns, type ModelVariable, type Term } from "../../src/model/design-columns.js";
import { fitLinear, type LinearFit } from "../../src/model/linear.js";
import { fitLogistic, type LogisticFit } from "../../src/model/logistic.js";
import { ModelRows } from "../../src/model/model-rows.js";

/** Columns of numbers, of which those of `factors` are levels from 0 on. */
export interface ModelData {
	columns: Readonly<Record<string, readonly number[]>>;
	factors: readonly string[];
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

/** What a model is fitted to: rows without a missing value. */
export function prepare(data: ModelData, { outcome, terms }: ModelQuestion, rows: readonly number[]) {
	const names = [...new Set([outcome, ...terms.flat()])];
	const variables = names.map(
		(key): ModelVariable => ({ key, kind: data.factors.includes(key) ? "factor" : "number" }),
	);
	const own = terms.map((term): Term => term.map((name) => names.indexOf(name)));
	const valid = rows.filter((row) => names.every((name) => !Number.isNaN(data.columns[name]?.[row])));
	const values = (row: number) => names.map((name) => data.columns[name]?.[row] as number);
	return { names, variables, terms: own, rows: valid, values };
}

/** Columns of a model's design, after the intercept. */
export function contrastsOf(design: DesignColumns, terms: readonly Term[]): number[] {
	return design.contrasts(
		terms,
		design.variables.map(() => 0),
	);
}

/** Cross-products of a model's columns and its outcome's, which is term [0]. */
export function productsOf(
	data: ModelData,
	question: ModelQuestion,
	rows: readonly number[],
	estimator: JointEstimator,
) {
	const prepared = prepare(data, question, rows);
	const design = new DesignColumns(prepared.variables, [[0], ...prepared.terms]);
	const [places, entries] = [
		new Int32Array(design.terms.length + 1),
		new Float64Array(design.terms.length + 1),
	];
	const replicated = new CrossProducts(data.width);
	const linearised = new UnitProducts(() => estimator.terms);
	for (const row of prepared.rows) {
		design.row(prepared.values(row), places, entries);
		if (data.unit !== undefined) {
			linearised.add(data.unit(row), data.weights(row), places, entries, places.length);
			continue;
		}
		replicated.add(places, entries, places.length);
		replicated.endRun(data.weights(row));
	}
	const products: Products = data.unit === undefined ? replicated : linearised;
	return { ...prepared, design, products, outcome: design.find([0], [-1]) as number };
}

/** A linear model of some rows. */
export function linearModel(
	data: ModelData,
	question: ModelQuestion,
	rows: readonly number[],
	estimator: JointEstimator,
): { n: number; fit: LinearFit; design: DesignColumns } {
	const { products, design, terms, outcome } = productsOf(data, question, rows, estimator);
	return {
		n: products.rows,
		fit: fitLinear(products, contrastsOf(design, terms), outcome, estimator),
		design,
	};
}

/** A logistic model of some rows. */
export function logisticModel(
	data: ModelData,
	question: ModelQuestion,
	rows: readonly number[],
	estimator: JointEstimator,
): { n: number; fit: LogisticFit; design: DesignColumns; store: ModelRows; names: string[] } {
	const { variables, terms, values, rows: valid, names } = prepare(data, question, rows);
	const design = new DesignColumns(variables, terms);
	const patterns = question.terms.flat().every((name) => data.factors.includes(name));
	const store = new ModelRows(names.length, data.width, patterns);
	const [places, entries] = [new Int32Array(terms.length + 1), new Float64Array(terms.length + 1)];
	for (const row of valid) {
		design.row(values(row), places, entries);
		store.add(values(row), data.unit?.(row));
		store.endRun(data.weights(row));
	}
	const fit = fitLogistic(store, design, contrastsOf(design, terms), 0, estimator);
	return { n: store.added, fit, design, store, names };
}
