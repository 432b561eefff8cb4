import { UserError } from "../errors.js";
import type { Codebook } from "./schema.js";

/**
 * The codebook a file was written by, told from its columns; between codebooks that fit alike, from its
 * name.
 * @throws UserError where none fits.
 */
export function detectCodebook(
	columns: readonly string[],
	file: string,
	codebooks: readonly Codebook[],
): Codebook {
	const present = new Set(columns.map((column) => column.toUpperCase()));
	const fitting = codebooks.filter((codebook) =>
		codebook.detect.columns.every((column) => present.has(column.toUpperCase())),
	);
	const named = fitting.find((codebook) =>
		codebook.detect.files?.some((pattern) => new RegExp(pattern, "i").test(file)),
	);
	const found = named ?? fitting[0];
	if (found !== undefined) return found;
	throw unknownFile(present, file, codebooks);
}

/** Says what is missing from the codebook that comes nearest. */
function unknownFile(present: Set<string>, file: string, codebooks: readonly Codebook[]): UserError {
	const gaps = codebooks.map((codebook) => ({
		codebook,
		missing: codebook.detect.columns.filter((column) => !present.has(column.toUpperCase())),
	}));
	const nearest = gaps.toSorted((a, b) => a.missing.length - b.missing.length)[0];
	if (nearest !== undefined && nearest.missing.length < nearest.codebook.detect.columns.length) {
		return new UserError(
			`looks like ${nearest.codebook.survey.en} but has no column ${nearest.missing.join(", ")}`,
			{
				where: { file },
				hint: "use the file as published, or name a codebook with --codebook",
			},
		);
	}
	return new UserError("is of no survey the tool knows", {
		where: { file },
		hint: "check the header row, or name a codebook with --codebook",
	});
}
