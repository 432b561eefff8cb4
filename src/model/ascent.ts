/**
 * Steps to the maximum of a concave function by its slopes alone: each step improves what is known of the curvature
 * (Broyden, Fletcher, Goldfarb and Shanno 1970).
 */
export class Ascent {
	/**
	 * @param inverse Approximate inverse of the negative curvature, line by line; changed in place.
	 * @param last A step already taken, and the slope where it began.
	 */
	constructor(
		private readonly inverse: Float64Array,
		private last?: { slope: Float64Array; step: Float64Array },
	) {}

	/**
	 * @param slope The slope at the end of the last step.
	 * @returns The next step.
	 */
	next(slope: Float64Array): Float64Array {
		if (this.last !== undefined) {
			const { slope: before, step } = this.last;
			this.learn(
				step,
				before.map((value, place) => value - (slope[place] as number)),
			);
		}
		const step = this.times(slope);
		this.last = { slope, step };
		return step;
	}

	/** (I − s·yᵀ/yᵀs)·H·(I − y·sᵀ/yᵀs) + s·sᵀ/yᵀs of a step s that changed the slope by −y. */
	private learn(s: Float64Array, y: Float64Array): void {
		const along = dot(s, y, 0);
		if (!(along > 0)) return;
		const turned = this.times(y);
		const share = (1 + dot(turned, y, 0) / along) / along;
		const { inverse } = this;
		for (let i = 0, at = 0; i < s.length; i++) {
			const [si, ti] = [s[i] as number, turned[i] as number];
			for (let j = 0; j < s.length; j++, at++) {
				const sj = s[j] as number;
				const cross = (si * (turned[j] as number) + ti * sj) / along;
				inverse[at] = (inverse[at] as number) + share * si * sj - cross;
			}
		}
	}

	private times(vector: Float64Array): Float64Array {
		const { length } = vector;
		const product = new Float64Array(length);
		for (let i = 0; i < length; i++) product[i] = dot(this.inverse, vector, i * length);
		return product;
	}
}

/** @param from Where the first vector begins. */
function dot(a: Float64Array, b: Float64Array, from: number): number {
	let sum = 0;
	for (let place = 0; place < b.length; place++) sum += (a[from + place] as number) * (b[place] as number);
	return sum;
}
