import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import { columnIndex, usedColumn } from "../../read/columns/column-names.js";
import type { Codebook, Item, Measure } from "../definition/schema.js";
import type { NoAnswers } from "./expression.js";
import { noAnswersOf } from "./no-answers.js";
import { itemsOf, type SelectedItem } from "./select-items.js";

/** Topic that measures stand under. */
export const MEASURES = "measures";

/** A number of the file that statistics are taken of. */
export interface SelectedMeasure extends SelectedItem {
	/** Codes that are no value; null where neither the codebook nor the file says which. */
	missing: NoAnswers | null;
	/** How far the scale's means compare between countries. */
	invariance?: Measure["invariance"];
}

/**
 * Measures by key, variable or column; without names all that the codebook lists and the file has.
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
		return { measures: listed.map(([key, measure]) => fromMeasure(key, measure)), counts };
	}
	const found = { measures: [] as SelectedMeasure[], counts: [] as SelectedItem[] };
	for (const name of names) {
		const word = name.toLowerCase();
		const count = counts.find(({ topic, key }) => word === key || word === `${topic}:${key}`);
		if (count !== undefined) found.counts.push(count);
		else found.measures.push(findMeasure(codebook, header, name, counts));
	}
	return found;
}

/** Derived rows that count, such as the number of activity types. */
function countsOf(codebook: Codebook): SelectedItem[] {
	return Object.entries(codebook.topics).flatMap(([topic, { derived = {} }]) =>
		itemsOf(codebook, topic).filter(({ key, item }) => item === undefined && derived[key]?.rule === "count"),
	);
}

function findMeasure(
	codebook: Codebook,
	header: Header,
	name: string,
	counts: readonly SelectedItem[],
): SelectedMeasure {
	const { columns, variables } = header;
	const word = name.toLowerCase();
	const measures = codebook.measures ?? {};
	const listed = Object.entries(measures).find(
		([key, { variable }]) => key === word || variable.toLowerCase() === word,
	);
	const column = usedColumn(columns, listed?.[1].variable ?? name);
	if (column === undefined) {
		const known = [...Object.keys(measures), ...counts.map(({ key }) => key), ...columns];
		const hint = listed === undefined ? didYouMean(name, known) : "talis-pd inspect FILE shows what it has";
		throw new UserError(`the file has no column ${listed?.[1].variable ?? name}`, { hint });
	}
	if (listed !== undefined) return fromMeasure(listed[0], listed[1]);
	const variable = (columns[column] as string).toUpperCase();
	const label = { en: variables?.[column]?.label || variable };
	return {
		topic: MEASURES,
		key: variable.toLowerCase(),
		item: { variable, label },
		base: "all",
		label,
		missing: noAnswersOf(codebook, header, column),
	};
}

function fromMeasure(key: string, { variable, label, missing, invariance }: Measure): SelectedMeasure {
	const item: Item = { variable, label };
	const codes = missing ?? {};
	const about = { topic: MEASURES, key, item, base: "all" as const, label, missing: { codes } };
	return invariance === undefined ? about : { ...about, invariance };
}
