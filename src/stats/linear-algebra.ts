import { CholeskyDecomposition, Matrix } from "ml-matrix";

export { Matrix } from "ml-matrix";

/** A symmetric matrix from its elements on and below the diagonal. */
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

/** L·M·Lᵀ of a symmetric M, symmetric to the last digit. */
export function sandwich(left: Matrix, middle: Matrix): Matrix {
	const product = left.mmul(middle).mmul(left.transpose());
	return symmetric(left.rows, (row, column) => product.get(row, column));
}

/** A pivot up to this share of its diagonal element is rounding. */
export const PIVOT_TOLERANCE = 1e-12;

/**
 * X of A·X = B for a symmetric, positive definite A (Cholesky), or null where A is singular.
 * @param tolerance Of pivots.
 */
export function solveSymmetric(a: Matrix, b: Matrix, tolerance = PIVOT_TOLERANCE): Matrix | null {
	const cholesky = new CholeskyDecomposition(a);
	if (!cholesky.isPositiveDefinite()) return null;
	const { lowerTriangularMatrix: l } = cholesky;
	for (let i = 0; i < a.rows; i++) if (l.get(i, i) ** 2 <= tolerance * a.get(i, i)) return null;
	return cholesky.solve(b);
}

/** A⁻¹ of a symmetric, positive definite A, or null where A is singular. */
export function inverseSymmetric(a: Matrix, tolerance?: number): Matrix | null {
	return solveSymmetric(a, Matrix.eye(a.rows), tolerance);
}

/**
 * Columns of X that do not depend on those before them, by the cross-product XᵀX, as R's `lm` drops them from the end.
 * @param tolerance What is left of a column beside those before it counts as nothing up to this share of its length.
 * @returns Their places, ascending.
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

/** bᵀ·V⁻¹·b, or NaN where V is singular. */
export function quadraticForm(v: Matrix, b: readonly number[]): number {
	const column = Matrix.columnVector([...b]);
	const solved = solveSymmetric(v, column);
	return solved === null ? Number.NaN : column.transpose().mmul(solved).get(0, 0);
}
