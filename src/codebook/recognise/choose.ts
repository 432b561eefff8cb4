import { codebookIds, loadCodebook } from "../definition/library.js";
import type { Codebook } from "../definition/schema.js";
import { detectCodebook, fittingCodebook } from "./detect.js";
import { refusalOf } from "./refused-files.js";
import { schoolsAlone } from "./schools-alone.js";

/**
 * The codebook asked for, or that of another cycle which it names and the file fits; else the shipped one that the file fits.
 * @throws UserError where none fits, or where the file is one of the publisher's that holds no teachers.
 */
export function chooseCodebook(asked: string | null, columns: readonly string[], file: string): Codebook {
	if (asked === null) {
		const all = codebookIds().map(loadCodebook);
		return schoolsAlone({ columns, name: file }, all) ?? detectCodebook(columns, file, all);
	}
	const own = loadCodebook(asked);
	const cycles = (own.publisher?.codebooks ?? []).map(loadCodebook);
	const fitting =
		schoolsAlone({ columns, name: file }, [own, ...cycles]) ??
		fittingCodebook(columns, file, [own, ...cycles]);
	const refusal = fitting === undefined ? refusalOf(columns, file, [own]) : undefined;
	if (refusal !== undefined) throw refusal;
	return fitting ?? own;
}
