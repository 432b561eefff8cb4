import { UserError } from "../../base/errors.js";

/** Places by spelling, computed once per header. */
const headers = new WeakMap<readonly string[], Map<string, number[]>>();

/** A column's name without what an export may change: case, line ends and runs of blanks, composed letters. */
function spelling(name: string): string {
	return name.normalize("NFC").replace(/\s+/g, " ").trim().toUpperCase();
}

/**
 * Places in a header of the columns of a name. `NAME #2` is the second of several columns called NAME.
 */
export function columnPlaces(columns: readonly string[], name: string): readonly number[] {
	let places = headers.get(columns);
	if (places === undefined) {
		places = new Map();
		for (const [index, column] of columns.entries()) {
			const key = spelling(column);
			const known = places.get(key);
			if (known === undefined) places.set(key, [index]);
			else known.push(index);
		}
		headers.set(columns, places);
	}
	const found = places.get(spelling(name));
	if (found !== undefined) return found;
	const [, start = "", number = ""] = /^(.+) #(\d+)$/s.exec(name.trim()) ?? [];
	const place = places.get(spelling(start))?.[Number(number) - 1];
	return place === undefined ? [] : [place];
}

/**
 * The name that stands for one column of a header: its own, or `NAME #2` where several have it.
 * @throws UserError where that is the name of another column, so the name is ambiguous.
 */
export function columnName(columns: readonly string[], place: number): string {
	const own = columns[place] as string;
	const places = columnPlaces(columns, own);
	const name = places.length === 1 ? own : `${own} #${places.indexOf(place) + 1}`;
	if (columnPlaces(columns, name)[0] === place) return name;
	throw new UserError(`the file has a column called "${name}" and several called "${own}"`, {
		hint: "rename one of them",
	});
}

/** Place in another header of a column, by its name and its rank among those of that name. */
export function samePlace(
	columns: readonly string[],
	from: readonly string[],
	column: number,
): number | undefined {
	const name = from[column] as string;
	return columnPlaces(columns, name)[columnPlaces(from, name).indexOf(column)];
}

/** Place of a column in the header, whatever the case it is written in; undefined where it is absent. */
export function columnIndex(columns: readonly string[], name: string): number | undefined {
	return columnPlaces(columns, name)[0];
}

/**
 * The same for a column whose values decide numbers.
 * @throws UserError where several columns have that name.
 */
export function usedColumn(columns: readonly string[], name: string): number | undefined {
	const places = columnPlaces(columns, name);
	if (places.length < 2) return places[0];
	throw new UserError(`the file has ${places.length} columns called "${name}"`, {
		hint: `say which one in the codebook: "${name} #1" or "${name} #2"`,
	});
}
