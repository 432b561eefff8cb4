import { UserError } from "../../base/errors.js";
import type { Codebook } from "../definition/schema.js";

/** Why a file that fits no codebook cannot be used, where a publisher's codebook says what it is. */
export function refusalOf(
	columns: readonly string[],
	file: string,
	codebooks: readonly Pick<Codebook, "publisher">[],
): UserError | undefined {
	const refused = codebooks.flatMap(({ publisher }) => publisher?.refused ?? []);
	const has = (pattern: string) => columns.some((column) => new RegExp(pattern, "i").test(column));
	const found =
		refused.find(({ columns: theirs }) => has(theirs)) ??
		refused.find(({ files }) => new RegExp(files, "i").test(file));
	return found && new UserError(found.message, { where: { file }, hint: found.hint });
}
