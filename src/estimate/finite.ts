/** A number as JSON can hold it: null where there is none. */
export function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
