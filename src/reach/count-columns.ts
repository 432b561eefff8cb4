import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import { option, say } from "../base/say.js";
import { columnPlaces } from "../read/columns/column-names.js";
import { recognisedWords } from "../wording/recognised-words.js";

/** Columns of administrative counts. */
const KINDS = ["program", "year", "trained", "eligible", "share"] as const;

export type CountColumn = (typeof KINDS)[number];

/** The names they go by, in all languages. */
const names = once(() => {
	const called = (kind: CountColumn) => recognisedWords(`counts.${kind}`);
	const pattern = (kind: CountColumn) =>
		new RegExp(kind === "share" ? `^(%|${called(kind)})(\\P{L}.*)?$` : called(kind), "iu");
	return Object.fromEntries(KINDS.map((kind) => [kind, pattern(kind)])) as Record<CountColumn, RegExp>;
});

/** A published percentage can stand in for the number it is of. */
const OPTIONAL: readonly CountColumn[] = ["eligible", "share"];

/** Place of each column in the header. */
export type CountColumns = Partial<Record<CountColumn, number>> &
	Record<"program" | "year" | "trained", number>;

/**
 * Finds the columns by their names in any language, or as they are named.
 * @param named `program=COLUMN`, one per text.
 * @throws UserError where one is absent, could be several, or where the argument cannot be parsed.
 */
export function countColumns(
	columns: readonly string[],
	file: string,
	named: readonly string[],
): CountColumns {
	const given = new Map(named.map((text) => namedColumn(text, columns, file)));
	const taken = new Set(given.values());
	const found = KINDS.flatMap((kind): [CountColumn, number][] => {
		const own = given.get(kind);
		if (own !== undefined) return [[kind, own]];
		const fitting = columns.flatMap((name, place) =>
			names()[kind].test(name.trim()) && !taken.has(place) ? [place] : [],
		);
		const [place] = fitting;
		if (fitting.length > 1) {
			const names = fitting.map((one) => `"${columns[one]}"`).join(", ");
			throw new UserError(`several columns could be ${kind}: ${names}`, {
				where: { file },
				hint: say`say which one: ${option("columns", `${kind}=COLUMN`)}`,
			});
		}
		return place === undefined ? [] : [[kind, place]];
	});
	const places = Object.fromEntries(found) as Partial<CountColumns>;
	const lost = KINDS.find((kind) => places[kind] === undefined && !OPTIONAL.includes(kind));
	const absent = lost ?? (OPTIONAL.every((kind) => places[kind] === undefined) ? "eligible" : undefined);
	if (absent === undefined) return places as CountColumns;
	throw new UserError(`has no column for ${absent}`, {
		where: { file },
		hint: say`it has ${listed(columns)}; say which one: ${option("columns", `${absent}=COLUMN`)}`,
	});
}

/** Counts have few columns; a file of many is another one. */
const MOST_LISTED = 12;

function listed(columns: readonly string[]): string {
	return [...columns.slice(0, MOST_LISTED), ...(columns.length > MOST_LISTED ? ["…"] : [])].join(", ");
}

function namedColumn(text: string, columns: readonly string[], file: string): [CountColumn, number] {
	const [, kind = "", name = ""] = /^\s*(\w+)\s*=\s*(.+)$/su.exec(text) ?? [];
	if (!(KINDS as readonly string[]).includes(kind)) {
		throw new UserError(say`"${text}" is not a value of ${option("columns")}`, {
			hint: `write ${KINDS.map((one) => `${one}=COLUMN`).join(",")}`,
		});
	}
	const places = columnPlaces(columns, name);
	if (places.length === 1) return [kind as CountColumn, places[0] as number];
	throw new UserError(places.length === 0 ? `has no column "${name}"` : `has several columns "${name}"`, {
		where: { file },
		hint: `it has ${listed(columns)}`,
	});
}
