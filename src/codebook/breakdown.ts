import { UserError } from "../errors.js";
import { didYouMean } from "../suggest.js";
import { canonicalCode } from "./coding.js";
import { columnIndex, itemsOf, type SelectedItem } from "./resolve.js";
import type { Answers, Codebook, GroupDefinition } from "./schema.js";

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
	const group = codebook.groups[id];
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
			knows: (value) => value in systems,
			numeric: false,
			missing,
		};
	}
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
		classify: (code) =>
			missing.has(code) ? null : (byCode.get(code) ?? inRange(code) ?? (group.open ? code : undefined)),
		knows: (value) => value in (group.values as object),
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
			if (code in answers.values) return "no";
			return code === "" || code in answers.missing ? null : undefined;
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

const OPERATORS = ["<=", ">=", "!=", "=", "<", ">"] as const;
type Operator = (typeof OPERATORS)[number];

/** One `--where`: rows stay whose value is among (or not among) some, or lies on one side of a number. */
export interface Condition {
	text: string;
	breakdown: Breakdown;
	operator: Operator;
	values: readonly string[];
	holds(code: string): boolean;
}

/**
 * `country=KAZ,FRA`, `experience<=5`, `TT3G02>=50`, `gender!=male`.
 * @throws UserError where there is no operator, the name or a value is unknown, or < is asked of codes.
 */
export function resolveCondition(codebook: Codebook, columns: readonly string[], text: string): Condition {
	const match = /^\s*([^<>=!]+?)\s*(<=|>=|!=|=|<|>)\s*(.*)$/.exec(text);
	if (match === null) {
		throw new UserError(`"${text}" is no condition`, { hint: "write NAME=VALUE,VALUE or NAME<=NUMBER" });
	}
	const [, name = "", operator = "=", right = ""] = match;
	const breakdown = resolveBreakdown(codebook, columns, name);
	const common = { text: text.trim(), breakdown, operator: operator as Operator };
	if (operator === "=" || operator === "!=") {
		const values = right.split(",").map((value) => knownValue(breakdown, value.trim(), text));
		const wanted = operator === "=";
		const holds = (code: string) => {
			const value = breakdown.classify(code);
			return typeof value === "string" && values.includes(value) === wanted;
		};
		return { ...common, values, holds };
	}
	return {
		...common,
		values: [right.trim()],
		holds: comparison(breakdown, operator as Operator, right, text),
	};
}

function knownValue(breakdown: Breakdown, value: string, text: string): string {
	const { values, id } = breakdown;
	if (value === "") throw new UserError(`"${text}" names no value`, { hint: `write ${id}=VALUE` });
	if (values === null) return breakdown.classify(canonicalCode(value)) ?? value;
	const known = values.find((other) => other === value.toLowerCase());
	if (known !== undefined) return known;
	throw new UserError(`${id} has no value "${value}"`, { hint: didYouMean(value, values) });
}

function comparison(
	breakdown: Breakdown,
	operator: Operator,
	right: string,
	text: string,
): (code: string) => boolean {
	const { id, values, numeric, missing } = breakdown;
	const bound = Number(right.trim().replace(",", "."));
	if (!numeric) {
		throw new UserError(`"${text}" compares ${id}, which is no number`, {
			hint: `use = with ${values === null ? "its values" : values.join(", ")}`,
		});
	}
	if (right.trim() === "" || Number.isNaN(bound)) {
		throw new UserError(`"${text}" needs a number after ${operator}`, { hint: `write ${id}${operator}5` });
	}
	return (code) => {
		const value = missing.has(code) ? Number.NaN : Number(code);
		if (operator === "<=") return value <= bound;
		if (operator === ">=") return value >= bound;
		return operator === "<" ? value < bound : value > bound;
	};
}
