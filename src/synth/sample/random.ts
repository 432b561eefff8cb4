/** A stream of numbers that one seed decides, the same on every machine. */
export interface Random {
	/** Uniform on [0, 1), 32 bits. */
	uniform(): number;
	/** Bell-shaped with mean 0 and variance 1. */
	bell(): number;
	/** Whole number from 0 to `below` − 1. */
	below(below: number): number;
}

/**
 * The stream that a seed and a path of names stand for. Every column draws from a stream of its own,
 * so that adding one leaves the others as they were.
 *
 * Generator: sfc32 ("small fast counter") by Chris Doty-Humphrey, from PractRand, public domain.
 */
export function random(seed: number, ...path: readonly (string | number)[]): Random {
	const name = [seed, ...path].join("/");
	let a = fnv1a(name, 0);
	let b = fnv1a(name, 1);
	let c = fnv1a(name, 2);
	let counter = 1;
	const next = (): number => {
		const result = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + result) | 0;
		return result >>> 0;
	};
	for (let round = 0; round < 16; round++) next();
	const uniform = () => next() / 4294967296;
	return {
		uniform,
		// A sum of four uniforms: engines may differ in the last bit of a logarithm, never in that of a sum.
		bell: () => (uniform() + uniform() + uniform() + uniform() - 2) * SCALE,
		below: (below) => Math.floor(uniform() * below),
	};
}

/** A uniform has variance 1/12, four of them 1/3. */
const SCALE = Math.sqrt(3);

/** FNV-1a, 32 bits (Fowler, Noll, Vo; public domain), with a salt in front of the text. */
function fnv1a(text: string, salt: number): number {
	let hash = 0x811c9dc5 ^ salt;
	hash = Math.imul(hash, 0x01000193);
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return hash | 0;
}
