/** Σ w by sampling unit, stored only for units that occur. */
export class UnitSums {
	private readonly units: number[] = [];
	private readonly sums: number[] = [];

	/** Rows of one unit usually follow each other, so checking the last unit is enough. */
	add(unit: number, weight: number): void {
		const last = this.units.length - 1;
		if (this.units[last] === unit) this.sums[last] = (this.sums[last] as number) + weight;
		else {
			this.units.push(unit);
			this.sums.push(weight);
		}
	}

	addAll(other: UnitSums): void {
		for (const [index, unit] of other.units.entries()) this.add(unit, other.sums[index] as number);
	}

	/** Adds each unit's sum to its position in a vector whose element 0 is the total. */
	scatter(into: Float64Array): void {
		for (const [index, unit] of this.units.entries()) {
			into[unit + 1] = (into[unit + 1] as number) + (this.sums[index] as number);
		}
	}
}
