import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { didYouMean } from "../base/suggest.js";
import { familyOf } from "../codebook/definition/family.js";
import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { OWN_KEYS } from "../present/rows/own-columns.js";
import type { Keys } from "../present/rows/wide.js";
import type { ResultSet } from "../results/result-set.js";
import { namedColumns, publisherNaming } from "./named-columns.js";

/** The tool's own column names, which every result has. */
const OWN = "own";

/**
 * Checks a value of `--keys` before any computation.
 * @param codebook The user's own; absent for the shipped ones.
 * @throws UserError where no codebook has it.
 */
export function checkKeys(name: string, codebook?: string): void {
	const known = [OWN, ...codebooksOf(codebook).flatMap((one) => one.publisher?.columns?.name ?? [])];
	if (known.includes(name)) return;
	throw new UserError(`"${name}" is not a value of --keys`, { hint: didYouMean(name, [...new Set(known)]) });
}

/**
 * How the rows and columns of a wide table are called.
 * @param codebook As in checkKeys.
 * @throws UserError for a name that no codebook has, or that of the results does not have.
 */
export function wideKeys(
	name: string | undefined,
	results: Pick<ResultSet, "codebook">,
	codebook?: string,
): Keys {
	if (name === undefined || name === OWN) return OWN_KEYS;
	checkKeys(name, codebook);
	const known = codebooksOf(codebook).find(({ id }) => id === results.codebook.id);
	const naming = publisherNaming(known);
	if (naming?.columns.name === name) return namedColumns(naming);
	throw new UserError(`the codebook ${results.codebook.id} does not say how "${name}" calls columns`, {
		hint: say`use ${option("keys", OWN)}`,
	});
}

function codebooksOf(codebook: string | undefined): Codebook[] {
	return codebook === undefined ? codebookIds().map(loadCodebook) : familyOf(loadCodebook(codebook));
}
