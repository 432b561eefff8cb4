import { UserError } from "../errors.js";
import type { ResultSet } from "../results.js";
import { didYouMean } from "../suggest.js";
import { renderCsv } from "./csv.js";
import { renderJson } from "./json.js";
import { renderMarkdown } from "./markdown.js";
import { renderTable } from "./table.js";
import type { View } from "./view.js";

/** A pure function of a result set. */
export type Renderer = (results: ResultSet, view: View) => string;

const RENDERERS: Record<string, { render: Renderer; endings: readonly string[] }> = {
	table: { render: renderTable, endings: [".txt"] },
	json: { render: renderJson, endings: [".json"] },
	csv: { render: renderCsv, endings: [".csv"] },
	markdown: { render: renderMarkdown, endings: [".md", ".markdown"] },
};

/** Names of the formats a result can be shown in. */
export const FORMATS: readonly string[] = Object.keys(RENDERERS);

/**
 * Results → text.
 * @throws UserError for an unknown format.
 */
export function render(format: string, results: ResultSet, view: View): string {
	const known = RENDERERS[format];
	if (known === undefined) {
		throw new UserError(`there is no format "${format}"`, { hint: didYouMean(format, FORMATS) });
	}
	return known.render(results, view);
}

/**
 * The format a file's ending asks for.
 * @throws UserError for an ending no format has.
 */
export function formatOfFile(file: string): string {
	const found = Object.entries(RENDERERS).find(([, { endings }]) =>
		endings.some((ending) => file.toLowerCase().endsWith(ending)),
	);
	if (found !== undefined) return found[0];
	const endings = Object.values(RENDERERS).flatMap((renderer) => renderer.endings);
	throw new UserError(`"${file}" has no ending a table can be written as`, {
		hint: `use ${endings.join(", ")}, or say --format`,
	});
}
