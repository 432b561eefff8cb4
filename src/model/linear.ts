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
import { solveUnderAll } from "./equations.js";

/** Coefficients of a model under every weight. */
export interface Fit {
	/** Columns with a coefficient, in the order requested. */
	columns: readonly number[];
	/** Columns without one, because they are linear combinations of those before them. */
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
	const coefficients = solve(system, estimator);
	return {
		columns: kept,
		collinear: columns.filter((column) => !kept.includes(column)),
		coefficients,
		rSquared: estimator.linearised
			? linearisedShare(system, under(coefficients, 0))
			: Float64Array.from({ length: 1 + system.terms }, (_, term) =>
					system.explained(under(coefficients, term), term),
				),
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
	return solve(new NormalEquations(products, columns, outcome), estimator);
}

/** (Σ w·x·xᵀ)⁻¹ of the first columns under every weight, line by line; NaN where it does not exist. */
export function informationUnderAll(products: Products, columns: number): Theta[] {
	return solveUnderAll({
		...{ size: columns, columns, width: 1 + products.terms },
		left: (i, j, term) => products.at(i, j, term),
		right: (i, j) => (i === j ? 1 : 0),
	});
}

/** Columns that are linearly independent of those before them, under the full sample's weights. */
function independent(products: Products, columns: readonly number[]): number[] {
	const all = symmetric(columns.length, (i, j) => products.at(columns[i] as number, columns[j] as number, 0));
	return independentColumns(all).map((place) => columns[place] as number);
}

/** Sums over all columns under one weight. */
export function under(columns: readonly Theta[], r: number): Float64Array {
	const values = new Float64Array(columns.length);
	for (let place = 0; place < values.length; place++) values[place] = (columns[place] as Theta)[r] as number;
	return values;
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

	/** A of a term. */
	left(term: number): Matrix {
		return symmetric(this.columns.length, (i, j) => this.element(i, j, term));
	}

	/** b of a term. */
	right(term: number): number[] {
		return this.columns.map((column) => this.products.at(column, this.outcome, term));
	}

	/** β under every weight. */
	solve(): Theta[] {
		const { columns, products, outcome } = this;
		return solveUnderAll({
			...{ size: columns.length, columns: 1, width: 1 + this.terms },
			left: (i, j, term) => this.element(i, j, term),
			right: (i, _, term) => products.at(columns[i] as number, outcome, term),
		});
	}

	/** b − A·β of a term. */
	score(beta: Float64Array, term: number): number[] {
		return this.right(term).map((own, i) => own - this.along(beta, i, term));
	}

	/** Σ w·(y − mean)² and Σ w·(y − x·β)² over the rows of a term. */
	squares(beta: Float64Array, mean: number, term: number): { total: number; residual: number } {
		const { products, outcome } = this;
		const [weight, sum, square] = [
			products.at(0, 0, term),
			products.at(0, outcome, term),
			products.at(outcome, outcome, term),
		];
		let along = 0;
		let among = 0;
		for (const [i, own] of beta.entries()) {
			along += products.at(this.columns[i] as number, outcome, term) * own;
			among += this.along(beta, i, term) * own;
		}
		return {
			total: square - 2 * mean * sum + mean ** 2 * weight,
			residual: square - 2 * along + among,
		};
	}

	mean(term: number): number {
		return this.products.at(0, this.outcome, term) / this.products.at(0, 0, term);
	}

	/** R² under a weight. */
	explained(beta: Float64Array, term: number): number {
		const { total, residual } = this.squares(beta, this.mean(term), term);
		return 1 - residual / total;
	}

	private element(i: number, j: number, term: number): number {
		return this.products.at(this.columns[i] as number, this.columns[j] as number, term);
	}

	/** Line i of A·β. */
	private along(beta: Float64Array, i: number, term: number): number {
		let sum = 0;
		for (let j = 0; j < beta.length; j++) sum += this.element(i, j, term) * (beta[j] as number);
		return sum;
	}
}

/** Coefficients under each replicate, or for each unit the coefficients plus its influence on them. */
function solve(system: NormalEquations, { linearised }: Estimator): Theta[] {
	if (!linearised) return system.solve();
	const whole = system.left(0);
	const [fitted, inverse] = [
		solveSymmetric(whole, Matrix.columnVector(system.right(0))),
		inverseSymmetric(whole),
	];
	const terms = 1 + system.terms;
	if (fitted === null || inverse === null) {
		return Array.from({ length: whole.rows }, () => new Float64Array(terms).fill(Number.NaN));
	}
	const beta = Float64Array.from(fitted.to1DArray());
	const coefficients = Array.from(beta, (value) => new Float64Array(terms).fill(value));
	for (let term = 1; term < terms; term++) {
		if (!system.has(term)) continue;
		const influence = inverse.mmul(Matrix.columnVector(system.score(beta, term)));
		for (const [place, own] of coefficients.entries())
			own[term] = (own[term] as number) + influence.get(place, 0);
	}
	return coefficients;
}

/** R² = 1 − SSE/SST; coefficients and mean are where their sums of squares do not change with them. */
function linearisedShare(system: NormalEquations, beta: Float64Array): Theta {
	const mean = system.mean(0);
	const { total, residual } = system.squares(beta, mean, 0);
	const share = 1 - residual / total;
	return Float64Array.from({ length: 1 + system.terms }, (_, term) => {
		if (term === 0 || !system.has(term)) return share;
		const own = system.squares(beta, mean, term);
		return share - own.residual / total + (residual * own.total) / total ** 2;
	});
}
