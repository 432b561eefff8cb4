/** JSON has no NaN or infinity; null takes their place. */
export function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
