import { codebookIds, loadCodebook } from "../definition/library.js";
import type { Codebook } from "../definition/schema.js";
import { detectCodebook } from "./detect.js";

/**
 * The codebook asked for, else the one the file's columns fit.
 * @throws UserError where none fits.
 */
export function chooseCodebook(asked: string | null, columns: readonly string[], file: string): Codebook {
	if (asked !== null) return loadCodebook(asked);
	return detectCodebook(columns, file, codebookIds().map(loadCodebook));
}
