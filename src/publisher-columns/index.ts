import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import { OWN_KEYS } from "../present/rows/own-columns.js";
import type { Keys } from "../present/rows/wide.js";
import type { ResultSet } from "../results/result-set.js";
import { oneOf } from "../settings/values.js";
import { publisherKeys } from "./oecd-columns.js";

/** Ways to call the columns of wide tables. */
export const KEYS = ["own", "oecd"] as const;

/**
 * How the rows and columns of a wide table are called.
 * @throws UserError for another name, and for OECD's names of results whose codebook does not have them.
 */
export function wideKeys(name: string | undefined, { codebook }: Pick<ResultSet, "codebook">): Keys {
	if (oneOf("keys", name ?? "own", KEYS) === "own") return OWN_KEYS;
	if (codebookIds().includes(codebook.id)) {
		const known = loadCodebook(codebook.id);
		if (known.published !== undefined) return publisherKeys(known, known.published);
	}
	throw new UserError(`the codebook ${codebook.id} has no names of OECD's tables`, {
		hint: say`use ${option("keys", "own")}`,
	});
}
