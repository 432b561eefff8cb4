/** Breakdowns in which every value is a separate sample. */
export const SAMPLES = ["country", "population"] as const;

/** Whether a breakdown separates samples. */
export function tellsSamples(id: string): boolean {
	return SAMPLES.some((sample) => sample === id);
}
