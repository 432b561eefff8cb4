import { UserError } from "../../base/errors.js";
import type { Source } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import { LookupTable } from "../../read/columns/lookup-table.js";
import type { Codebook } from "../definition/schema.js";
import { canonicalCode } from "../meaning/states.js";

/** Whether a file describes schools by a codebook, and not its teachers. */
export function isSchoolFile(
	{ columns, name }: Pick<Source, "columns" | "name">,
	codebook: Codebook,
): boolean {
	const { schools, detect, groups } = codebook;
	const has = (column: string) => columnIndex(columns, column) !== undefined;
	if (schools === undefined || detect.columns.every(has)) return false;
	const named = schools.columns === undefined ? null : new RegExp(schools.columns, "i");
	return (
		schools.files?.some((pattern) => new RegExp(pattern, "i").test(name)) ||
		columns.some((column) => named?.test(column)) ||
		Object.values(groups).some(({ file, variable }) => file === "schools" && has(variable))
	);
}

/**
 * Files of schools, to be looked up by teachers.
 * @param taken Columns of the teachers' files.
 * @throws UserError where the codebook knows no such files, or a file lacks what tells schools apart.
 */
export function schoolTable(
	files: readonly Source[],
	taken: readonly string[],
	codebook: Codebook,
): LookupTable {
	const { ids, schools, id } = codebook;
	if (ids.school === undefined) {
		throw new UserError(`${id} names no column of schools, so nothing can be joined to teachers`, {
			hint: "name it in the codebook: ids: { school: COLUMN }",
		});
	}
	const named = schools?.keys ?? [ids.country, ids.population, ids.school].flatMap((key) => key ?? []);
	const keys = named.flatMap((names) => {
		const ours = [names].flat().filter((name) => columnIndex(taken, name) !== undefined);
		const key = ours.find((name) => files.every(({ columns }) => columnIndex(columns, name) !== undefined));
		if (key === undefined && ours.length > 0) throw lacking(files, ours);
		return key ?? [];
	});
	if (columnIndex(taken, ids.school) === undefined) {
		throw new UserError(`the teachers' file has no column ${ids.school}, so schools cannot be identified`, {
			hint: "give the file with its school ids",
		});
	}
	return new LookupTable(files, taken, keys, "school", (text) => canonicalCode(text).toUpperCase());
}

function lacking(files: readonly Source[], names: readonly string[]): UserError {
	const [name = ""] = names;
	const file = files.find(({ columns }) => columnIndex(columns, name) === undefined) as Source;
	return new UserError(`has no column ${names.join(" or ")}, by which schools are joined to their teachers`, {
		where: { file: file.name },
		hint: "give the file with its ids",
	});
}
