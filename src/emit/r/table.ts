import { argument, call, number, text, texts, vector } from "./write.js";

/** A table of results in a script: one column per part, each of texts or of numbers. */
export type ScriptColumn = readonly (string | null)[] | readonly (number | null)[];

/** `data.frame(…)`, one column per line. */
export function dataFrame(columns: Readonly<Record<string, ScriptColumn>>): string {
	const lines = Object.entries(columns).map(([name, values]) => `  ${argument(text(name), column(values))}`);
	return `data.frame(\n${lines.join(",\n")},\n  check.names = FALSE\n)`;
}

function column(values: ScriptColumn): string {
	if (values.length > 0 && values.every((value) => value === values[0])) {
		return call("rep", written(values[0] ?? null), number(values.length));
	}
	if (values.every((value) => typeof value === "string")) return texts(values as string[]);
	return vector(values.map(written));
}

function written(value: string | number | null): string {
	return typeof value === "string" ? text(value) : number(value);
}
