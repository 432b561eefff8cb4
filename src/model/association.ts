import type { JointEstimator } from "../design/estimator.js";
import { Matrix, quadraticForm, sandwich, solveSymmetric } from "../stats/linear-algebra.js";
import { fTail } from "../stats/upper-tails.js";
import type { JointTest } from "./inference.js";

/** A table of two variables: Σ w of its cells under every weight, row by row. */
export interface TwoWayTable {
	cells: readonly (readonly Float64Array[])[];
	/** Number of sample rows in the table. */
	n: number;
}

/**
 * Whether rows and columns of a table are independent: Pearson's X² with the second-order correction of Rao and Scott
 * (1984), as R's `svychisq(statistic = "F")`.
 * @param table At least two rows and columns, none of them without weight.
 * @param df Degrees of freedom of the design, over the rows of the sample that are in the table.
 * @returns NaN where the correction cannot be computed.
 * @example raoScottTest({ cells, n: 207 }, estimator, 77); // { F: 4.16, df1: 1.93, df2: 148.8, p: 0.018 }
 */
export function raoScottTest(table: TwoWayTable, estimator: JointEstimator, df: number): JointTest {
	const { flat, contrasts, expected } = layOut(table);
	const whole = flat.reduce((sum, cell) => sum.map((weight, r) => weight + (cell[r] as number)));
	const thetas = flat.map((cell) => estimator.ratio(cell, whole));
	const shares = thetas.map((theta) => theta[0] as number);
	const scaled = contrasts.clone();
	for (const [cell, share] of shares.entries()) scaled.mulColumn(cell, share === 0 ? 0 : 1 / share);
	const diagonal = Matrix.diag(shares.map((share) => share / table.n));
	const effects = solveSymmetric(
		sandwich(scaled, diagonal),
		sandwich(scaled, new Matrix(estimator.covariance(thetas))),
	);
	if (effects === null) return { F: Number.NaN, df1: Number.NaN, df2: Number.NaN, p: Number.NaN };
	const pearson = shares.reduce((sum, share, cell) => {
		const other = (expected[cell] as number) / (whole[0] as number);
		return sum + (table.n * (share - other) ** 2) / other;
	}, 0);
	const F = pearson / effects.trace();
	const df1 = effects.trace() ** 2 / effects.mmul(effects).trace();
	return { F, df1, df2: df1 * df, p: fTail(F, df1, df1 * df) };
}

/**
 * The same by Wald's test that rows and columns are independent (Koch, Freeman and Freeman 1975), as
 * R's `svychisq(statistic = "Wald")`; adjusted for few degrees of freedom, "adjWald".
 * @returns NaN in F and p where the covariance matrix is singular.
 */
export function waldAssociation(
	table: TwoWayTable,
	estimator: JointEstimator,
	df: number,
	adjusted: boolean,
): JointTest {
	const { flat, used, expected, slope } = layOut(table);
	const covariance = new Matrix(estimator.covariance(flat.map((cell) => estimator.total(cell))));
	const residuals = used.map((cell) => (flat[cell]?.[0] as number) - (expected[cell] as number));
	const jacobian = new Matrix(
		used.map((cell) => flat.map((_, other) => (other === cell ? 1 : 0) - slope(cell, other))),
	);
	const df1 = used.length;
	const df2 = adjusted ? df - df1 + 1 : df;
	const F = ((quadraticForm(sandwich(jacobian, covariance), residuals) / df1) * df2) / df;
	return { F, df1, df2, p: fTail(F, df1, df2) };
}

/** A table's cells as one vector, and their expected values if rows and columns are independent. */
function layOut({ cells }: TwoWayTable) {
	const [rows, columns] = [cells.length, (cells[0] as readonly unknown[]).length];
	const flat = cells.flat();
	const weights = flat.map((cell) => cell[0] as number);
	const row = (cell: number) => Math.floor(cell / columns);
	const column = (cell: number) => cell % columns;
	const sum = (of: (cell: number) => boolean) =>
		weights.reduce((total, weight, cell) => (of(cell) ? total + weight : total), 0);
	const rowSums = Array.from({ length: rows }, (_, i) => sum((cell) => row(cell) === i));
	const columnSums = Array.from({ length: columns }, (_, j) => sum((cell) => column(cell) === j));
	const all = sum(() => true);
	const rowSum = (cell: number) => rowSums[row(cell)] as number;
	const columnSum = (cell: number) => columnSums[column(cell)] as number;
	const expected = weights.map((_, cell) => (rowSum(cell) * columnSum(cell)) / all);
	// The first row and column follow from the others.
	const used = [...weights.keys()].filter((cell) => row(cell) > 0 && column(cell) > 0);
	return {
		flat,
		expected,
		used,
		/** Derivative of a cell's smoothed value by the weight of another. */
		slope: (cell: number, other: number) =>
			(row(other) === row(cell) ? columnSum(cell) / all : 0) +
			(column(other) === column(cell) ? rowSum(cell) / all : 0) -
			(expected[cell] as number) / all,
		/** One row per used cell: the interaction of its row and column with the first ones. */
		contrasts: new Matrix(
			used.map((cell) =>
				flat.map((_, other) => {
					const own = (row(other) === row(cell) ? 1 : 0) - (row(other) === 0 ? 1 : 0);
					return own * ((column(other) === column(cell) ? 1 : 0) - (column(other) === 0 ? 1 : 0));
				}),
			),
		),
	};
}
