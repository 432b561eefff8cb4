import { codebookIds, loadCodebook } from "../definition/library.js";
import type { Codebook } from "../definition/schema.js";
import { detectCodebook, fittingCodebook } from "./detect.js";
import { refusalOf } from "./refused-files.js";

/**
 * The codebook asked for, or that of another cycle which it names and the file fits; else the shipped one that the file fits.
 * @throws UserError where none fits, or where the file is one of the publisher's that holds no teachers.
 */
export function chooseCodebook(asked: string | null, columns: readonly string[], file: string): Codebook {
	if (asked === null) return detectCodebook(columns, file, codebookIds().map(loadCodebook));
	const own = loadCodebook(asked);
	const cycles = (own.publisher?.codebooks ?? []).map(loadCodebook);
	const fitting = fittingCodebook(columns, file, [own, ...cycles]);
	const refusal = fitting === undefined ? refusalOf(columns, file, [own]) : undefined;
	if (refusal !== undefined) throw refusal;
	return fitting ?? own;
}
