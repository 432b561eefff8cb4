/** Numbers that are no farther apart are the same: what a reader in between, or another order of sums, may cost. */
export const SAME = 1e-9;

/** How far a number is from what it should be, relative to what is beyond 1. */
export function distanceFrom(reference: number, value: number): number {
	return Math.abs(value - reference) / Math.max(1, Math.abs(reference));
}
