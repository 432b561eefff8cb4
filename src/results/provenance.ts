import type { ResultSet } from "./result-set.js";

/** The provenance of a number, under its JSON names: `source.0.sha256`, `design.method`, `settings.where`. */
export type Provenance = readonly (readonly [name: string, value: string | number])[];

/**
 * The provenance of results: version of the tool, files with SHA-256 and rows, rows used, codes that counted as
 * missing, codebook with version and hash of its rules, design, bases, and settings, filters among them. All writers
 * print exactly this, so all outputs of a result agree.
 * @example
 * provenanceOf(results).find(([name]) => name === "source.0.sha256");
 */
export function provenanceOf(results: ResultSet): Provenance {
	const { schema, tool, source, codebook, design, counted, settings } = results;
	return flat({ schema, tool, source, codebook, design, counted, bases: basesOf(results), settings }, "");
}

/** The base of the numbers. */
function basesOf({ estimates, comparisons, models = [] }: ResultSet): string[] {
	return [...new Set([...estimates, ...comparisons, ...models].map(({ base }) => base))];
}

/** The provenance as one line of JSON, for formats with space for a text. */
export function provenanceText(results: ResultSet): string {
	return JSON.stringify(Object.fromEntries(provenanceOf(results)));
}

/** The provenance as a Markdown comment that its content cannot close. */
export function provenanceComment(results: ResultSet): string {
	return `<!-- provenance ${provenanceText(results).replaceAll(">", "\\u003e")} -->`;
}

function flat(value: unknown, path: string): [string, string | number][] {
	if (value === undefined || value === null || value === false) return [];
	if (Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null)) {
		return value.length === 0 ? [] : [[path, value.join(", ")]];
	}
	if (typeof value === "object") {
		const parts = Object.entries(value);
		// A file that was read back may have its settings in another order.
		if (path !== "" && !Array.isArray(value)) parts.sort(([a], [b]) => (a < b ? -1 : 1));
		return parts.flatMap(([key, one]) => flat(one, path === "" ? key : `${path}.${key}`));
	}
	return [[path, typeof value === "number" ? value : String(value)]];
}
