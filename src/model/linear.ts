import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import {
	independentColumns,
	inverseSymmetric,
	Matrix,
	solveSymmetric,
	symmetric,
} from "../stats/linear-algebra.js";
import type { Products } from "./cross-products.js";

/** Coefficients of a model under every weight. */
export interface Fit {
	/** Columns that have a coefficient, in the order asked for. */
	columns: readonly number[];
	/** Columns that have none, because they follow from those before them. */
	collinear: readonly number[];
	/** One per column: the coefficient under every weight. */
	coefficients: readonly Theta[];
}

export interface LinearFit extends Fit {
	/** Share of the outcome's variance that is explained, under every weight. */
	rSquared: Theta;
}

/**
 * Weighted least squares of one column on others, under every weight: the whole fit again under each replicate, or for a
 * linearised variance the influence A⁻¹·Σ_u w·x·e of each sampling unit (Binder 1983), as R's svyglm.
 * @param columns Places of the predictors, the intercept's (0) first.
 * @param outcome Place of the outcome.
 * @returns NaN under a replicate in which a column has no variation left.
 * @example
 * const products = new CrossProducts(1 + R); // and add rows
 * const { coefficients } = fitLinear(products, [0, 2, 3], 1, replicateEstimator(factors));
 */
export function fitLinear(
	products: Products,
	columns: readonly number[],
	outcome: number,
	estimator: Estimator,
): LinearFit {
	const kept = independent(products, columns);
	const system = new NormalEquations(products, kept, outcome);
	const solutions = solve(system, estimator);
	return {
		columns: kept,
		collinear: columns.filter((column) => !kept.includes(column)),
		coefficients: thetas(solutions, kept.length),
		rSquared: estimator.linearised
			? linearisedShare(system, solutions[0] as Solution)
			: Float64Array.from(solutions, (beta, term) => system.explained(beta, term)),
	};
}

/**
 * Coefficients of one column on others under every weight, as fitLinear, where the columns are known to be independent.
 */
export function coefficientsOf(
	products: Products,
	columns: readonly number[],
	outcome: number,
	estimator: Estimator,
): Theta[] {
	return thetas(solve(new NormalEquations(products, columns, outcome), estimator), columns.length);
}

/** (Σ w·x·xᵀ)⁻¹ of the first columns under a weight, where it exists. */
export function informationUnder(products: Products, columns: number, term: number): Matrix | null {
	return inverseSymmetric(symmetric(columns, (i, j) => products.at(i, j, term)));
}

/** Columns that do not depend on those before them, under the full sample's weights. */
function independent(products: Products, columns: readonly number[]): number[] {
	const all = symmetric(columns.length, (i, j) => products.at(columns[i] as number, columns[j] as number, 0));
	return independentColumns(all).map((place) => columns[place] as number);
}

/** Coefficients under one weight; null where they do not exist. */
type Solution = readonly number[] | null;

function thetas(solutions: readonly Solution[], count: number): Theta[] {
	return Array.from({ length: count }, (_, place) =>
		Float64Array.from(solutions, (beta) => beta?.[place] ?? Number.NaN),
	);
}

/** A·β = b of each term, from sums over rows: A = Σ w·x·xᵀ, b = Σ w·x·y. */
class NormalEquations {
	readonly terms: number;

	constructor(
		private readonly products: Products,
		private readonly columns: readonly number[],
		private readonly outcome: number,
	) {
		this.terms = products.terms;
	}

	has(term: number): boolean {
		return this.products.has(term);
	}

	left(term: number): Matrix {
		const { columns, products } = this;
		return symmetric(columns.length, (i, j) => products.at(columns[i] as number, columns[j] as number, term));
	}

	right(term: number): Matrix {
		return Matrix.columnVector(this.columns.map((column) => this.products.at(column, this.outcome, term)));
	}

	solve(term: number): Solution {
		return solveSymmetric(this.left(term), this.right(term))?.to1DArray() ?? null;
	}

	/** Σ w·(y − mean)² and Σ w·(y − x·β)² over the rows of a term. */
	squares(beta: Solution, mean: number, term: number): { total: number; residual: number } {
		const { products, outcome } = this;
		const [weight, sum, square] = [
			products.at(0, 0, term),
			products.at(0, outcome, term),
			products.at(outcome, outcome, term),
		];
		const fitted = Matrix.columnVector([...(beta ?? [])]);
		const along = this.right(term).dot(fitted);
		const among = this.left(term).mmul(fitted).dot(fitted);
		return {
			total: square - 2 * mean * sum + mean ** 2 * weight,
			residual: square - 2 * along + among,
		};
	}

	mean(term: number): number {
		return this.products.at(0, this.outcome, term) / this.products.at(0, 0, term);
	}

	explained(beta: Solution, term: number): number {
		if (beta === null) return Number.NaN;
		const { total, residual } = this.squares(beta, this.mean(term), term);
		return 1 - residual / total;
	}
}

/** Coefficients under each replicate, or for each unit the coefficients plus its influence on them. */
function solve(system: NormalEquations, { linearised }: Estimator): Solution[] {
	const terms = Array.from({ length: 1 + system.terms }, (_, term) => term);
	if (!linearised) return terms.map((term) => system.solve(term));
	const beta = system.solve(0);
	const inverse = inverseSymmetric(system.left(0));
	if (beta === null || inverse === null) return terms.map(() => null);
	const fitted = Matrix.columnVector([...beta]);
	return terms.map((term) => {
		if (term === 0 || !system.has(term)) return beta;
		const score = system.right(term).sub(system.left(term).mmul(fitted));
		const influence = inverse.mmul(score).to1DArray();
		return beta.map((value, place) => value + (influence[place] as number));
	});
}

/** R² = 1 − SSE/SST; coefficients and mean are where their sums of squares do not change with them. */
function linearisedShare(system: NormalEquations, beta: Solution): Theta {
	const mean = system.mean(0);
	const { total, residual } = system.squares(beta, mean, 0);
	const share = 1 - residual / total;
	return Float64Array.from({ length: 1 + system.terms }, (_, term) => {
		if (term === 0 || !system.has(term)) return share;
		const own = system.squares(beta, mean, term);
		return share - own.residual / total + (residual * own.total) / total ** 2;
	});
}
