import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { independentColumns, solveSymmetric } from "../stats/linear-algebra.js";
import { Ascent } from "./ascent.js";
import { CrossProducts, type Products, UnitProducts } from "./cross-products.js";
import type { DesignColumns } from "./design-columns.js";
import { linearPredictor, logistic, newtonSums } from "./likelihood.js";
import { coefficientsOf, type Fit, informationUnderAll, under } from "./linear.js";
import { LogisticLoops, sumMoments } from "./loops.js";
import type { CompiledRows, ModelRows } from "./model-rows.js";

export interface LogisticFit extends Fit {
	/**
	 * Columns that predict the outcome for some rows: their coefficients have no maximum. Empty where the model has
	 * one.
	 */
	separated: readonly number[];
	/** Replicates under which the model has no maximum. */
	separatedReplicates: number;
	/** Rows of the columns that have a coefficient. */
	rows: CompiledRows;
}

/** Limit on the steps of Newton's method: where there is a maximum, fewer than ten are enough. */
const MOST_STEPS = 25;
/** Limit on the steps that all replicates take together; for one that needs more, Newton's method is safer. */
const MOST_SHORT_STEPS = 12;
/** After a Newton step this small, the error is about its square. */
const SMALL = 1e-7;
/** Quasi-Newton steps shrink a little more slowly. */
const TINY = 1e-9;

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
	const { information } = newtonSums(all, new Float64Array(columns.length), 0);
	const places = independentColumns(information);
	const kept = places.map((place) => columns[place] as number);
	const collinear = columns.filter((column) => !kept.includes(column));
	const own = collinear.length === 0 ? all : rows.compile(design, kept, outcome);
	const fit = { columns: kept, collinear, rows: own, separated: [], separatedReplicates: 0 };
	const sizes = places.map((place) =>
		Math.max(1, Math.sqrt(information.get(place, place) / information.get(0, 0))),
	);
	const { beta, fleeing } = maximize(own, sizes, 0, new Float64Array(kept.length));
	if (fleeing.length > 0) {
		return { ...fit, coefficients: [], separated: fleeing.map((place) => kept[place] as number) };
	}
	const products = working(own, beta, estimator);
	const steps = coefficientsOf(products, [...kept.keys()], kept.length, estimator);
	const started = steps.map((step, place) => step.map((value) => value + (beta[place] as number)));
	if (estimator.linearised) return { ...fit, coefficients: started };
	const separatedReplicates = replicate({ rows: own, sizes, products, steps }, started);
	return { ...fit, coefficients: started, separatedReplicates };
}

/**
 * Cross-products of the linear model whose solution is the next step of Newton's method under every weight: the residual
 * (y − μ)/v on the columns, each row with v = μ(1 − μ) times its weight. The residual is the column after the others.
 */
function working(rows: CompiledRows, beta: ArrayLike<number>, estimator: Estimator): Products {
	return productsOf(rows, estimator, (row) => {
		const share = logistic(linearPredictor(rows, row, beta));
		const spread = share * (1 - share);
		return { spread, residual: spread === 0 ? 0 : ((rows.outcome[row] as number) - share) / spread };
	});
}

/** Factor of a row's weight, and its value in the column after the others. */
type Extra = (row: number) => { spread: number; residual: number };

/** Cross-products of the columns of rows, and of one more. */
export function productsOf(
	rows: CompiledRows,
	estimator: Estimator,
	extra: Extra = () => ({ spread: 1, residual: 0 }),
): Products {
	return estimator.linearised ? productsByUnit(rows, extra, estimator) : productsByReplicate(rows, extra);
}

function productsByUnit(rows: CompiledRows, extra: Extra, { terms }: Estimator): Products {
	const { count, columns, starts, weights, vectors, units } = rows;
	const products = new UnitProducts(() => terms);
	const places = new Int32Array(columns + 1);
	const entries = new Float64Array(columns + 1);
	for (let row = 0; row < count; row++) {
		const [from, to] = [starts[row] as number, starts[row + 1] as number];
		const { spread, residual } = extra(row);
		places.set(rows.places.subarray(from, to));
		entries.set(rows.entries.subarray(from, to));
		places[to - from] = columns;
		entries[to - from] = residual;
		const weight = { values: weights, start: vectors[row] as number };
		products.add(units[row] as number, weight, places, entries, to - from + 1, spread);
	}
	return products;
}

/** Rows that are in the memory of the loops at once. */
const CHUNK = 4096;

function productsByReplicate(rows: CompiledRows, extra: Extra): Products {
	const { count, columns, starts, places, entries, weights, vectors, width } = rows;
	const products = new CrossProducts(width);
	products.rows = count;
	const size = columns + 1;
	for (let first = 0; first < count; first += CHUNK) {
		const length = Math.min(CHUNK, count - first);
		const numbers = new Float64Array(length * size);
		for (let place = 0; place < length; place++) {
			const row = first + place;
			const { spread, residual } = extra(row);
			const root = Math.sqrt(spread);
			for (let a = starts[row] as number; a < (starts[row + 1] as number); a++) {
				numbers[place * size + (places[a] as number)] = root * (entries[a] as number);
			}
			numbers[place * size + columns] = root * residual;
		}
		const [begin, end] = [vectors[first] as number, (vectors[first + length - 1] as number) + 1];
		const sums = sumMoments({
			...{ rows: length, cells: new Int32Array(length).fill(1), count: 1, numbers, size, width },
			vector: vectors.subarray(first, first + length).map((vector) => vector - begin),
			weights: weights.subarray(begin * width, end * width),
			vectors: end - begin,
		});
		for (let i = 0, product = 0; i < size; i++) {
			for (let j = i; j < size; j++) {
				products.addSums(i, j, sums(1, product++));
			}
		}
	}
	return products;
}

/** What the first step was made from, and that step by column and weight. */
interface Begun {
	rows: CompiledRows;
	sizes: readonly number[];
	products: Products;
	steps: readonly Theta[];
}

/**
 * Coefficients under each replicate, from those of the first step: by the method of Broyden, Fletcher, Goldfarb and Shanno
 * from the information which that step had, as all replicates are then served by one pass over the rows; where it does not
 * get there, by Newton's.
 * @param beta By column and weight; it is changed, and NaN where there is no maximum.
 * @returns How many replicates have no maximum.
 */
function replicate({ rows, sizes, products, steps }: Begun, beta: readonly Theta[]): number {
	let held = [...Array(rows.width).keys()];
	let loops = new LogisticLoops(rows);
	const information = informationUnderAll(products, rows.columns);
	let active = held
		.filter((r) => r > 0 && beta.every((own) => Number.isFinite(own[r])))
		.map((r) => {
			const slope = Float64Array.from(steps, (_, place) => products.at(place, rows.columns, r));
			return { r, ascent: new Ascent(under(information, r), { slope, step: under(steps, r) }) };
		});
	for (let step = 0; step < MOST_SHORT_STEPS && active.length > 0; step++) {
		// Replicates that have converged are skipped.
		if (2 * active.length < held.length) {
			held = active.map(({ r }) => r);
			loops = new LogisticLoops(rows, held);
		}
		const scores = loops.scores(beta.map((own) => Float64Array.from(held.map((r) => own[r] as number))));
		const placeOf = new Map(held.map((r, place) => [r, place]));
		active = active.filter(({ r, ascent }) => {
			const moves = ascent.next(under(scores, placeOf.get(r) as number));
			let isThere = true;
			for (let place = 0; place < moves.length; place++) {
				const [own, move] = [beta[place] as Theta, moves[place] as number];
				own[r] = (own[r] as number) + move;
				isThere &&= Math.abs(move) * (sizes[place] as number) < TINY;
			}
			return !isThere;
		});
	}
	let separated = 0;
	for (const { r } of active) {
		const start = beta.map((own) => own[0] as number);
		const { beta: found, fleeing } = maximize(rows, sizes, r, start);
		separated += fleeing.length > 0 ? 1 : 0;
		for (const [place, own] of beta.entries()) {
			own[r] = fleeing.length > 0 ? Number.NaN : (found[place] as number);
		}
	}
	return separated;
}

/**
 * Newton's method under one weight, until its steps are small.
 * @param sizes Root mean squares of the columns, at least 1.
 * @param start Where to begin.
 * @returns The coefficients, and where they have no maximum the columns whose coefficients flee.
 */
function maximize(
	rows: CompiledRows,
	sizes: readonly number[],
	r: number,
	start: ArrayLike<number>,
): { beta: number[]; fleeing: number[] } {
	let beta = Array.from(start);
	const all = [...beta.keys()];
	for (let step = 1; ; step++) {
		const { score, information } = newtonSums(rows, beta, r);
		const moves = solveSymmetric(information, score)?.to1DArray();
		if (moves === undefined) return { beta, fleeing: all };
		beta = beta.map((value, place) => value + (moves[place] as number));
		const far = all.filter((place) => !(Math.abs(moves[place] as number) * (sizes[place] as number) < SMALL));
		if (far.length === 0) return { beta, fleeing: [] };
		if (step === MOST_STEPS) return { beta, fleeing: far };
	}
}
