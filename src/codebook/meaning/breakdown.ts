import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { command, option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header, Variable } from "../../read/block.js";
import { columnIndex, columnName, usedColumn } from "../../read/columns/column-names.js";
import { valuesOfProfile } from "../definition/profiles.js";
import { replicateNames } from "../definition/replicate-names.js";
import type { Answers, Codebook, GroupDefinition, Item, ProfileGroup, Topic } from "../definition/schema.js";
import { findVariables, overallScale } from "../variables/find.js";
import { answersOf, codesOf, yesOf } from "./answers.js";
import { columnMeaning, possibleOf } from "./column-meaning.js";
import type { AnswerExpression, Category, Codes, NumberColumn } from "./expression.js";
import { omittedCodes } from "./no-answers.js";
import { itemsOf, OWN, type SelectedItem } from "./select-items.js";
import { labelledMeasures } from "./select-measures.js";
import { groupAbout, groupNamed } from "./spoken-names.js";
import { canonicalCode } from "./states.js";

/** An answer that is made of others, as a plan has it; undefined where the file lacks what it is made of. */
export type DerivedAnswer = (id: string) => AnswerExpression | undefined;

/** A variable that splits teachers into groups. */
export interface Breakdown {
	id: string;
	/** The column that does, and how its codes are read; or an answer that is made of several. */
	of: Codes | Category | AnswerExpression;
	/** Value ids in the codebook's order; null where the file decides them. */
	values: readonly string[] | null;
	/** The same column as a number; null where it holds codes, so that comparisons such as <= make no sense. */
	number: NumberColumn | null;
	/** The file's own labels of a column that the codebook does not know, and of its values. */
	named?: { label: string; values: Readonly<Record<string, string>> };
	/** The search words that found its column, where that was not named. */
	found?: { words: string; column: string };
	/** Its missing codes are not declared. */
	undeclared?: true;
	/** The answers of an item, which its codes stand for. */
	answers?: Answers;
	/** Confidence in the column's description, if it is not a group of the codebook. */
	confidence?: Item["confidence"];
}

/** Whether a codebook knows a value of a group whose values the file decides; unknown ones are kept with a note. */
export function knowsValue({ groups, systems = {} }: Codebook, id: string, value: string): boolean {
	const values = entryOf(groups, id)?.values ?? {};
	return Object.hasOwn(values === "systems" ? systems : values, value);
}

/**
 * The breakdown of a name: a group of the codebook, an item (yes/no), any column of the file, or the column that words
 * are about, in any language.
 * @param derived What derived rows are made of.
 * @throws UserError for unknown names, for words that fit several columns, and for groups whose column the file lacks.
 */
export function resolveBreakdown(
	codebook: Codebook,
	header: Header,
	name: string,
	derived: DerivedAnswer = () => undefined,
): Breakdown {
	const { columns } = header;
	const id = name.toLowerCase();
	const group = Object.hasOwn(codebook.groups, id) ? entryOf(codebook.groups, id) : undefined;
	if (group !== undefined) {
		return group.ranges === undefined
			? groupBreakdown(codebook, columns, id, group)
			: rangesBreakdown(codebook, header, id, group);
	}
	const profile = entryOf(codebook.profiles, id);
	if (profile !== undefined) return profileBreakdown(id, profile, derived(`${OWN}:${id}`));
	const item = findItem(codebook, id);
	const made =
		item?.item === undefined && item !== undefined ? derived(`${item.topic}:${item.key}`) : undefined;
	if (made !== undefined && item !== undefined) {
		const { key, topic, label } = item;
		const named = { label: label.en, values: {} };
		return {
			id: topic === OWN ? key : `${topic}:${key}`,
			of: made,
			values: valuesOfProfile(codebook, item) ?? ["yes", "no"],
			number: null,
			named,
		};
	}
	if (item?.item !== undefined) return itemBreakdown(codebook, columns, item);
	const column = usedColumn(columns, name);
	// A drafted group's label is the name of its column, and what was decided of its values holds.
	if (column !== undefined && groupNamed(codebook, name) === undefined) {
		return columnBreakdown(codebook, header, column);
	}
	const found = findByWords(codebook, header, name);
	if (found !== undefined) return found;
	const groups = { ...codebook.groups, ...codebook.profiles };
	// There are too many to list, and none is a group.
	const replicates = new Set(replicateNames(codebook.design).map((one) => one.toLowerCase()));
	throw new UserError(`there is no group or column "${name}"`, {
		hint: didYouMean(
			name,
			[...Object.keys(groups), ...columns.flatMap((one) => namesInLists(codebook, one))],
			{
				labels: new Map(Object.entries(groups).map(([key, { label }]) => [key, label])),
				listedBy: "talis-pd inspect FILE --variables",
				listed: (one) => !isLongName(codebook, one) && !replicates.has(one.toLowerCase()),
			},
		),
	});
}

/** Whether a name is a question written out that has a shorter name in the codebook. */
function isLongName({ groups, topics }: Codebook, name: string): boolean {
	const named = [
		...Object.values(groups),
		...Object.values(topics).flatMap(({ items }) => Object.values(items)),
	];
	return /\s/.test(name) && named.some(({ variable }) => variable === name);
}

/** What names a column in a list: where its own name has a comma, its keys in the codebook alone. */
function namesInLists({ measures = {} }: Codebook, column: string): string[] {
	if (!column.includes(",")) return [column];
	return Object.keys(measures).filter((key) => measures[key]?.variable === column);
}

/**
 * A group that is made of two answers.
 * @throws UserError where the file lacks one of them.
 */
function profileBreakdown(id: string, { define, values }: ProfileGroup, of?: AnswerExpression): Breakdown {
	if (of !== undefined) return { id, of, values: Object.keys(values), number: null };
	throw new UserError(`"${id}" needs both answers of ${define}, which the file does not have`, {
		hint: say`${command("inspect", "inspect FILE")} shows which groups it has`,
	});
}

/**
 * How the texts of a group's column are read.
 * @throws UserError where the file lacks the column.
 */
export function groupColumn(codebook: Codebook, header: Header, id: string): Codes | Category {
	return resolveBreakdown(codebook, header, id).of as Codes | Category;
}

/** Columns that are named where words fit several. */
const NAMED = 12;

/**
 * The group whose label is these words, or the one column of the file they are about: the scale of all of it, else codes
 * before numbers; else the group whose label has these words.
 */
function findByWords(codebook: Codebook, header: Header, words: string): Breakdown | undefined {
	const { columns } = header;
	const labelled = groupNamed(codebook, words);
	if (labelled !== undefined) return resolveBreakdown(codebook, header, labelled);
	const all = findVariables(codebook, words).filter(({ name }) => columnIndex(columns, name) !== undefined);
	const coded = all.filter(({ answers }) => answers !== null);
	const scale = all.length > 1 ? overallScale(all, words) : undefined;
	const fitting = scale !== undefined ? [scale] : coded.length > 0 ? coded : all;
	const [first] = fitting;
	if (first === undefined) {
		const about = groupAbout(codebook, words);
		return about === undefined ? undefined : resolveBreakdown(codebook, header, about);
	}
	if (fitting.length === 1) {
		const column = first.name.toUpperCase();
		return { ...resolveBreakdown(codebook, header, column), found: { words, column } };
	}
	const named = [
		...all.filter(({ kind }) => kind === "scale"),
		...fitting.filter(({ kind }) => kind !== "scale"),
	];
	const shown = named.slice(0, NAMED).map(({ name, item }) => `${name} (${item.en})`);
	const more = named.length - shown.length;
	throw new UserError(`"${words}" fits ${named.length} columns`, {
		hint: `name one of them: ${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`,
	});
}

function findItem(codebook: Codebook, name: string): SelectedItem | undefined {
	const all = Object.keys(codebook.topics).flatMap((topic) => itemsOf(codebook, topic));
	return all.find(
		({ topic, key, item }) =>
			`${topic}:${key}` === name || item?.variable.toLowerCase() === name || (topic === OWN && key === name),
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
			hint: say`name that file beside the teachers', or with ${option("schools", "FILE")}`,
		});
	}
	throw new UserError(`"${name}" needs the column ${variable}, which the file does not have`, {
		hint: say`${command("inspect", "inspect FILE")} shows which groups it has`,
	});
}

function groupBreakdown(
	codebook: Codebook,
	columns: readonly string[],
	id: string,
	group: GroupDefinition,
): Breakdown {
	const place = requiredColumn(columns, group.variable, id, group.file);
	const column = columnName(columns, place);
	const missing = { codes: omittedCodes(group.missing ?? []) };
	if (group.values === "systems") {
		const of: Category = { is: "category", column, missing, codes: {}, bands: [], others: "upper-case" };
		return { id, of, values: null, number: null };
	}
	const values = Object.entries(group.values);
	const bands = values.filter(([, { from, to }]) => from !== undefined || to !== undefined);
	const possible = bands.length === 0 ? undefined : possibleOf(codebook, group.variable);
	const can = possible === undefined ? {} : { possible };
	return {
		id,
		of: {
			is: "category",
			column,
			...(group.pattern === undefined ? {} : { pattern: group.pattern }),
			missing,
			...can,
			codes: Object.fromEntries(
				values.flatMap(([value, { codes = [] }]) => codes.map((code) => [code, value])),
			),
			bands: bands.map(([value, { from, to }]) => ({
				value,
				...(from === undefined ? {} : { from }),
				...(to === undefined ? {} : { to }),
			})),
			others: group.open ? "as-written" : "unknown",
		},
		values: group.open ? null : values.map(([value]) => value),
		number: bands.length === 0 ? null : { is: "number", column, missing, ...can },
	};
}

/**
 * The column of a number that a definition names: as the file calls it, by the key of a measure, or by words of its label.
 * @throws UserError for words that several measures have.
 */
function numberNamed(codebook: Codebook, columns: readonly string[], name: string): string {
	const { measures = {} } = codebook;
	if (usedColumn(columns, name) !== undefined) return name;
	const listed = entryOf(measures, name.toLowerCase());
	if (listed !== undefined) return listed.variable;
	const about = labelledMeasures(codebook, name);
	const [only] = about;
	if (about.length < 2) return (only && entryOf(measures, only)?.variable) ?? name;
	throw new UserError(`"${name}" fits ${about.length} columns`, {
		hint: `name one of them: ${about.map((key) => `${key} (${entryOf(measures, key)?.label.en})`).join(", ")}`,
	});
}

/** Levels made of the numbers of a column; one that none of them covers has no value. */
function rangesBreakdown(codebook: Codebook, header: Header, id: string, group: GroupDefinition): Breakdown {
	const variable = numberNamed(codebook, header.columns, group.variable);
	const place = requiredColumn(header.columns, variable, id, group.file);
	const { missing, possible } = columnMeaning(codebook, header, place);
	const bands = (group.ranges ?? []).map(({ value, from, to }) => ({
		value,
		...(from === undefined ? {} : { from }),
		...(to === undefined ? {} : { to }),
	}));
	const read = {
		column: columnName(header.columns, place),
		missing: missing ?? { codes: {} },
		...(possible === undefined ? {} : { possible }),
	};
	return {
		id,
		of: { is: "category", ...read, codes: {}, bands, others: "unknown" },
		values: [...new Set(bands.map(({ value }) => value))],
		number: null,
		...(missing === null ? { undeclared: true } : {}),
	};
}

function itemBreakdown(
	codebook: Codebook,
	columns: readonly string[],
	{ topic, key, item }: SelectedItem,
): Breakdown {
	const asked = item as Item;
	const answers = answersOf(codebook, entryOf(codebook.topics, topic) as Topic, asked);
	const place = requiredColumn(columns, asked.variable, `${topic}:${key}`);
	return {
		id: `${topic}:${key}`,
		of: codesOf(columnName(columns, place), answers, yesOf(`${topic}:${key}`, asked, answers)),
		values: ["yes", "no"],
		number: null,
		answers,
	};
}

/** A column as it stands: its values are the codes that are known of it, else the file's, with the file's names. */
function columnBreakdown(codebook: Codebook, header: Header, place: number): Breakdown {
	const column = columnName(header.columns, place);
	const { answers, missing, possible, confidence } = columnMeaning(codebook, header, place);
	const read = { column, missing: missing ?? { codes: {} }, ...(possible === undefined ? {} : { possible }) };
	const variable = header.variables?.[place];
	return {
		id: (header.columns[place] as string).toUpperCase(),
		of: { is: "category", ...read, codes: {}, bands: [], others: "as-written" },
		values: answers === null ? null : Object.keys(answers),
		number: { is: "number", ...read },
		...(variable === undefined || answers !== null ? {} : { named: withCanonicalCodes(variable) }),
		...(missing === null ? { undeclared: true } : {}),
		...(confidence === undefined ? {} : { confidence }),
	};
}

function withCanonicalCodes({ label, values }: Variable): NonNullable<Breakdown["named"]> {
	const named = [...values].map(([code, name]) => [canonicalCode(code), name] as const);
	return { label, values: Object.fromEntries(named) };
}
