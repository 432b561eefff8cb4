import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { independentColumns, Matrix, solveSymmetric, symmetric } from "../stats/linear-algebra.js";
import { CrossProducts, type Products, UnitProducts } from "./cross-products.js";
import type { DesignColumns } from "./design-columns.js";
import {
	linearPredictor,
	logistic,
	type NewtonSums,
	newtonSums,
	triangle,
	triangleSize,
} from "./likelihood.js";
import { coefficientsOf, type Fit } from "./linear.js";
import type { CompiledRows, ModelRows } from "./model-rows.js";

export interface LogisticFit extends Fit {
	/** Columns that foretell the outcome for some rows: their coefficients have no maximum. Empty where the model has one. */
	separated: readonly number[];
	/** Replicates under which the model has no maximum. */
	separatedReplicates: number;
	/** Rows of the columns that have a coefficient. */
	rows: CompiledRows;
}

/** Steps of Newton's method; where there is a maximum, it takes fewer than ten. */
const MOST_STEPS = 25;
/** A step this small leaves an error of its square. */
const SMALL = 1e-7;

/**
 * Weighted logistic regression, under every weight: Newton's method for the full sample, then for each replicate from
 * there; for a linearised variance the influence of each sampling unit on the coefficients, as R's svyglm with
 * quasibinomial().
 * @param columns Places of the predictors, the intercept's (0) first.
 * @param outcome Variable of the rows that is 0 or 1.
 * @returns Coefficients in log odds; NaN under a replicate that has no maximum.
 */
export function fitLogistic(
	rows: ModelRows,
	design: DesignColumns,
	columns: readonly number[],
	outcome: number,
	estimator: Estimator,
): LogisticFit {
	const all = rows.compile(design, columns, outcome);
	const plain = informationOf(newtonSums(all, new Float64Array(columns.length), [0]), columns.length, 0);
	const places = independentColumns(plain);
	const kept = places.map((place) => columns[place] as number);
	const collinear = columns.filter((column) => !kept.includes(column));
	const own = collinear.length === 0 ? all : rows.compile(design, kept, outcome);
	const lengths = places.map((place) => Math.sqrt(plain.get(place, place) / plain.get(0, 0)));
	const fit = { columns: kept, collinear, rows: own, separated: [], separatedReplicates: 0 };
	const full = maximize(own, lengths, [0], new Float64Array(own.width * kept.length));
	const fleeing = full.fleeing.get(0);
	if (fleeing !== undefined) {
		return { ...fit, coefficients: [], separated: fleeing.map((place) => kept[place] as number) };
	}
	const beta = full.beta.slice(0, kept.length);
	const steps = coefficientsOf(working(own, beta, estimator), [...kept.keys()], kept.length, estimator);
	const started = steps.map((step, place) => step.map((value) => value + (beta[place] as number)));
	if (estimator.linearised) return { ...fit, coefficients: started };
	return { ...fit, ...replicate(own, lengths, started) };
}

/**
 * Cross-products of the linear model whose solution is the next step of Newton's method under every weight: the residual
 * (y − μ)/v on the columns, each row with v = μ(1 − μ) times its weight. The residual is the column after the others.
 */
function working(rows: CompiledRows, beta: Float64Array, estimator: Estimator): Products {
	const { count, columns, starts, outcome, weights, vectors, units, width } = rows;
	const replicated = new CrossProducts(width);
	const linearised = new UnitProducts(() => estimator.terms);
	const places = new Int32Array(columns + 1);
	const entries = new Float64Array(columns + 1);
	for (let row = 0; row < count; row++) {
		const [from, to] = [starts[row] as number, starts[row + 1] as number];
		const length = to - from + 1;
		const share = logistic(linearPredictor(rows, row, beta));
		const spread = share * (1 - share);
		places.set(rows.places.subarray(from, to));
		entries.set(rows.entries.subarray(from, to));
		places[length - 1] = columns;
		entries[length - 1] = spread === 0 ? 0 : ((outcome[row] as number) - share) / spread;
		const vector = vectors[row] as number;
		const weight = { values: weights, start: vector * width };
		if (estimator.linearised) {
			linearised.add(units[row] as number, weight, places, entries, length, spread);
			continue;
		}
		replicated.add(places, entries, length, spread);
		if (row + 1 === count || vectors[row + 1] !== vector) replicated.endRun(weight);
	}
	return estimator.linearised ? linearised : replicated;
}

/** Coefficients under each replicate, from those of the first step. */
function replicate(
	rows: CompiledRows,
	lengths: readonly number[],
	started: readonly Theta[],
): { coefficients: Theta[]; separatedReplicates: number } {
	const { columns, width } = rows;
	const beta = new Float64Array(width * columns);
	for (const [place, theta] of started.entries()) {
		for (const [r, value] of theta.entries()) beta[r * columns + place] = value;
	}
	const wanted = [...Array(width).keys()].filter(
		(r) => r > 0 && started.every((theta) => Number.isFinite(theta[r])),
	);
	const { beta: found, fleeing } = maximize(rows, lengths, wanted, beta);
	for (const r of fleeing.keys()) found.fill(Number.NaN, r * columns, (r + 1) * columns);
	return {
		coefficients: started.map((_, place) =>
			Float64Array.from({ length: width }, (_, r) => found[r * columns + place] as number),
		),
		separatedReplicates: fleeing.size,
	};
}

/**
 * Newton's method under some weights, each until its steps are small.
 * @param lengths Root mean squares of the columns.
 * @param beta Where to start, the coefficients of one weight behind those of the other; it is changed.
 * @returns The coefficients, and by weight without a maximum the columns whose coefficients flee.
 */
function maximize(
	rows: CompiledRows,
	lengths: readonly number[],
	wanted: readonly number[],
	beta: Float64Array,
): { beta: Float64Array; fleeing: Map<number, number[]> } {
	const { columns } = rows;
	const fleeing = new Map<number, number[]>();
	const size = (move: number, place: number) => Math.abs(move) * Math.max(1, lengths[place] as number);
	let active = [...wanted];
	for (let step = 1; active.length > 0; step++) {
		const sums = newtonSums(rows, beta, active);
		active = active.filter((r) => {
			const moves = newtonStep(sums, columns, r);
			const sizes = moves === null ? [...lengths].fill(Number.POSITIVE_INFINITY) : moves.map(size);
			for (const [place, move] of moves?.entries() ?? []) {
				beta[r * columns + place] = (beta[r * columns + place] as number) + move;
			}
			if (sizes.every((one) => one < SMALL)) return false;
			if (moves !== null && step < MOST_STEPS) return true;
			fleeing.set(
				r,
				[...sizes.keys()].filter((place) => (sizes[place] as number) > SMALL),
			);
			return false;
		});
	}
	return { beta, fleeing };
}

/** A step of Newton's method under one weight; null where there is none. */
function newtonStep(sums: NewtonSums, columns: number, r: number): number[] | null {
	const slope = Matrix.columnVector([...sums.score.subarray(r * columns, (r + 1) * columns)]);
	return solveSymmetric(informationOf(sums, columns, r), slope)?.to1DArray() ?? null;
}

function informationOf({ information }: NewtonSums, columns: number, r: number): Matrix {
	const from = r * triangleSize(columns);
	return symmetric(columns, (i, j) => information[from + triangle(i, j)] as number);
}
