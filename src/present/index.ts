import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { didYouMean } from "../base/suggest.js";
import type { ResultSet } from "../results/result-set.js";
import { checkShowable } from "../results/showable.js";
import { FORMAT_INFOS, FORMATS, type FormatName, formatInfo } from "./format-list.js";
import { renderCsv } from "./formats/csv.js";
import { renderHtml } from "./formats/html.js";
import { renderJson } from "./formats/json.js";
import { renderLatex } from "./formats/latex.js";
import { renderMarkdown } from "./formats/markdown.js";
import { renderTable } from "./formats/table.js";
import type { View } from "./view.js";

export { FORMATS } from "./format-list.js";
export { OWN_KEYS } from "./rows/own-columns.js";

export type { Picture, View } from "./view.js";

/** A pure function of a result set. Renderers load on demand, and those that return bytes load their library. */
type Renderer<T> = (results: ResultSet, view: View) => T;

const RENDERERS: Record<FormatName, Renderer<string> | { bytes: Renderer<Promise<Uint8Array>> }> = {
	table: (results, view) => renderTable(results, view),
	json: (results) => renderJson(results),
	csv: (results, view) => renderCsv(results, view),
	xlsx: { bytes: async (results, view) => (await import("./formats/xlsx.js")).renderXlsx(results, view) },
	markdown: (results, view) => renderMarkdown(results, view),
	html: (results, view) => renderHtml(results, view),
	latex: (results, view) => renderLatex(results, view),
};

/**
 * Renders results as text.
 * @throws UserError for an unknown or binary format, or a layout that the format does not have.
 */
export function renderText(format: string, results: ResultSet, view: View): string {
	const renderer = rendererOf(format, results, view);
	if (typeof renderer === "function") return renderer(results, view);
	throw new UserError(`${format} is no text`, { hint: "write it to a file" });
}

/**
 * Renders results as file content in any format.
 * @throws UserError as `renderText` does.
 */
export async function renderFile(
	format: string,
	results: ResultSet,
	view: View,
): Promise<string | Uint8Array> {
	const renderer = rendererOf(format, results, view);
	return typeof renderer === "function" ? renderer(results, view) : renderer.bytes(results, view);
}

function rendererOf(format: string, results: ResultSet, view: View) {
	const name = checkFormat(format, view.wide !== undefined);
	if (formatInfo(name).data !== true || name === "xlsx") checkShowable(results);
	return RENDERERS[name];
}

/** Whether a format's content can be printed on a terminal. */
export function isText(format: string): boolean {
	return formatInfo(known(format)).binary !== true;
}

/** Whether a format has rows for programs. */
export function isData(format: string): boolean {
	return formatInfo(known(format)).data === true;
}

/** @throws UserError for an unknown format, or one without the requested wide layout. */
export function checkFormat(format: string, wide: boolean): FormatName {
	const name = known(format);
	if (!wide || formatInfo(name).data === true) return name;
	const able = FORMAT_INFOS.filter(({ data }) => data === true).map(({ name }) => name);
	throw new UserError(`${name} has no wide layout`, {
		hint: say`use ${option("format", able.join(" or "))}`,
	});
}

function known(format: string): FormatName {
	const found = FORMATS.find((name) => name === format);
	if (found !== undefined) return found;
	throw new UserError(`there is no format "${format}"`, { hint: didYouMean(format, FORMATS) });
}

/** Whether a file's ending belongs to a results format that is not plain text. */
export function isResultsName(file: string): boolean {
	return FORMAT_INFOS.some(
		({ name, endings }) => name !== "table" && endings.some((ending) => file.toLowerCase().endsWith(ending)),
	);
}

/**
 * The format that a file's ending selects.
 * @throws UserError for an unknown ending.
 */
export function formatOfFile(file: string): FormatName {
	const found = FORMAT_INFOS.find(({ endings }) =>
		endings.some((ending) => file.toLowerCase().endsWith(ending)),
	);
	if (found !== undefined) return found.name;
	const endings = FORMAT_INFOS.flatMap(({ endings }) => endings);
	throw new UserError(`"${file}" has no ending a table can be written as`, {
		hint: say`use ${endings.join(", ")}, or say ${option("format")}`,
	});
}
