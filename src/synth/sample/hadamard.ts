import { UserError } from "../../base/errors.js";

/** Rows of +1 and −1. */
export type SignMatrix = readonly Int8Array[];

/**
 * A Hadamard matrix: H·Hᵀ = n·I, with a first row of ones, so that every other row is balanced.
 * Built after Sylvester (1867) and Paley (1933, both constructions, over GF(p) and GF(p²));
 * that reaches every multiple of 4 up to 88 and 96, 100, 104, 108, 112, 120, but not 92 and 116.
 * @param order 1, 2 or a multiple of 4.
 * @throws UserError for an order none of the constructions reaches.
 */
export function hadamard(order: number): SignMatrix {
	const matrix = build(order);
	if (matrix === undefined) {
		throw new UserError(`no Hadamard matrix of order ${order} can be built`, {
			hint: `the next larger order is ${nextOrder(order)}`,
		});
	}
	return withFirstRowOfOnes(matrix);
}

function build(order: number): SignMatrix | undefined {
	if (order === 1) return [Int8Array.of(1)];
	if (order === 2) return doubled([Int8Array.of(1)]);
	if (!Number.isInteger(order) || order < 4 || order % 4 !== 0) return undefined;
	const half = build(order / 2);
	if (half !== undefined) return doubled(half);
	return paleyOne(order) ?? paleyTwo(order);
}

function nextOrder(order: number): number {
	let next = Math.max(4, 4 * Math.ceil((order + 1) / 4));
	while (build(next) === undefined) next += 4;
	return next;
}

/** Sylvester: [[H, H], [H, −H]]. */
function doubled(matrix: SignMatrix): SignMatrix {
	const n = matrix.length;
	return square(2 * n, (i, j) => at(matrix, i % n, j % n) * (i >= n && j >= n ? -1 : 1));
}

/** Order q + 1 for q ≡ 3 (mod 4): the identity plus a skew conference matrix. */
function paleyOne(order: number): SignMatrix | undefined {
	const q = order - 1;
	const character = quadraticCharacter(q);
	if (q % 4 !== 3 || character === undefined) return undefined;
	return square(order, (i, j) => {
		if (i === 0) return 1;
		if (j === 0) return -1;
		return i === j ? 1 : character(i - 1, j - 1);
	});
}

/** Order 2(q + 1) for q ≡ 1 (mod 4): a symmetric conference matrix with 2 × 2 blocks for its entries. */
function paleyTwo(order: number): SignMatrix | undefined {
	const q = order / 2 - 1;
	const character = quadraticCharacter(q);
	if (q % 4 !== 1 || character === undefined) return undefined;
	return square(order, (i, j) => {
		const [row, column] = [Math.floor(i / 2), Math.floor(j / 2)];
		const [low, right] = [i % 2, j % 2];
		if (row === column) return low + right === 0 ? 1 : -1;
		const entry = row === 0 || column === 0 ? 1 : character(row - 1, column - 1);
		return low + right === 2 ? -entry : entry;
	});
}

/** χ(a − b) of GF(q) for a ≠ b: +1 where the difference is a square; undefined unless q is p or p². */
function quadraticCharacter(q: number): ((a: number, b: number) => 1 | -1) | undefined {
	const root = Math.round(Math.sqrt(q));
	if (isPrime(q)) {
		const squares = new Set(Array.from({ length: q }, (_, a) => (a * a) % q));
		return (a, b) => (squares.has((a - b + q) % q) ? 1 : -1);
	}
	if (root * root !== q || root === 2 || !isPrime(root)) return undefined;
	const squares = squaresOfQuadraticField(root);
	return (a, b) => {
		const low = ((a % root) - (b % root) + root) % root;
		const high = (Math.floor(a / root) - Math.floor(b / root) + root) % root;
		return squares.has(high * root + low) ? 1 : -1;
	};
}

/** GF(p²) as a + b·x with x² = n for a non-residue n; the number a + b·p stands for an element. */
function squaresOfQuadraticField(p: number): Set<number> {
	const residues = new Set(Array.from({ length: p }, (_, a) => (a * a) % p));
	let n = 2;
	while (residues.has(n)) n++;
	const squares = new Set<number>();
	for (let a = 0; a < p; a++) {
		for (let b = 0; b < p; b++) squares.add(((a * a + n * b * b) % p) + ((2 * a * b) % p) * p);
	}
	return squares;
}

function isPrime(n: number): boolean {
	if (n < 2) return false;
	for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
	return true;
}

function square(n: number, entry: (i: number, j: number) => number): SignMatrix {
	return Array.from({ length: n }, (_, i) => Int8Array.from({ length: n }, (_, j) => entry(i, j)));
}

function withFirstRowOfOnes(matrix: SignMatrix): SignMatrix {
	return matrix.map((row) => row.map((sign, column) => sign * at(matrix, 0, column)));
}

function at(matrix: SignMatrix, row: number, column: number): number {
	return matrix[row]?.[column] ?? 0;
}
