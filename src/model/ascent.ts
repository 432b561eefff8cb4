import type { Matrix } from "../stats/linear-algebra.js";

/**
 * Steps to the maximum of a concave function by its slopes alone: each step improves what is known of the curvature
 * (Broyden, Fletcher, Goldfarb and Shanno 1970).
 */
export class Ascent {
	/**
	 * @param inverse About the inverse of the negative curvature; changed in place.
	 * @param last A step already taken, and the slope where it began.
	 */
	constructor(
		private readonly inverse: Matrix,
		private last?: { slope: readonly number[]; step: readonly number[] },
	) {}

	/**
	 * @param slope Where the last step led.
	 * @returns The next step.
	 */
	next(slope: readonly number[]): number[] {
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
	private learn(s: readonly number[], y: readonly number[]): void {
		const along = dot(s, y);
		if (!(along > 0)) return;
		const turned = this.times(y);
		const share = (1 + dot(y, turned) / along) / along;
		const { inverse } = this;
		for (let i = 0; i < s.length; i++) {
			for (let j = 0; j < s.length; j++) {
				const [si, sj] = [s[i] as number, s[j] as number];
				const cross = (si * (turned[j] as number) + (turned[i] as number) * sj) / along;
				inverse.set(i, j, inverse.get(i, j) + share * si * sj - cross);
			}
		}
	}

	private times(vector: readonly number[]): number[] {
		return vector.map((_, i) => vector.reduce((sum, value, j) => sum + this.inverse.get(i, j) * value, 0));
	}
}

function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, value, place) => sum + value * (b[place] as number), 0);
}
