import type { PlansExplained } from "../analysis/survey/planned.js";
import type { ResultSet } from "../results/result-set.js";

/** What a script is made of. */
export interface Emission {
	results: ResultSet;
	/** What was read for them, as plain data. */
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
