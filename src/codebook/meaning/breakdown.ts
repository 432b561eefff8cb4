import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header, Variable } from "../../read/block.js";
import { columnIndex, usedColumn } from "../../read/columns/column-names.js";
import type { Codebook, GroupDefinition, Item, Topic } from "../definition/schema.js";
import { findVariables } from "../variables/find.js";
import { knownVariable } from "../variables/library.js";
import { answerReader, answersOf, foldCase, spellingOf, yesOf } from "./answers.js";
import { columnMeaning, isPossible } from "./column-meaning.js";
import { reasonOf } from "./no-answers.js";
import { itemsOf, type SelectedItem } from "./select-items.js";
import { canonicalCode } from "./states.js";

/** Breakdowns whose every value is a sample of its own. */
export const SAMPLES: readonly string[] = ["country", "population"];

/** What a code of a breakdown's column stands for: a value id, no value (null), or nothing known. */
export type Classified = string | null | undefined;

/** A column that splits the teachers into groups, and how its codes are read. */
export interface Breakdown {
	id: string;
	/** Place of its column in the header. */
	column: number;
	/** Value ids in the codebook's order; null where the file decides them. */
	values: readonly string[] | null;
	classify(code: string): Classified;
	/** Brings a text of the column into the spelling that is classified. */
	spell(text: string): string;
	/** Whether the codebook knows the value; unknown ones are kept with a note. */
	knows(value: string): boolean;
	/** Whether comparisons such as <= make sense: the column holds a number and not codes. */
	numeric: boolean;
	/** Whether a code is no value, for comparisons. */
	isMissing(code: string): boolean;
	/** What the file calls a column that the codebook does not know, and its values. */
	named?: { label: string; values: ReadonlyMap<string, string> };
	/** Nobody says which of its codes are no value. */
	undeclared?: true;
	/** How sure it is what the column is, where it is no group of the codebook. */
	confidence?: Item["confidence"];
}

/**
 * The breakdown of a name: a group of the codebook, an item (yes/no), any column of the file, or the column that words
 * are about, in any language.
 * @throws UserError for unknown names, for words that fit several columns, and for groups whose column the file lacks.
 */
export function resolveBreakdown(codebook: Codebook, header: Header, name: string): Breakdown {
	const { columns } = header;
	const id = name.toLowerCase();
	const group = Object.hasOwn(codebook.groups, id) ? codebook.groups[id] : undefined;
	if (group !== undefined) return groupBreakdown(codebook, columns, id, group);
	const item = findItem(codebook, id);
	if (item?.item !== undefined) return itemBreakdown(codebook, columns, item);
	const column = usedColumn(columns, name);
	if (column !== undefined) return columnBreakdown(codebook, header, column);
	const found = findByWords(codebook, header, name);
	if (found !== undefined) return found;
	throw new UserError(`there is no group or column "${name}"`, {
		hint: didYouMean(name, [...Object.keys(codebook.groups), ...columns]),
	});
}

/** The group whose label is these words, or the one column of the file they are about: codes before numbers. */
function findByWords(codebook: Codebook, header: Header, words: string): Breakdown | undefined {
	const { columns } = header;
	const folded = foldCase(words);
	const labelled = Object.entries(codebook.groups).find(([, { label }]) =>
		Object.values(label).some((text) => text !== undefined && foldCase(text) === folded),
	);
	if (labelled !== undefined) return groupBreakdown(codebook, columns, ...labelled);
	const all = findVariables(codebook, words).filter(({ name }) => columnIndex(columns, name) !== undefined);
	const coded = all.filter(({ answers }) => answers !== null);
	const [first, ...others] = coded.length > 0 ? coded : all;
	if (first === undefined) return undefined;
	if (others.length === 0) return resolveBreakdown(codebook, header, first.name);
	const shown = [first, ...others].slice(0, 12).map(({ name, label }) => `${name} ${label.en}`);
	const more = others.length + 1 - shown.length;
	throw new UserError(`"${words}" fits ${others.length + 1} columns`, {
		hint: `name one of them: ${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
	});
}

function findItem(codebook: Codebook, name: string): SelectedItem | undefined {
	const all = Object.keys(codebook.topics).flatMap((topic) => itemsOf(codebook, topic));
	return all.find(
		({ topic, key, item }) => `${topic}:${key}` === name || item?.variable.toLowerCase() === name,
	);
}

function requiredColumn(
	columns: readonly string[],
	variable: string,
	name: string,
	file?: GroupDefinition["file"],
): number {
	const column = usedColumn(columns, variable);
	if (column !== undefined) return column;
	if (file === "schools") {
		throw new UserError(`"${name}" needs the column ${variable}, which is in the file of schools`, {
			hint: "name that file beside the teachers', or with --schools FILE",
		});
	}
	throw new UserError(`"${name}" needs the column ${variable}, which the file does not have`, {
		hint: "talis-pd inspect FILE shows which groups it has",
	});
}

function groupBreakdown(
	codebook: Codebook,
	columns: readonly string[],
	id: string,
	group: GroupDefinition,
): Breakdown {
	const column = requiredColumn(columns, group.variable, id, group.file);
	const missing = new Set(["", ...(group.missing ?? [])]);
	const isMissing = (code: string) => missing.has(code);
	if (group.values === "systems") {
		const systems = codebook.systems ?? {};
		return {
			id,
			column,
			values: null,
			classify: (code) => (isMissing(code) ? null : code.toUpperCase()),
			spell: canonicalCode,
			knows: (value) => Object.hasOwn(systems, value),
			numeric: false,
			isMissing,
		};
	}
	const pattern = group.pattern === undefined ? undefined : new RegExp(group.pattern);
	const codeIn = (text: string) => pattern?.exec(text)?.[1] ?? text;
	const values = Object.entries(group.values);
	const byCode = new Map(values.flatMap(([value, { codes }]) => (codes ?? []).map((code) => [code, value])));
	const byText = new Map([...byCode].map(([code, value]) => [foldCase(code), value]));
	const ranges = values.filter(([, { from, to }]) => from !== undefined || to !== undefined);
	const inRange = rangeReader(
		ranges,
		ranges.length > 0 ? knownVariable(codebook, group.variable) : undefined,
	);
	return {
		id,
		column,
		values: group.open ? null : values.map(([value]) => value),
		classify: (text) => {
			const code = codeIn(text);
			if (isMissing(code)) return null;
			const known = byCode.get(code) ?? inRange(code) ?? byText.get(foldCase(code));
			return known !== undefined ? known : group.open ? code : undefined;
		},
		spell: canonicalCode,
		knows: (value) => Object.hasOwn(group.values as object, value),
		numeric: ranges.length > 0,
		isMissing,
	};
}

/**
 * The band a number lies in: none (null) where it is possible, but no band covers it; undefined where the column cannot
 * have it, or it is no number.
 */
function rangeReader(
	bands: readonly [string, { from?: number | undefined; to?: number | undefined }][],
	column: { from: number | null; to: number | null } | undefined,
): (code: string) => Classified {
	const { from: least, to: most } = column ?? { from: null, to: null };
	return (code) => {
		const number = code === "" ? Number.NaN : Number(code);
		if (bands.length === 0 || Number.isNaN(number)) return undefined;
		if (number < (least ?? -Infinity) || number > (most ?? Infinity)) return undefined;
		const band = bands.find(([, { from = -Infinity, to = Infinity }]) => number >= from && number <= to);
		return band?.[0] ?? null;
	};
}

function itemBreakdown(
	codebook: Codebook,
	columns: readonly string[],
	{ topic, key, item }: SelectedItem,
): Breakdown {
	const asked = item as Item;
	const answers = answersOf(codebook, codebook.topics[topic] as Topic, asked);
	const [read, yes] = [answerReader(answers), yesOf(asked, answers)];
	const isMissing = (code: string) => code === "" || Object.hasOwn(answers.missing, code);
	return {
		id: `${topic}:${key}`,
		column: requiredColumn(columns, asked.variable, `${topic}:${key}`),
		values: ["yes", "no"],
		classify: (code) => {
			const reading = read(code);
			if (reading === undefined || "reason" in reading) return reading === undefined ? undefined : null;
			return reading.given.some((answer) => yes.includes(answer)) ? "yes" : "no";
		},
		spell: spellingOf(answers),
		knows: () => true,
		numeric: false,
		isMissing,
	};
}

/** A column as it stands: its values are the codes that are known of it, else the file's, with the file's names. */
function columnBreakdown(codebook: Codebook, header: Header, column: number): Breakdown {
	const meaning = columnMeaning(codebook, header, column);
	const { answers, missing, confidence } = meaning;
	const isMissing = (code: string) =>
		code === "" || (missing !== null && reasonOf(missing, code) !== undefined);
	const variable = header.variables?.[column];
	return {
		id: (header.columns[column] as string).toUpperCase(),
		column,
		values: answers === null ? null : Object.keys(answers),
		classify: (code) => (isMissing(code) ? null : isPossible(meaning, code) ? code : undefined),
		spell: canonicalCode,
		knows: () => false,
		numeric: true,
		isMissing,
		...(variable === undefined || answers !== null ? {} : { named: withCanonicalCodes(variable) }),
		...(missing === null ? { undeclared: true } : {}),
		...(confidence === undefined ? {} : { confidence }),
	};
}

function withCanonicalCodes({ label, values }: Variable): NonNullable<Breakdown["named"]> {
	return { label, values: new Map([...values].map(([code, name]) => [canonicalCode(code), name])) };
}
