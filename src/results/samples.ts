/** Breakdowns whose every value is a sample of its own. */
export const SAMPLES = ["country", "population"] as const;

/** Whether a breakdown tells samples apart. */
export function tellsSamples(id: string): boolean {
	return SAMPLES.some((sample) => sample === id);
}
