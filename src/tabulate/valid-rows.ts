import { FIRST_COUNT, NO, YES } from "../codebook/meaning/states.js";
import type { CodedBlock } from "../codebook/recode/recoder.js";
import { ReplicateVectors } from "../design/degrees-of-freedom.js";
import { IndexSet } from "./index-set.js";
import type { Collected, Collector } from "./run.js";

/** What determines the degrees of freedom of a set of rows. */
interface RowsOfDesign {
	/** Rows with a weight above 0. */
	rows: number;
	vectors: ReplicateVectors;
	units: IndexSet;
}

/** For each variable, the part of the design that has valid answers: some tests use no other rows. */
export class ValidRows implements Collector {
	readonly besideTables = true;
	/** By variable and group. */
	private readonly found = new Map<string, RowsOfDesign>();
	private width = 1;

	start({ width }: Collected): void {
		this.width = width;
	}

	add(block: CodedBlock): void {
		const { rows, states, group, weights, vector, width, unit } = block;
		for (const [variable, own] of states.entries()) {
			const seen = new Set<string>();
			for (let row = 0; row < rows; row++) {
				const state = own[row] as number;
				const start = (vector[row] as number) * width;
				const isCounted = (group[row] as number) >= 0 && (weights[start] as number) > 0;
				if (!isCounted || !(state === YES || state === NO || state >= FIRST_COUNT)) continue;
				const known = this.at(variable, group[row] as number);
				known.rows += 1;
				if (unit !== null) {
					known.units.add(unit[row] as number);
					continue;
				}
				const turn = `${group[row]} ${vector[row]}`;
				if (seen.has(turn)) continue;
				seen.add(turn);
				const factors = factorsOf(weights.subarray(start, start + width));
				known.vectors.add(factors, hashOf(factors));
			}
		}
	}

	addVector(group: number, factors: Float64Array, rows: readonly number[]): void {
		for (const [variable, count] of rows.entries()) {
			if (count === 0) continue;
			const known = this.at(variable, group);
			known.rows += count;
			known.vectors.add(factors, hashOf(factors));
		}
	}

	addUnit(group: number, unit: number, rows: readonly number[]): void {
		for (const [variable, count] of rows.entries()) {
			if (count === 0) continue;
			const known = this.at(variable, group);
			known.rows += count;
			known.units.add(unit);
		}
	}

	/** Rows of several groups together. */
	of(variable: number, groups: readonly number[]): RowsOfDesign {
		const whole = this.make();
		for (const group of groups) {
			const part = this.at(variable, group);
			whole.rows += part.rows;
			whole.vectors.merge(part.vectors);
			whole.units.addAll(part.units);
		}
		return whole;
	}

	private at(variable: number, group: number): RowsOfDesign {
		const key = `${variable} ${group}`;
		const known = this.found.get(key) ?? this.make();
		this.found.set(key, known);
		return known;
	}

	private make(): RowsOfDesign {
		return { rows: 0, vectors: new ReplicateVectors(this.width - 1), units: new IndexSet() };
	}
}

function factorsOf(weights: Float64Array): Float64Array {
	const whole = weights[0] as number;
	return weights.map((weight) => weight / whole);
}

/** Equal hashes for factors that agree to three decimals. */
function hashOf(factors: Float64Array): number {
	return factors.reduce((hash, factor) => (Math.imul(hash, 31) + Math.round(1000 * factor)) | 0, 0);
}
