import type { RatesSpec } from "../index.js";
import type { OutputOptions } from "./run.js";

/** Options as they are typed: singular where they may be repeated. */
export type SpecOptions<T> = Omit<
	T,
	"topics" | "items" | "language" | "extras" | "variables" | "quantiles" | "countries"
> & {
	topic?: string[];
	item?: string[];
	with?: string[];
};

/** Options → what the library is asked. */
export function specOf<T extends RatesSpec>(
	options: SpecOptions<T> & OutputOptions,
	language: string | undefined,
): T {
	const {
		topic,
		item,
		with: extras,
		lang: _,
		format: __,
		out: ___,
		chart: ____,
		kind: _____,
		theme: ______,
		wide: _______,
		keys: ________,
		quiet: _________,
		failOn: __________,
		explainPlan: ___________,
		...rest
	} = options;
	return { ...rest, topics: topic, items: item, extras, language } as unknown as T;
}
