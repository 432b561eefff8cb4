/** Places by spelling, worked out once a header. */
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

/** Place in another header of a column, by its name and its rank among those of that name. */
export function samePlace(
	columns: readonly string[],
	from: readonly string[],
	column: number,
): number | undefined {
	const name = from[column] as string;
	return columnPlaces(columns, name)[columnPlaces(from, name).indexOf(column)];
}
