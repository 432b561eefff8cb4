import { parseNumber } from "../../read/block-builder.js";
import { columnPlaces } from "../../read/columns/column-names.js";
import type { Codebook, Measure } from "../definition/schema.js";
import { answerReader, answersOf, type CellReading, spellingOf } from "../meaning/answers.js";
import { groupColumn } from "../meaning/breakdown.js";
import { nameReader } from "../meaning/cells.js";
import { canonicalCode } from "../meaning/states.js";
import { knownVariable } from "../variables/library.js";
import type { VariableKind } from "../variables/schema.js";

/** A column of a file that the codebook says something of. */
export interface Watched {
	column: number;
	name: string;
	/** Whether the codebook knows a text of the column, as written in the file. */
	knows(text: string): boolean;
}

export interface WatchedItem extends Watched {
	key: string;
	/** Base it is asked in. */
	base: string;
	read(text: string): CellReading;
	/** Of a list that takes free text: whether a cell holds what the list does not have. */
	isFree?(text: string): boolean;
}

/** Whether so many of a list's cells have free text that it is none: the list or its separator is another. */
export function isMostlyFree(free: number, cells: number): boolean {
	return free > 0.5 * cells;
}

export interface WatchedMeasure extends Watched {
	measure: Measure;
}

/** The columns of items, each once; options of one column are read by one set of answers. */
export function watchedItems(codebook: Codebook, columns: readonly string[]): WatchedItem[] {
	const seen = new Set<string>();
	return Object.values(codebook.topics).flatMap((topic) =>
		Object.entries(topic.items).flatMap(([key, item]) => {
			const column = onlyColumn(columns, item.variable);
			const name = `${column} ${item.answers ?? topic.answers}`;
			if (column === undefined || seen.has(name)) return [];
			seen.add(name);
			const answers = answersOf(codebook, topic, item);
			const [reader, spell] = [answerReader(answers), spellingOf(answers)];
			const read = (text: string) => reader(spell(text));
			const knows = (text: string) => read(text) !== undefined;
			const { separator, unlisted } = answers;
			const isFree = (text: string) => {
				const reading = text === "" ? undefined : read(text);
				return reading !== undefined && "given" in reading && reading.given.includes(unlisted as string);
			};
			const free = separator === undefined || unlisted === undefined ? {} : { isFree };
			return [{ column, name: item.variable, key, base: item.base ?? topic.base, read, knows, ...free }];
		}),
	);
}

/** The columns of groups, each once. */
export function watchedGroups(codebook: Codebook, columns: readonly string[]): Watched[] {
	const seen = new Set<number>();
	return Object.entries(codebook.groups).flatMap(([id, { variable }]) => {
		const column = onlyColumn(columns, variable);
		if (column === undefined || seen.has(column)) return [];
		seen.add(column);
		const nameOf = nameReader(groupColumn(codebook, { columns }, id));
		return [{ column, name: variable, knows: (text: string) => nameOf(text) !== undefined }];
	});
}

/** The columns of numbers. An empty cell has no number and is known. */
export function watchedMeasures({ measures = {} }: Codebook, columns: readonly string[]): WatchedMeasure[] {
	return Object.values(measures).flatMap((measure) => {
		const { variable, missing = {} } = measure;
		const column = onlyColumn(columns, variable);
		const knows = (text: string) =>
			text === "" || Number.isFinite(parseNumber(text)) || Object.hasOwn(missing, canonicalCode(text));
		return column === undefined ? [] : [{ column, name: variable, measure, knows }];
	});
}

/** Columns that no item, group or measure of a codebook reads, but its list of variables knows. */
export interface WatchedVariables {
	/** Those with codes, … */
	coded: Watched[];
	/** … and those with numbers. */
	numbers: WatchedMeasure[];
}

/** Kinds that have checks of their own, or nothing to check. */
const UNWATCHED: readonly VariableKind[] = ["id", "weight", "replicate", "text"];

/** @param taken Places of columns that are watched already. */
export function watchedVariables(
	codebook: Codebook,
	columns: readonly string[],
	taken: ReadonlySet<number>,
): WatchedVariables {
	const found: WatchedVariables = { coded: [], numbers: [] };
	for (const [column, name] of columns.entries()) {
		const known = taken.has(column) ? undefined : knownVariable(codebook, name);
		if (known === undefined || UNWATCHED.includes(known.kind) || onlyColumn(columns, name) !== column)
			continue;
		const { label, answers, missing, from, to } = known;
		const isListed = (code: string) => code === "" || Object.hasOwn(missing, code);
		if (answers === null) {
			const measure: Measure = {
				variable: known.name,
				label,
				missing,
				from: from ?? undefined,
				to: to ?? undefined,
			};
			const knows = (text: string) => isListed(canonicalCode(text)) || Number.isFinite(parseNumber(text));
			found.numbers.push({ column, name: known.name, measure, knows });
		} else {
			const knows = (text: string) => {
				const code = canonicalCode(text);
				return isListed(code) || Object.hasOwn(answers, code);
			};
			found.coded.push({ column, name: known.name, knows });
		}
	}
	return found;
}

/** Nobody can tell which of several columns of a name is meant, so none of them is watched. */
function onlyColumn(columns: readonly string[], name: string): number | undefined {
	const places = columnPlaces(columns, name);
	return places.length === 1 ? places[0] : undefined;
}
