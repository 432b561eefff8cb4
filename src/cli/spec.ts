import { FLAGS } from "../internal.js";
import { LOOK_OPTIONS } from "./charts.js";
import { MANNERS } from "./manners.js";
import type { OutputOptions } from "./run.js";

/** Options as they are typed, by the names of their flags. */
export type TypedOptions = OutputOptions & Record<string, unknown>;

/** What a command does with its results, which no question is asked of. */
const OF_OUTPUT: readonly string[] = [
	...[
		"lang",
		"format",
		"out",
		"wide",
		"plot",
		"keys",
		"layout",
		"width",
		"sizes",
		"labels",
		"provenance",
		"open",
		"chart",
		...LOOK_OPTIONS,
		"failOn",
	],
	...MANNERS,
	...["sheet", "encoding", "explainPlan", "emit", "dialect"],
];

const KEYS = Object.fromEntries(Object.entries(FLAGS).map(([key, flag]) => [flag, key]));

/** Options as they are typed → what the library is asked. */
export function specOf<T extends object>(options: TypedOptions, language: string | undefined): T {
	const asked = Object.entries(options).filter(([name]) => !OF_OUTPUT.includes(name));
	return { ...Object.fromEntries(asked.map(([name, value]) => [KEYS[name] ?? name, value])), language } as T;
}
