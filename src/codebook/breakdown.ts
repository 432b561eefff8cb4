import { UserError } from "../errors.js";
import { didYouMean } from "../suggest.js";
import { columnIndex, itemsOf, type SelectedItem } from "./resolve.js";
import type { Answers, Codebook, GroupDefinition } from "./schema.js";

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
	/** Whether the codebook knows the value; unknown ones are kept with a note. */
	knows(value: string): boolean;
	/** Whether comparisons such as <= make sense: the column holds a number and not codes. */
	numeric: boolean;
	/** Codes that are no value, for comparisons. */
	missing: ReadonlySet<string>;
}

/**
 * The breakdown of a name: a group of the codebook, an item (yes/no), or any column of the file.
 * @throws UserError for unknown names and for groups whose column the file lacks.
 */
export function resolveBreakdown(codebook: Codebook, columns: readonly string[], name: string): Breakdown {
	const id = name.toLowerCase();
	const group = Object.hasOwn(codebook.groups, id) ? codebook.groups[id] : undefined;
	if (group !== undefined) return groupBreakdown(codebook, columns, id, group);
	const item = findItem(codebook, id);
	if (item?.item !== undefined) return itemBreakdown(codebook, columns, item);
	const column = columnIndex(columns, name);
	if (column !== undefined) return columnBreakdown(columns, column);
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

function requiredColumn(columns: readonly string[], variable: string, name: string): number {
	const column = columnIndex(columns, variable);
	if (column !== undefined) return column;
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
	const column = requiredColumn(columns, group.variable, id);
	const missing = new Set(["", ...(group.missing ?? [])]);
	if (group.values === "systems") {
		const systems = codebook.systems ?? {};
		return {
			id,
			column,
			values: null,
			classify: (code) => (missing.has(code) ? null : code.toUpperCase()),
			knows: (value) => Object.hasOwn(systems, value),
			numeric: false,
			missing,
		};
	}
	const pattern = group.pattern === undefined ? undefined : new RegExp(group.pattern);
	const codeIn = (text: string) => pattern?.exec(text)?.[1] ?? text;
	const values = Object.entries(group.values);
	const byCode = new Map(values.flatMap(([value, { codes }]) => (codes ?? []).map((code) => [code, value])));
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
			return missing.has(code)
				? null
				: (byCode.get(code) ?? inRange(code) ?? (group.open ? code : undefined));
		},
		knows: (value) => Object.hasOwn(group.values as object, value),
		numeric: ranges.length > 0,
		missing,
	};
}

function itemBreakdown(
	codebook: Codebook,
	columns: readonly string[],
	{ topic, key, item }: SelectedItem,
): Breakdown {
	const variable = item?.variable ?? "";
	const set = item?.answers ?? codebook.topics[topic]?.answers ?? "";
	const answers = codebook.answers[set] as Answers;
	return {
		id: `${topic}:${key}`,
		column: requiredColumn(columns, variable, `${topic}:${key}`),
		values: ["yes", "no"],
		classify: (code) => {
			if (answers.yes.includes(code)) return "yes";
			if (Object.hasOwn(answers.values, code)) return "no";
			return code === "" || Object.hasOwn(answers.missing, code) ? null : undefined;
		},
		knows: () => true,
		numeric: false,
		missing: new Set(["", ...Object.keys(answers.missing)]),
	};
}

/** A column the codebook says nothing of: its values are taken as they stand. */
function columnBreakdown(columns: readonly string[], column: number): Breakdown {
	return {
		id: (columns[column] as string).toUpperCase(),
		column,
		values: null,
		classify: (code) => (code === "" ? null : code),
		knows: () => false,
		numeric: true,
		missing: new Set([""]),
	};
}
