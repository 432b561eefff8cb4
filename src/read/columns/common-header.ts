import { type Header, NOTHING_SAID, type Source, type Variable } from "../block.js";
import { samePlace } from "./column-names.js";

/**
 * One header for files that are read as one: the columns of the first, then what others have besides. The first file
 * that describes a column decides its description.
 */
export function commonHeader(sources: readonly Source[]): Header {
	const columns: string[] = [];
	for (const { columns: theirs } of sources) {
		// Against the header so far, so that a file's own two columns of one name stay two.
		const known = [...columns];
		columns.push(...theirs.filter((_, place) => samePlace(known, theirs, place) === undefined));
	}
	const [sheets] = sources.flatMap((source) => source.sheets ?? []);
	const header = { columns, ...(sheets && { sheets }) };
	if (sources.every(({ variables }) => variables === undefined)) return header;
	return { ...header, variables: columns.map((_, column) => describedBy(sources, columns, column)) };
}

function describedBy(sources: readonly Source[], columns: readonly string[], column: number): Variable {
	for (const { columns: theirs, variables } of sources) {
		const place = variables === undefined ? undefined : samePlace(theirs, columns, column);
		const said = place === undefined ? undefined : variables?.[place];
		if (said !== undefined && said !== NOTHING_SAID) return said;
	}
	return NOTHING_SAID;
}
