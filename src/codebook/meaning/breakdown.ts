import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header, Variable } from "../../read/block.js";
import { usedColumn } from "../../read/columns/column-names.js";
import type { Codebook, GroupDefinition, Item, Topic } from "../definition/schema.js";
import { answerReader, answersOf, foldCase, spellingOf, yesOf } from "./answers.js";
import { noAnswersOf } from "./no-answers.js";
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
}

/**
 * The breakdown of a name: a group of the codebook, an item (yes/no), or any column of the file.
 * @throws UserError for unknown names and for groups whose column the file lacks.
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
	throw new UserError(`there is no group or column "${name}"`, {
		hint: didYouMean(name, [...Object.keys(codebook.groups), ...columns]),
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
	const inRange = (code: string): string | undefined => {
		const number = code === "" ? Number.NaN : Number(code);
		return ranges.find(([, { from = -Infinity, to = Infinity }]) => number >= from && number <= to)?.[0];
	};
	return {
		id,
		column,
		values: group.open ? null : values.map(([value]) => value),
		classify: (text) => {
			const code = codeIn(text);
			if (isMissing(code)) return null;
			const known = byCode.get(code) ?? inRange(code) ?? byText.get(foldCase(code));
			return known ?? (group.open ? code : undefined);
		},
		spell: canonicalCode,
		knows: (value) => Object.hasOwn(group.values as object, value),
		numeric: ranges.length > 0,
		isMissing,
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

/** A column as it stands: its values are the file's, with the names the file gives them. */
function columnBreakdown(codebook: Codebook, header: Header, column: number): Breakdown {
	const noAnswer = noAnswersOf(codebook, header, column);
	const isMissing = (code: string) => code === "" || noAnswer?.(code) !== undefined;
	const variable = header.variables?.[column];
	return {
		id: (header.columns[column] as string).toUpperCase(),
		column,
		values: null,
		classify: (code) => (isMissing(code) ? null : code),
		spell: canonicalCode,
		knows: () => false,
		numeric: true,
		isMissing,
		...(variable === undefined ? {} : { named: withCanonicalCodes(variable) }),
	};
}

function withCanonicalCodes({ label, values }: Variable): NonNullable<Breakdown["named"]> {
	return { label, values: new Map([...values].map(([code, name]) => [canonicalCode(code), name])) };
}
