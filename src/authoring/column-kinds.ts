import { groupBy } from "../base/group-by.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { canonicalCode } from "../codebook/meaning/states.js";
import { specialCodes } from "../codebook/recognise/special-codes.js";
import { designNames } from "../design/unit-names.js";
import { type FoundList, findList, sum } from "./answer-lists.js";
import { isTick, reasonIn, says, yesAndNo } from "./answer-words.js";
import { inOrderOfNumbers } from "./number-order.js";
import type { ColumnProfile, FileProfile } from "./profile.js";
import { inOrderOfMeaning } from "./scale-order.js";

/** Answers of a column as they will appear in the draft. */
export interface FoundAnswers {
	yes: string[];
	values: string[];
	/** Texts that stand for no answer. */
	missing: string[];
	/** Set where an empty cell means a box that is not ticked. */
	empty?: "no";
	/** Whatever is written counts as this, as in the text beside "other". */
	unlisted?: string;
}

/**
 * What nothing is made of: what survey tools add, free text, the text beside "other", lists of options that have columns of
 * their own, what no cell answers, what all say, and values that each row has of its own.
 */
export type LeftOut = "service" | "text" | "specify" | "parts" | "empty" | "constant" | "id";

/** What a column seems to be. */
export type Kind =
	| { kind: "teacher" | "school" | "unit" | "stratum" | "weight" | LeftOut }
	| { kind: "number"; missing: string[] }
	/** REDCap: whether a record's form is incomplete, unverified or complete. */
	| { kind: "form"; opened: string[] }
	| { kind: "answers"; answers: FoundAnswers }
	| { kind: "list"; list: FoundList }
	/**
	 * Few values: a scale where several columns share them, else a group.
	 * @param beside Answers that stand beside yes and no.
	 * @param codes Whether 1 and 2 stand alone, so that they may be yes and no, and anything else.
	 */
	| { kind: "values"; values: string[]; missing: string[]; beside?: string[]; codes?: true };

export interface FoundColumn {
	profile: ColumnProfile;
	found: Kind;
}

/** Answer that free text counts as. */
export const OTHER = "Other";
const MOST_VALUES = 20;
const MOST_CODES = 12;
/** Most other answers of a column that still looks like yes and no. */
const MOST_BESIDE = 3;

/** Tells the kind of each column from its name and its texts. */
export function findKinds({ columns, rows }: FileProfile): FoundColumn[] {
	const ticked = tickedStems(columns);
	const parted = partedNames(columns);
	const roles = designNames(columns.map(({ name }) => name));
	const found = columns.map((profile): FoundColumn => {
		if (parted.has(profile.name)) return { profile, found: { kind: "parts" } };
		const role = profile.texts.length > 1 ? roles.get(profile.name) : undefined;
		return { profile, found: role === undefined ? kindOf(profile, rows, ticked) : { kind: role } };
	});
	return withLoneCodes(withConstants(found));
}

/** Columns that say in one cell what columns of their options say one by one, as KoboToolbox writes both. */
function partedNames(columns: readonly ColumnProfile[]): ReadonlySet<string> {
	const questionBefore = ({ name, shared }: ColumnProfile) => {
		const isOption = shared !== undefined && name.startsWith(`${shared.question}/`);
		return isOption ? shared.question : (OPTION.exec(name)?.[1] ?? "");
	};
	const options = groupBy(columns, questionBefore);
	return new Set([...options].flatMap(([name, own]) => (name !== "" && own.length > 1 ? [name] : [])));
}

/** The question that a column shares with its neighbours. */
function questionOf({ name, shared }: ColumnProfile): string {
	return shared?.question ?? stemOf(name);
}

/** Columns of a question in which all say the same: they have the answers of those beside them. */
function withConstants(columns: readonly FoundColumn[]): FoundColumn[] {
	const byQuestion = groupBy(columns, ({ profile }) => questionOf(profile));
	return columns.map((column) => {
		const { profile, found } = column;
		if (!["number", "text", "constant"].includes(found.kind)) return column;
		const { given, missing } = answersIn(profile);
		const [only] = given;
		if (only === undefined || given.length > 1) return column;
		const beside = (byQuestion.get(questionOf(profile)) ?? []).map((one) => one.found);
		const boxes = beside.find((one) => one.kind === "answers" && isBox(one.answers));
		if (boxes !== undefined && !isNumber(only)) {
			return { profile, found: { kind: "answers", answers: { ...boxOf(only), missing } } };
		}
		const same = beside.find(
			(one) =>
				(one.kind === "answers" && hasText(one.answers.values, only)) ||
				(one.kind === "values" && hasText(one.values, only)),
		);
		return same === undefined ? column : { profile, found: same };
	});
}

function hasText(texts: readonly string[], text: string): boolean {
	return texts.map(foldCase).includes(foldCase(text));
}

/** Whether answers are those of a box: ticked, or nothing. */
export function isBox({ empty, values, unlisted }: FoundAnswers): boolean {
	return empty === "no" && values.length === 1 && unlisted === undefined;
}

function boxOf(tick: string): FoundAnswers {
	return { yes: [tick], values: [tick], missing: [], empty: "no" };
}

/**
 * A column of 1 and 2 by itself may be of anything, such as men and women: only labels, columns beside it, or a heading that
 * asks say yes and no.
 */
function withLoneCodes(columns: readonly FoundColumn[]): FoundColumn[] {
	const counts = new Map<string, number>();
	for (const { profile, found } of columns) {
		if (!isOneTwo(profile, found)) continue;
		counts.set(questionOf(profile), (counts.get(questionOf(profile)) ?? 0) + 1);
	}
	return columns.map((column) => {
		const { profile, found } = column;
		if (found.kind !== "answers" || !isOneTwo(profile, found) || counts.get(questionOf(profile)) !== 1) {
			return column;
		}
		const { values, missing } = found.answers;
		return { profile, found: { kind: "values", values: sorted(values, true), missing, codes: true } };
	});
}

function isOneTwo({ name, variable }: ColumnProfile, found: Kind): boolean {
	if (found.kind !== "answers" || (variable?.values.size ?? 0) > 0) return false;
	if (/[?？]\s*$/.test(variable?.label || name)) return false;
	return found.answers.values.toSorted().join() === "1,2";
}

function kindOf(profile: ColumnProfile, rows: number, ticked: ReadonlyMap<string, string>): Kind {
	const { name, texts, empty } = profile;
	if (says.service(name) || name.trim() === "") return { kind: "service" };
	if (texts.length === 0) {
		const tick = ticked.get(stemOf(name));
		if (tick === undefined) return { kind: "empty" };
		return { kind: "answers", answers: { yes: [tick], values: [tick], missing: [], empty: "no" } };
	}
	if (texts.every(({ text }) => says.date(text))) return { kind: "service" };
	if (says.other(name)) {
		return {
			kind: "answers",
			answers: { yes: [OTHER], values: [OTHER], missing: [], empty: "no", unlisted: OTHER },
		};
	}
	const byName = kindByName(profile, rows);
	if (byName !== undefined) return byName;
	if (isSpecified(profile)) return { kind: "specify" };
	const { given, missing } = answersIn(profile);
	const spoken = says.gender(`${name} ${profile.variable?.label ?? ""}`)
		? undefined
		: spokenAnswers(profile, given);
	if (spoken?.others.length === 0) {
		const { yes, no, without } = spoken;
		return { kind: "answers", answers: { yes, values: [...yes, ...no], missing: [...missing, ...without] } };
	}
	const [only] = given;
	if (
		given.length === 1 &&
		only !== undefined &&
		empty.rows > 0 &&
		(isTick(only) || ticked.has(stemOf(name)))
	) {
		return { kind: "answers", answers: { yes: [only], values: [only], missing, empty: "no" } };
	}
	const list = findList(profile);
	if (list !== undefined) return { kind: "list", list };
	if (isId(profile, given)) return { kind: "id" };
	const numeric = given.every(isNumber);
	if (numeric && (given.length > MOST_CODES || isQuantity(profile, given)))
		return { kind: "number", missing };
	const answered = sum(texts.map((text) => text.rows));
	const different = inOneCase(given).length;
	const repeats = different <= MOST_VALUES && different <= Math.max(2, answered / 2) && !isWritten(profile);
	if (given.length > 1 && repeats) {
		const beside =
			spoken !== undefined && spoken.others.length <= MOST_BESIDE ? { beside: spoken.others } : {};
		return { kind: "values", values: sorted(given, numeric), missing, ...beside };
	}
	if (given.length === 1 && answered >= LEAST_IDS) return { kind: "constant" };
	return numeric ? { kind: "number", missing } : { kind: "text" };
}

/** Whether a few numbers are amounts and no codes: with fractions, or with gaps where the heading asks how much or in steps of 5. */
function isQuantity({ name, variable }: ColumnProfile, given: readonly string[]): boolean {
	if ((variable?.values.size ?? 0) > 0 || given.length < 3) return false;
	const numbers = given.map(numberIn);
	if (!numbers.every(Number.isInteger)) return true;
	const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
	if (low <= 1 && high - low === given.length - 1) return false;
	return says.quantity(variable?.label || name) || (low === 0 && numbers.every((number) => number % 5 === 0));
}

/** Rows from which on values that differ in all of them are no answers. */
const LEAST_IDS = 30;
const MOSTLY_DIFFERENT = 0.98;
/** Number of digits of ID, telephone and document numbers. */
const LONG_NUMBER = 8;

/** Whether nearly each row has a value of its own, as ids have: numbers that run on, long numbers, or codes. */
function isId({ name, texts, variable }: ColumnProfile, given: readonly string[]): boolean {
	if (says.quantity(variable?.label || name)) return false;
	const answered = sum(texts.map(({ rows }) => rows));
	if (answered < LEAST_IDS || texts.length < MOSTLY_DIFFERENT * answered) return false;
	if (!given.every((text) => /^\d+$/.test(text))) {
		return given.every((text) => /^[\p{L}\d_./#-]{2,40}$/u.test(text) && /\d/.test(text) && !isNumber(text));
	}
	const numbers = given.map(Number);
	const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
	return high - low < 1.5 * given.length || given.every((text) => text.length >= LONG_NUMBER);
}

/** Whether a column holds what people write beside "other", and no box or code. */
function isSpecified({ name, variable, texts }: ColumnProfile): boolean {
	if (!says.specify(name) && !says.specify(variable?.label ?? "")) return false;
	const all = texts.map(({ text }) => text);
	if (all.every(isNumber) || yesAndNo(all) !== undefined) return false;
	const [only] = all;
	return all.length > 1 || only === undefined || !(isTick(only) || foldCase(name).includes(foldCase(only)));
}

/** Where most texts occur only once, they are not a choice among a few. */
const LEAST_WRITTEN = 4;

function isWritten({ texts }: ColumnProfile): boolean {
	const once = texts.filter(({ text, rows }) => rows === 1 && !isNumber(text)).length;
	return once >= LEAST_WRITTEN && 2 * once > texts.length && texts.length > LEAST_WRITTEN + 2;
}

function kindByName({ name, texts, empty }: ColumnProfile, rows: number): Kind | undefined {
	const states = says.form(name) ? formStates(texts.map(({ text }) => text)) : undefined;
	if (states !== undefined) return { kind: "form", opened: states };
	const numbers = texts.every(({ text }) => isNumber(text) && Number(text.replace(",", ".")) >= 0);
	if (says.weight(name) && numbers && empty.rows === 0) return { kind: "weight" };
	if (says.stratum(name)) return { kind: "stratum" };
	if (says.school(name) && texts.length > 1) return { kind: "school" };
	return says.teacher(name) && texts.length === rows ? { kind: "teacher" } : undefined;
}

/** The states of a form of REDCap that has been opened; undefined where the texts are no such states. */
function formStates(texts: readonly string[]): string[] | undefined {
	const known = [
		["0", "1", "2"],
		["Incomplete", "Unverified", "Complete"],
	].find((states) => texts.every((text) => states.includes(text)));
	return known?.slice(1);
}

/**
 * Answers, and texts that say there is none: by the file's own declarations and labels, and by the usual codes where it
 * says nothing of them.
 */
function answersIn({ texts, variable }: ColumnProfile): { given: string[]; missing: string[] } {
	const all = texts.map(({ text }) => text);
	const declared = all.filter((text) => isDeclared(text, variable?.missing ?? null));
	const rest = all.filter((text) => !declared.includes(text));
	const labelOf = (text: string) => variable?.values.get(canonicalCode(text))?.trim() ?? "";
	const isAnswer = (text: string) => labelOf(text) !== "" && reasonIn(labelOf(text)) === undefined;
	const isNone = (text: string) => labelOf(text) !== "" && !isAnswer(text);
	const usual = isCodes(rest) ? [] : rest.filter((text) => says.noAnswer(text) && !isAnswer(text));
	const without = rest.filter((text) => !usual.includes(text));
	// A code such as 9 is not an answer beside yes and no, words, or a few codes far below it; else it is a number.
	const drop =
		without.length > 0 &&
		(yesAndNo(without) !== undefined || !without.every(isNumber) || isScaleBelow(without, usual));
	if (drop) return { given: without, missing: [...declared, ...usual] };
	// So is 9998 after 17, by which no mean and no group is to be made before somebody was asked.
	const number = (text: string) => text.trim().replace(",", ".");
	const counts = texts
		.filter(({ text }) => !declared.includes(text))
		.map(({ text, rows }) => [number(text), rows] as const);
	// R writes NA into an empty cell, Stata a point.
	const words = usual.filter((text) => !isNumber(text) || isNone(text));
	const codes = specialCodes(new Map(counts.filter(([text]) => isNumber(text)))).map(([code]) => code);
	const special = rest.filter(
		(text) => words.includes(text) || (codes.includes(number(text)) && !isAnswer(text)),
	);
	return { given: rest.filter((text) => !special.includes(text)), missing: [...declared, ...special] };
}

/** Whether NA is one of many codes of two letters, such as those of countries, where it is Namibia. */
function isCodes(texts: readonly string[]): boolean {
	return texts.length > 2 && texts.every((text) => /^[A-Z]{2}$/.test(text));
}

/** Codes from 0 or 1 without a gap, followed by a gap before the others. */
function isScaleBelow(codes: readonly string[], others: readonly string[]): boolean {
	const numbers = codes.map(Number);
	const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
	const dense = (low === 0 || low === 1) && high - low === codes.length - 1 && codes.length < 8;
	return dense && others.every((text) => Number(text) < 0 || Number(text) > high + 1);
}

function isDeclared(text: string, missing: NonNullable<ColumnProfile["variable"]>["missing"]): boolean {
	if (missing === null) return false;
	const code = canonicalCode(text);
	const { values, range } = missing;
	return values.includes(code) || (range !== null && Number(code) >= range.from && Number(code) <= range.to);
}

/** Answers of a yes-or-no question, as in the file. */
interface SpokenAnswers {
	yes: string[];
	no: string[];
	/** Those that say there is none, such as "Don't know". */
	without: string[];
	others: string[];
}

/** Which of a column's texts say yes and no, by the file's own labels where it has them; undefined where none do. */
function spokenAnswers({ variable }: ColumnProfile, given: readonly string[]): SpokenAnswers | undefined {
	const labelled = given.map((text) => variable?.values?.get(canonicalCode(text)) ?? "");
	// Labels tell 1 female, 2 male from 1 yes, 2 no, and 1 no, 2 yes.
	const meanings = labelled.includes("") ? given : labelled;
	const places = [...given.keys()];
	const without = places.filter((place) => reasonIn(meanings[place] as string) !== undefined);
	const answers = places.filter((place) => !without.includes(place));
	const found = yesAndNo(answers.map((place) => meanings[place] as string));
	if (found === undefined) return undefined;
	const texts = (of: readonly number[]) =>
		inOneCase(of.map((place) => given[answers[place] as number] as string));
	return {
		yes: texts(found.yes),
		no: texts(found.no),
		without: inOneCase(without.map((place) => given[place] as string)),
		others: texts(found.other),
	};
}

/** Texts of which several are told apart by case alone, once: so they are read. */
export function inOneCase(texts: readonly string[]): string[] {
	return [...new Map(texts.toReversed().map((text) => [foldCase(text), text])).values()].toReversed();
}

/** Stems of columns that hold one text or nothing, several of them together: boxes to tick, with the text of the first. */
function tickedStems(columns: readonly ColumnProfile[]): Map<string, string> {
	const single = columns.filter(({ texts, empty }) => texts.length === 1 && empty.rows > 0);
	const byStem = groupBy(single, ({ name }) => stemOf(name));
	return new Map(
		[...byStem].flatMap(([stem, several]) =>
			several.length < 2 ? [] : [[stem, several[0]?.texts[0]?.text ?? ""] as const],
		),
	);
}

/** A box as REDCap names it where labels are exported. */
export const CHOICE = /^(.+?)\s*\(choice=(.*)\)$/s;

/** A box as KoboToolbox names it: `question/option`, with the names of groups before it. */
export const OPTION = /^(\S+)\/([^/\s]+)$/;

/** What columns of one question share: the text before a bracket, or the name before its last letter or number. */
export function stemOf(name: string): string {
	const [, before] = /^(.+?)\s*\[[^\]]*\]/s.exec(name) ?? [];
	if (before !== undefined) return before.trim();
	const [, asked] = CHOICE.exec(name) ?? [];
	if (asked !== undefined) return asked.trim();
	const [, field] = /^(.+?)___\w+$/.exec(name) ?? OPTION.exec(name) ?? [];
	if (field !== undefined) return field;
	const [, start] = /^([A-Za-z][A-Za-z0-9_.]*?)_?(?:[A-Z]|\d+)$/.exec(name) ?? [];
	return start ?? name;
}

function sorted(values: readonly string[], numeric: boolean): string[] {
	if (numeric) return values.toSorted((a, b) => numberIn(a) - numberIn(b));
	return inOrderOfMeaning(values) ?? inOrderOfNumbers(values) ?? values.toSorted();
}

/** A number, also one with a decimal comma. */
function numberIn(text: string): number {
	return Number(text.trim().replace(",", "."));
}

export function isNumber(text: string): boolean {
	return /^\s*[-+]?\d+([.,]\d+)?([eE][-+]?\d+)?\s*$/.test(text);
}
