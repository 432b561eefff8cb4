import { UserError } from "../../base/errors.js";
import type { Source } from "../../read/block.js";
import { columnIndex, samePlace } from "../../read/columns/column-names.js";
import { withConstant } from "../../read/columns/constant-column.js";
import type { Codebook } from "../definition/schema.js";
import { answersOf } from "../meaning/answers.js";

/** Columns of items that some of several files lack, by file. */
export type Unasked = ReadonlyMap<string, readonly string[]>;

/**
 * Files that are read as one, each with all the items that are asked for: where a file lacks the column of an item,
 * its teachers were not asked, as those whose cells hold the code for that.
 * @param columns Header of all files together.
 * @param wanted Those of its columns that are read.
 * @throws UserError where a file has none of the items.
 */
export function withUnasked(
	sources: readonly Source[],
	columns: readonly string[],
	wanted: readonly string[],
	codebook: Codebook,
): { sources: Source[]; unasked: Unasked } {
	const codes = wanted.flatMap((wantedName) => {
		const column = columnIndex(columns, wantedName) as number;
		const code = codeOfUnasked(codebook, columns, column);
		return code === undefined ? [] : [{ column, name: columns[column] as string, code }];
	});
	const unasked = new Map<string, readonly string[]>();
	const whole = sources.map((source) => {
		const absent = codes.filter(({ column }) => samePlace(source.columns, columns, column) === undefined);
		if (absent.length === 0) return source;
		if (absent.length === codes.length) throw noneOf(source, absent[0]?.name ?? "");
		unasked.set(
			source.name,
			absent.map(({ name }) => name.toUpperCase()),
		);
		return absent.reduce((made, { name, code }) => withConstant(made, name, code), source);
	});
	return { sources: whole, unasked };
}

/** The code that says an item was not administered; undefined for other columns, and where there is no such code. */
function codeOfUnasked(codebook: Codebook, columns: readonly string[], column: number): string | undefined {
	for (const topic of Object.values(codebook.topics)) {
		for (const item of Object.values(topic.items)) {
			if (columnIndex(columns, item.variable) !== column) continue;
			const { missing } = answersOf(codebook, topic, item);
			return Object.keys(missing).find((code) => missing[code] === "not-administered");
		}
	}
	return undefined;
}

function noneOf({ name }: Source, column: string): UserError {
	return new UserError(`has none of the columns asked for, such as ${column}, which other files have`, {
		where: { file: name },
		hint: "give files of one survey, or leave this one out",
	});
}
