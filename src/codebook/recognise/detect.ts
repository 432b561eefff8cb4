import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Codebook } from "../definition/schema.js";
import { refusalOf } from "./refused-files.js";

/**
 * The codebook a file was written by.
 * @throws UserError where none fits.
 */
export function detectCodebook(
	columns: readonly string[],
	file: string,
	codebooks: readonly Codebook[],
): Codebook {
	const found = fittingCodebook(columns, file, codebooks);
	if (found !== undefined) return found;
	const present = new Set(columns.map((column) => column.toUpperCase()));
	throw refusalOf(columns, file, codebooks) ?? unknownFile(present, file, codebooks);
}

/**
 * The same, told from the file's columns; between codebooks that fit alike, and where a file has only some of the columns,
 * from its name.
 */
export function fittingCodebook(
	columns: readonly string[],
	file: string,
	codebooks: readonly Codebook[],
): Codebook | undefined {
	const present = new Set(columns.map((column) => column.toUpperCase()));
	const has = (column: string) => present.has(column.toUpperCase());
	const isNamed = ({ detect }: Codebook) =>
		detect.files?.some((pattern) => new RegExp(pattern, "i").test(file)) ?? false;
	const fitting = codebooks.filter(({ detect }) => detect.columns.every(has));
	return (
		fitting.find(isNamed) ??
		fitting[0] ??
		codebooks.find((codebook) => isNamed(codebook) && codebook.detect.columns.some(has))
	);
}

/** Says what is missing from the codebook that comes nearest; one column of many in common is no resemblance. */
function unknownFile(present: Set<string>, file: string, codebooks: readonly Codebook[]): UserError {
	const gaps = codebooks.map((codebook) => ({
		codebook,
		missing: codebook.detect.columns.filter((column) => !present.has(column.toUpperCase())),
	}));
	const nearest = gaps.toSorted((a, b) => a.missing.length - b.missing.length)[0];
	if (nearest !== undefined && 3 * nearest.missing.length <= 2 * nearest.codebook.detect.columns.length) {
		const what = nearest.missing.length === 1 ? "column" : "columns";
		return new UserError(
			`looks like ${nearest.codebook.survey.en} but has no ${what} ${nearest.missing.join(", ")}`,
			{
				where: { file },
				hint: say`use the file as published, or name a codebook with ${option("codebook")}`,
			},
		);
	}
	return new UserError("does not match any survey that talis-pd knows", {
		where: { file },
		hint: say`for a survey of your own draft a codebook, ${drafting(file)}, and name it with ${option("codebook")}; else check the header row`,
	});
}

/** How a codebook is drafted for a file. */
function drafting(file: string) {
	const quoted = (name: string) => (/^[\p{L}\p{N}._-]+$/u.test(name) ? name : JSON.stringify(name));
	const draft = `${file.replace(/\.\w+$/, "")}.yaml`;
	return {
		library: "codebooks.draft",
		commandLine: `talis-pd codebook init ${quoted(file)} --out ${quoted(draft)}`,
	};
}
