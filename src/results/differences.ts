import { SAME } from "../base/distance.js";
import { entryOf } from "../base/entry-of.js";
import type { Group, ResultSet } from "./result-set.js";

/** A difference between two results, or between a result and its expected value. */
export interface ResultDifference {
	/** What differs: a number or text of a row, a row, a note, or the input of the rows. */
	what:
		| "file"
		| "number"
		| "status"
		| "text"
		| "row"
		| "note"
		| "data"
		| "codebook"
		| "tool"
		| "design"
		| "settings";
	/** The part of the results, and the row by its subject. */
	where: string;
	/** The field that differs, if any. */
	field: string | null;
	/** Value in the first results, or in the file; null if absent. */
	first: unknown;
	/** Value in the second results, or the recomputed one. */
	second: unknown;
	/** Difference of two numbers, relative for numbers beyond 1; null unless both are present. */
	apart: number | null;
}

/** Parts of results that consist of rows, with the fields that identify a row. */
export const ROWS = {
	estimates: ["topic", "item", "base", "statistic", "group"],
	comparisons: ["topic", "item", "base", "statistic", "group", "between"],
	tests: ["topic", "item", "group", "between", "method"],
	models: ["name", "outcome", "base", "group"],
	relations: ["a", "b", "group", "method"],
	alphas: ["columns", "group"],
	syntheses: ["of", "moderator", "method"],
	moderatorTests: ["of", "moderator"],
	covariances: ["topic", "item", "group"],
	notes: ["code", "group"],
} as const;

/** Rows within rows. */
const INNER: Readonly<Record<string, readonly string[]>> = {
	coefficients: ["term", "variable", "level"],
	tests: ["term"],
	predictions: ["at"],
	references: ["term"],
};

/** Fields with text in a language, or names for people. */
const WORDS = ["label", "labels", "text", "title", "lang"];

/**
 * All differences between two results: numbers beyond a tolerance, statuses, rows and notes that only one has, and
 * the data, codebook, design, settings and tool version behind them. The order of rows and the language are ignored.
 * @param tolerance Relative to numbers beyond 1.
 * @example
 * import { differencesOf, rates, samplePath } from "talis-pd";
 *
 * const results = await rates([samplePath()], { items: ["peer-coaching"] });
 * const [row] = results.estimates as [(typeof results.estimates)[number]];
 * const [found] = differencesOf(results, { ...results, estimates: [{ ...row, n: 1 }] });
 * console.log(found?.what, found?.field, found?.first, found?.second); // number n 1977 1
 */
export function differencesOf(a: ResultSet, b: ResultSet, tolerance = SAME): ResultDifference[] {
	return [...provenance(a, b), ...rowDifferences(a, b, tolerance)];
}

function provenance(a: ResultSet, b: ResultSet): ResultDifference[] {
	const found: ResultDifference[] = [];
	const compare = (what: ResultDifference["what"], where: string, first: unknown, second: unknown) =>
		found.push(...walk({ where, what, tolerance: 0 }, null, first, second));
	// A hash that was not saved does not count as different.
	const isKnown = (name: string) =>
		[a, b].every(({ source }) => source.every(({ file, sha256 }) => file !== name || Boolean(sha256)));
	const byFile = ({ source }: ResultSet) =>
		Object.fromEntries(
			source.map(({ file, sha256, rows }) => [file, isKnown(file) ? { sha256, rows } : { rows }]),
		);
	compare("data", "source", byFile(a), byFile(b));
	compare("codebook", "codebook", a.codebook, b.codebook);
	// Older files do not record it.
	if (a.counted !== undefined && b.counted !== undefined) {
		compare("data", "counted", { used: a.counted.used }, { used: b.counted.used });
		// The same codebook lists other codes if other columns are read, or if codes come from settings.
		const isSame = a.codebook.id === b.codebook.id && a.codebook.rules === b.codebook.rules;
		const what = isSame ? "settings" : "codebook";
		compare(what, "counted", codesOf(a.counted.missing), codesOf(b.counted.missing));
	}
	compare("tool", "tool", a.tool, b.tool);
	compare("design", "design", a.design, b.design);
	compare("settings", "settings", a.settings, b.settings);
	compare("settings", "kind", a.kind, b.kind);
	return found;
}

/** Lists of codes as one value each, because positions in a list mean nothing. */
function codesOf(missing: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(missing ?? {}).map(([reason, codes]) => [
			reason,
			Array.isArray(codes) ? codes.join(", ") : codes,
		]),
	);
}

/** Differences of the rows alone. */
function rowDifferences(a: ResultSet, b: ResultSet, tolerance: number): ResultDifference[] {
	return Object.entries(ROWS).flatMap(([part, names]) => {
		const rowsOf = (results: ResultSet) => (results as unknown as Record<string, unknown>)[part] ?? [];
		return lists(
			{ where: part, what: part === "notes" ? "note" : "row", tolerance },
			names,
			rowsOf(a),
			rowsOf(b),
		);
	});
}

interface At {
	where: string;
	what: ResultDifference["what"];
	tolerance: number;
}

function lists(at: At, names: readonly string[], first: unknown, second: unknown): ResultDifference[] {
	const [a, b] = [keyed(first as object[], names), keyed(second as object[], names)];
	return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
		const [one, other] = [a.get(key), b.get(key)];
		const where = `${at.where} ${key}`;
		if (one === undefined || other === undefined) {
			const there = (row: object | undefined) => (row === undefined ? null : "there");
			return [{ what: at.what, where, field: null, first: there(one), second: there(other), apart: null }];
		}
		return walk({ ...at, where }, null, one, other);
	});
}

/** Rows by their identifying fields; rows that share a name stay in order. */
function keyed(rows: readonly object[], names: readonly string[]): Map<string, object> {
	const found = new Map<string, object>();
	for (const row of rows) {
		const key = rowKey(row, names);
		let free = key;
		for (let number = 2; found.has(free); number++) free = `${key} (${number})`;
		found.set(free, row);
	}
	return found;
}

/** A row's subject in one line. */
export function rowKey(row: object, names: readonly string[]): string {
	const own = names.map((name) => nameOf((row as Record<string, unknown>)[name]));
	return own.filter((name) => name !== "").join(" ");
}

/** Fields that identify a row's subject. */
function nameOf(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (Array.isArray(value)) return value.map(nameOf).join(",");
	if (typeof value !== "object") return String(value);
	const own = Object.entries(value as Group).filter(([name]) => !WORDS.includes(name));
	return own
		.map(([name, one]) => `${name}=${nameOf(one)}`)
		.sort()
		.join(" ");
}

/** Differences of two values, field by field. */
function walk(at: At, field: string | null, first: unknown, second: unknown): ResultDifference[] {
	const inner = entryOf(INNER, field ?? "");
	if (inner !== undefined && Array.isArray(first) && Array.isArray(second)) {
		return lists({ ...at, where: `${at.where} ${field}` }, inner, first, second);
	}
	if (isObject(first) && isObject(second)) {
		const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
		return names
			.filter((name) => !WORDS.includes(name))
			.flatMap((name) =>
				walk(at, field === null ? name : `${field}.${name}`, entryOf(first, name), entryOf(second, name)),
			);
	}
	const [one, other] = [first ?? null, second ?? null];
	if (Object.is(one, other)) return [];
	const isNumber = typeof one === "number" || typeof other === "number";
	const apart = typeof one === "number" && typeof other === "number" ? distance(one, other) : null;
	if (apart !== null && apart <= at.tolerance) return [];
	const what = at.what !== "row" ? at.what : field === "status" ? "status" : isNumber ? "number" : "text";
	return [{ what, where: at.where, field, first: one, second: other, apart }];
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

function distance(a: number, b: number): number {
	return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}
