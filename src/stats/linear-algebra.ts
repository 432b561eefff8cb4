import { CholeskyDecomposition, Matrix } from "ml-matrix";

export { Matrix } from "ml-matrix";

/** Builds a symmetric matrix from the elements on and below the diagonal. */
export function symmetric(size: number, element: (row: number, column: number) => number): Matrix {
	const matrix = new Matrix(size, size);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column <= row; column++) {
			const value = element(row, column);
			matrix.set(row, column, value);
			matrix.set(column, row, value);
		}
	}
	return matrix;
}

/** L·M·Lᵀ for a symmetric M, symmetric to the last digit. */
export function sandwich(left: Matrix, middle: Matrix): Matrix {
	const product = left.mmul(middle).mmul(left.transpose());
	return symmetric(left.rows, (row, column) => product.get(row, column));
}

/** Pivots up to this share of their diagonal element are rounding errors. */
export const PIVOT_TOLERANCE = 1e-12;

/**
 * Solves A·X = B for a symmetric, positive definite A (Cholesky); null if A is singular.
 * @param tolerance For pivots.
 */
export function solveSymmetric(a: Matrix, b: Matrix, tolerance = PIVOT_TOLERANCE): Matrix | null {
	const cholesky = new CholeskyDecomposition(a);
	if (!cholesky.isPositiveDefinite()) return null;
	const { lowerTriangularMatrix: l } = cholesky;
	for (let i = 0; i < a.rows; i++) if (l.get(i, i) ** 2 <= tolerance * a.get(i, i)) return null;
	return cholesky.solve(b);
}

/** A⁻¹ of a symmetric, positive definite A; null if A is singular. */
export function inverseSymmetric(a: Matrix, tolerance?: number): Matrix | null {
	return solveSymmetric(a, Matrix.eye(a.rows), tolerance);
}

/**
 * Columns of X that are linearly independent of those before them, from the cross-product XᵀX; R's `lm` drops the
 * others in the same way.
 * @param tolerance A column is dependent if at most this share of its length remains after projection on the columns
 * before it.
 * @returns Their positions, ascending.
 */
export function independentColumns(product: Matrix, tolerance = 1e-6): number[] {
	const kept: number[] = [];
	for (let column = 0; column < product.rows; column++) {
		const length = product.get(column, column);
		if (!(length > 0)) continue;
		let left = length;
		if (kept.length > 0) {
			const along = product.selection(kept, [column]);
			const fitted = solveSymmetric(product.selection(kept, kept), along, 0) as Matrix;
			left -= along.transpose().mmul(fitted).get(0, 0);
		}
		if (left > tolerance ** 2 * length) kept.push(column);
	}
	return kept;
}

/** bᵀ·V⁻¹·b; NaN if V is singular. */
export function quadraticForm(v: Matrix, b: readonly number[]): number {
	const column = Matrix.columnVector([...b]);
	const solved = solveSymmetric(v, column);
	return solved === null ? Number.NaN : column.transpose().mmul(solved).get(0, 0);
}
