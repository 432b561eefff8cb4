import type { PlansExplained } from "../analysis/survey/planned.js";
import type { ResultSet } from "../results/result-set.js";

/** The inputs of a script. */
export interface Emission {
	results: ResultSet;
	/** The plan they were read by, as plain data. */
	plans: PlansExplained;
	/** Files as they were named. */
	files: readonly string[];
}

/** The settings that somebody chose, for the head of a script: name and value. */
export function askedSettings({ settings }: ResultSet): [name: string, value: unknown][] {
	const { lang: _, command: __, ...said } = settings as Record<string, unknown>;
	return Object.entries(said).filter(
		([, value]) => value !== null && value !== false && [value].flat().length > 0,
	);
}
