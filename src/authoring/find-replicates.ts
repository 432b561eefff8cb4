import { UserError } from "../base/errors.js";
import { bearable, patternOf, type Ratios, ratiosOf, type Scheme } from "../design/replicate-pattern.js";
import { sum } from "./answer-lists.js";
import { isNumber } from "./column-kinds.js";
import type { ColumnProfile, FileProfile } from "./profile.js";

/** A weight and its replicate weights. */
export interface FoundReplicates {
	weight: ColumnProfile;
	replicates: readonly ColumnProfile[];
	ratios: Ratios;
	/** Undefined if the numbers fit no known method. */
	pattern: Scheme | undefined;
}

/** Columns PREFIX1 … PREFIXn, by number. */
interface Run {
	prefix: string;
	members: { number: number; profile: ColumnProfile }[];
}

const LEAST_REPLICATES = 4;
/** With this many columns, a pattern is no coincidence even without a named weight. */
const MANY_REPLICATES = 20;
/** A replicate that leaves out half of the units keeps half of the weight's values; questions have a handful. */
const LOST = 3;
const LEAST_VALUES = 10;

/**
 * Replicate weights beside one of the weights, or, where no name tells the weight, beside any column that they follow.
 * @throws UserError where one of them is missing or cannot be read: standard errors of the rest would be wrong.
 */
export function findReplicates(
	profile: FileProfile,
	weights: readonly ColumnProfile[],
): FoundReplicates | undefined {
	const runs = findRuns(profile.columns);
	const named = best(weights.flatMap((weight) => ofWeight(runs, weight, profile)));
	if (named?.pattern !== undefined) return whole(named, profile);
	const others = profile.columns.filter((one) => !weights.includes(one) && isBase(one));
	const followed = others
		.flatMap((weight) => ofWeight(runs, weight, profile))
		.filter(
			({ pattern, replicates }) =>
				pattern !== undefined && (pattern.method !== "bootstrap" || replicates.length >= MANY_REPLICATES),
		);
	const found = best(followed) ?? named;
	return found === undefined ? undefined : whole(found, profile);
}

/** Names of the replicates, which help to recognise rounded factors. */
const REPLICATE = /rep(l|w|f|_|$)|jk|jack|brr|fay|boot|^bs|^b?rr/i;

/** Columns with what a weight is multiplied by, which are none themselves; R calls such replicates not combined. */
export function findFactors({ columns, rows }: FileProfile): ColumnProfile[] {
	for (const { prefix, members } of findRuns(columns)) {
		const factors = members.map(({ profile }) => profile).filter(isComplete);
		if (factors.length < LEAST_REPLICATES || factors.length < members.length) continue;
		const values = factors.map(numbersOf);
		// What one replicate takes from some units it gives to others; answers such as 1 and 2 only go up.
		if (!values.every((own) => own.some((value) => value < 1) && own.some((value) => value > 1))) continue;
		const ones = (values[0] ?? []).map(() => 1);
		const ratios = ratiosOf(ones, values);
		if (REPLICATE.test(prefix) && follow(ratios)) return factors;
		const pattern = patternOf(ratios, ones.length === rows);
		const many = factors.length >= MANY_REPLICATES;
		if (pattern === undefined || (pattern.method === "bootstrap" && !many)) continue;
		const units = new Set(ones.map((_, row) => ratios.map((own) => own[row]).join()));
		// Teachers of a unit have the same factors; answers to questions differ.
		if (2 * units.size <= ones.length) return factors;
	}
	return [];
}

/** Whether methods that differ by next to nothing are all that the numbers bear, so that either is right. */
export function isLikeBootstrap({ ratios }: FoundReplicates): boolean {
	const methods = bearable(ratios).map(({ method }) => method);
	return methods.length > 0 && methods.every((method) => method === "bootstrap" || method === "brr");
}

/** First what the numbers prove, then the longest list. */
function best(found: readonly FoundReplicates[]): FoundReplicates | undefined {
	const rank = ({ pattern }: FoundReplicates) =>
		pattern === undefined ? 2 : pattern.method === "bootstrap" ? 1 : 0;
	return found.toSorted((a, b) => rank(a) - rank(b) || b.replicates.length - a.replicates.length)[0];
}

function ofWeight(runs: readonly Run[], weight: ColumnProfile, { rows }: FileProfile): FoundReplicates[] {
	return runs.flatMap(({ members }) => {
		const others = members.map(({ profile }) => profile).filter((one) => one !== weight);
		const replicates = others.filter((one) => isComplete(one));
		const fit = replicates.length >= LEAST_REPLICATES && 2 * replicates.length > others.length;
		if (!fit || !replicates.every((one) => isLike(one, weight))) return [];
		const ratios = ratiosOf(numbersOf(weight), replicates.map(numbersOf));
		if (!follow(ratios)) return [];
		const pattern = patternOf(ratios, weight.first.length === rows);
		return [{ weight, replicates, ratios, pattern }];
	});
}

/** @throws UserError where a replicate between the others is missing, or has a cell that is not a weight. */
function whole(found: FoundReplicates, { columns, file }: FileProfile): FoundReplicates {
	const [first] = found.replicates;
	const run = findRuns(columns).find(({ members }) => members.some(({ profile }) => profile === first));
	for (const { profile } of run?.members ?? []) {
		if (profile !== found.weight) rejectBadCell(profile, file, "replicate weight");
	}
	const members = run?.members.filter(({ profile }) => profile !== found.weight) ?? [];
	const numbers = members.map(({ number }) => number);
	const start = numbers[0] === 0 ? 0 : 1;
	const gap = numbers.findIndex((number, place) => number !== start + place);
	if (gap >= 0) {
		const [from, to] = [members[0], members.at(-1)].map((one) => one?.profile.name);
		const missing = `${run?.prefix}${start + gap}`;
		throw new UserError(`${missing} is missing among the replicate weights ${from} … ${to}`, {
			where: { file },
			hint: "use the file as published; standard errors need all of them",
		});
	}
	return found;
}

/**
 * Refuses a weight with a cell that is none, among cells that are: without the row, or without the weight, figures
 * would be of others.
 * @throws UserError with line and column.
 */
export function rejectBadCell(column: ColumnProfile, file: string, what: string): void {
	const { name, texts, empty } = column;
	const bad = texts
		.filter(({ text }) => !isWeight(text))
		.map(({ text, line }) => ({ line, said: `has "${text}"` }));
	if (empty.rows > 0) bad.push({ line: empty.line, said: "is empty" });
	const [first] = bad.toSorted((a, b) => a.line - b.line);
	if (first === undefined) return;
	throw new UserError(`the ${what} ${name} ${first.said}`, {
		where: { file, line: first.line },
		hint: "every row needs a number of zero or more, without thousands separators; correct the file, or leave such rows out",
	});
}

/** Whether most cells of a column are numbers, however they are written. */
export function isMostlyNumbers({ texts, empty }: ColumnProfile): boolean {
	const rows = sum(texts.map((one) => one.rows)) + empty.rows;
	const numbers = texts.filter(({ text }) => /^\s*[-+]?\d[\d.,'  ]*([eE][-+]?\d+)?\s*$/.test(text));
	return sum(numbers.map((one) => one.rows)) >= MOSTLY * rows;
}

const MOSTLY = 0.8;

function findRuns(columns: readonly ColumnProfile[]): Run[] {
	const runs = new Map<string, Run>();
	for (const profile of columns) {
		const [, prefix, number] = /^(.*?)(\d+)$/.exec(profile.name) ?? [];
		if (prefix === undefined || !isMostlyNumbers(profile)) continue;
		const run = runs.get(prefix) ?? { prefix, members: [] };
		run.members.push({ number: Number(number), profile });
		runs.set(prefix, run);
	}
	return [...runs.values()]
		.filter(({ members }) => members.length >= LEAST_REPLICATES)
		.map(({ prefix, members }) => ({ prefix, members: members.toSorted((a, b) => a.number - b.number) }));
}

function isWeight(text: string): boolean {
	return isNumber(text) && numberOf(text) >= 0;
}

function isComplete({ texts, empty }: ColumnProfile): boolean {
	return empty.rows === 0 && texts.length > 0 && texts.every(({ text }) => isWeight(text));
}

/** Whether a column without a weight's name could be one. */
function isBase(column: ColumnProfile): boolean {
	return column.texts.length >= LEAST_VALUES && isComplete(column);
}

/** Whether a column's size and number of values are those of the weight. */
function isLike(one: ColumnProfile, weight: ColumnProfile): boolean {
	const [own, its] = [meanOf(one), meanOf(weight)];
	return own > its / 2 && own < its * 2 && one.texts.length >= weight.texts.length / LOST;
}

/** Whether the replicates of a row are on average about its weight, as no answers are. */
function follow(ratios: Ratios): boolean {
	const rows = ratios[0]?.length ?? 0;
	const off = Array.from({ length: rows }, (_, row) =>
		Math.abs(sum(ratios.map((own) => own[row] as number)) / ratios.length - 1),
	);
	return rows > 0 && sum(off) / rows < 0.25 + 1 / Math.sqrt(ratios.length);
}

function meanOf({ first }: ColumnProfile): number {
	return sum(first.map(numberOf)) / first.length;
}

function numbersOf({ first }: ColumnProfile): number[] {
	return first.map(numberOf);
}

function numberOf(text: string): number {
	return Number(text.replace(",", "."));
}
