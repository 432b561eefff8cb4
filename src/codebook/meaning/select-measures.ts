import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { command, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import { columnIndex, usedColumn } from "../../read/columns/column-names.js";
import type { Codebook, Item, Measure } from "../definition/schema.js";
import { findVariables } from "../variables/find.js";
import { knownVariable } from "../variables/library.js";
import { saysAll } from "../variables/words.js";
import { askedCodes, type ColumnMeaning, columnMeaning } from "./column-meaning.js";
import { itemsOf, type SelectedItem } from "./select-items.js";

/** Topic that measures stand under. */
export const MEASURES = "measures";

/** A number of the file that statistics are taken of. */
export interface SelectedMeasure extends SelectedItem {
	/** What its values are, and how far a scale's means compare between countries. */
	meaning: ColumnMeaning;
}

/**
 * Measures by key, variable, column, or words in any language; without names all that the codebook lists and the file
 * has.
 * `types` and other counts of a topic are items of their own and not found here.
 * @throws UserError for a name that nothing has.
 */
export function selectMeasures(
	codebook: Codebook,
	header: Header,
	names: readonly string[],
): { measures: SelectedMeasure[]; counts: SelectedItem[] } {
	const counts = countsOf(codebook);
	if (names.length === 0) {
		const listed = Object.entries(codebook.measures ?? {}).filter(
			([, { variable }]) => columnIndex(header.columns, variable) !== undefined,
		);
		return { measures: listed.map(([key, measure]) => fromMeasure(codebook, header, key, measure)), counts };
	}
	const found = { measures: [] as SelectedMeasure[], counts: [] as SelectedItem[] };
	for (const name of names) {
		const word = name.toLowerCase();
		const count = counts.find(({ topic, key }) => word === key || word === `${topic}:${key}`);
		if (count !== undefined) found.counts.push(count);
		else found.measures.push(...findMeasures(codebook, header, name, counts));
	}
	return { ...found, measures: [...new Map(found.measures.map((one) => [one.key, one])).values()] };
}

/** Derived rows that count, such as the number of activity types. */
function countsOf(codebook: Codebook): SelectedItem[] {
	return Object.entries(codebook.topics).flatMap(([topic, { derived = {} }]) =>
		itemsOf(codebook, topic).filter(
			({ key, item }) => item === undefined && entryOf(derived, key)?.rule === "count",
		),
	);
}

function findMeasures(
	codebook: Codebook,
	header: Header,
	name: string,
	counts: readonly SelectedItem[],
): SelectedMeasure[] {
	const { columns } = header;
	const word = name.toLowerCase();
	const measures = codebook.measures ?? {};
	const listed = Object.entries(measures).find(
		([key, { variable }]) => key === word || variable.toLowerCase() === word,
	);
	const column = usedColumn(columns, listed?.[1].variable ?? name);
	if (column === undefined) {
		const found = listed === undefined ? byWords(codebook, header, name) : [];
		if (found.length > 0) return found;
		const known = [...Object.keys(measures), ...counts.map(({ key }) => key), ...columns];
		const labels = new Map([
			...Object.entries(measures).map(([key, { label }]) => [key, label] as const),
			...counts.map(({ key, label }) => [key, label] as const),
		]);
		const hint =
			listed === undefined
				? didYouMean(name, known, { labels, listedBy: "talis-pd inspect FILE --variables" })
				: say`${command("inspect", "inspect FILE")} shows what it has`;
		throw new UserError(`the file has no column ${listed?.[1].variable ?? name}`, { hint });
	}
	if (listed !== undefined) return [fromMeasure(codebook, header, ...listed)];
	return [fromColumn(codebook, header, column)];
}

/** Columns of the file that words are about: scales, else numbers, else what has codes, else measures so labelled. */
function byWords(codebook: Codebook, header: Header, words: string): SelectedMeasure[] {
	const all = findVariables(codebook, words).filter(
		({ name }) => columnIndex(header.columns, name) !== undefined,
	);
	const chosen = [["scale"], ["number", "weight"], ["ordinal", "nominal"]]
		.map((kinds) => all.filter(({ kind }) => kinds.includes(kind)))
		.find((some) => some.length > 0);
	const names = chosen?.map(({ name }) => name) ?? labelledMeasures(codebook, words);
	return names.flatMap((name) => findMeasures(codebook, header, name, []));
}

/** Keys of measures whose label, in any language, has all of some words. */
export function labelledMeasures({ measures = {} }: Pick<Codebook, "measures">, words: string): string[] {
	const fits = saysAll(words);
	return Object.entries(measures).flatMap(([key, { label }]) =>
		Object.values(label).some((text) => text !== undefined && fits(text)) ? [key] : [],
	);
}

/** Kinds of columns that are no numbers whatever is asked of them. */
const NO_NUMBERS: Partial<Record<NonNullable<ColumnMeaning["kind"]>, string>> = {
	id: "tells rows apart and is no number",
	text: "holds words or dates and no numbers",
};

function fromColumn(codebook: Codebook, header: Header, column: number): SelectedMeasure {
	const variable = (header.columns[column] as string).toUpperCase();
	const meaning = columnMeaning(codebook, header, column);
	const why = meaning.kind === null ? undefined : NO_NUMBERS[meaning.kind];
	if (why !== undefined) {
		throw new UserError(`${variable} ${why}`, {
			hint: say`${command("inspectVariables", "inspect FILE --variables")} lists scales and numbers`,
		});
	}
	return selected(variable.toLowerCase(), variable, meaning);
}

function fromMeasure(
	codebook: Codebook,
	header: Header,
	key: string,
	{ variable, label, missing, from, to, invariance }: Measure,
): SelectedMeasure {
	const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
	return selected(key, variable, {
		kind: knownVariable(codebook, variable)?.kind ?? null,
		label,
		missing:
			askedCodes(header, variable) ??
			(missing === undefined ? elsewhereSaid(codebook, header, variable) : { codes: missing }),
		answers: null,
		...(from === undefined && to === undefined ? {} : { possible: bounds }),
		...(invariance === undefined ? {} : { invariance }),
	});
}

/**
 * A measure without codes of its own has those of the file, or of a group or item of the same column; null if none
 * are declared.
 */
function elsewhereSaid(codebook: Codebook, header: Header, variable: string): ColumnMeaning["missing"] {
	const place = columnIndex(header.columns, variable);
	return place === undefined ? null : columnMeaning(codebook, header, place).missing;
}

function selected(key: string, variable: string, meaning: ColumnMeaning): SelectedMeasure {
	const { label, confidence } = meaning;
	const item: Item = confidence === undefined ? { variable, label } : { variable, label, confidence };
	return { topic: MEASURES, key, item, base: "all", label, meaning };
}
