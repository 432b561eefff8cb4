import type { Group, ResultSet } from "./result-set.js";

/** Flags of rows by the values of some breakdowns. */
type Flags = ReadonlyMap<string, ReadonlySet<string | undefined>>;

/** Cache of the flags in results, by the requested breakdowns. */
const known = new WeakMap<ResultSet, Map<string, Flags>>();

/**
 * The publisher's caution mark of a group, such as "*" after a country; "" if it has none, or if only some of its
 * figures have it.
 * @param group Values that identify the rows: all breakdowns of a row, or some.
 */
function markOf(results: ResultSet, group: Group): string {
	const ids = Object.keys(group).sort();
	const flags = flagsBy(results, ids).get(keyOf(group, ids)) ?? new Set();
	const [flag] = flags;
	return flag === undefined || flags.size > 1 ? "" : flag;
}

function flagsBy(results: ResultSet, ids: readonly string[]): Flags {
	const all = known.get(results) ?? new Map<string, Flags>();
	known.set(results, all);
	const key = ids.join("\n");
	const flags = all.get(key) ?? findFlags(results, ids);
	all.set(key, flags);
	return flags;
}

function findFlags(
	{ estimates, comparisons, models = [], relations = [], alphas = [] }: ResultSet,
	ids: readonly string[],
): Flags {
	const found = new Map<string, Set<string | undefined>>();
	const add = (group: Group, flag: string | undefined) => {
		if (!ids.every((id) => id in group)) return;
		const key = keyOf(group, ids);
		found.set(key, (found.get(key) ?? new Set()).add(flag));
	};
	for (const { group, flag } of [...estimates, ...models, ...relations, ...alphas]) add(group, flag);
	for (const { group, between, a, b } of comparisons) {
		add({ ...group, [between.variable]: between.a }, a.flag);
		add({ ...group, [between.variable]: between.b }, b.flag);
	}
	return found;
}

function keyOf(group: Group, ids: readonly string[]): string {
	return JSON.stringify(ids.map((id) => group[id]));
}

/** A name with its caution mark; only countries and economies have one. */
export function marked(name: string, id: string, group: Group, results: ResultSet): string {
	return id === "country" ? `${name}${shownMark(markOf(results, group))}` : name;
}

/** A caution mark in print. A star would be read as a significant difference. */
export function shownMark(mark: string): string {
	return mark.replaceAll("*", "†");
}

/** What the caution marks in results mean. */
export function cautionNotes({ notes }: ResultSet): string[] {
	return notes.filter(({ code }) => CAUTIONS.includes(code)).map(({ text }) => text);
}

const CAUTIONS = ["caution", "caution-declared", "published-flagged"];
