import type { ColumnProfile } from "./profile.js";

/** A cell with several answers. */
export interface FoundList {
	separator: string;
	/** Answers that many people gave, in order of appearance. */
	options: string[];
	/** Whether there are other answers, such as free text. */
	open: boolean;
}

/** Shares of cells and of parts from which a column looks like a list. */
const LEAST_LISTS = 0.1;
const LEAST_KNOWN = 0.7;
const MOST_OPTIONS = 40;

/** A column of lists such as `a;b;c;` or `a, b, c`; undefined for any other column. */
export function findList(column: ColumnProfile): FoundList | undefined {
	for (const separator of [";", ","]) {
		const found = listOf(column, separator);
		if (found !== undefined) return found;
	}
	return undefined;
}

function listOf({ texts }: ColumnProfile, separator: string): FoundList | undefined {
	const cells = texts.filter(({ text }) => text.includes(separator));
	const rows = sum(texts.map((text) => text.rows));
	if (sum(cells.map((cell) => cell.rows)) < LEAST_LISTS * rows) return undefined;
	// Numbers with a decimal comma are no lists.
	if (cells.every(({ text }) => /^[-+]?\d+,\d+$/.test(text))) return undefined;
	const parts = texts.map(({ text, rows }) => ({ rows, parts: cut(text, separator) }));
	const joined = separator === "," ? joinSplit(parts) : parts;
	const counts = new Map<string, number>();
	for (const { rows, parts } of joined) {
		for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + rows);
	}
	const all = sum([...counts.values()]);
	const options = [...counts].filter(([, count]) => count > 1 && count >= 0.02 * rows).map(([text]) => text);
	const known = sum(options.map((option) => counts.get(option) ?? 0));
	const several = joined.some(({ parts }) => parts.length > 1);
	if (!several || options.length < 2 || options.length > MOST_OPTIONS) return undefined;
	return known < LEAST_KNOWN * all ? undefined : { separator, options, open: options.length < counts.size };
}

function cut(text: string, separator: string): string[] {
	return text
		.split(separator)
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

interface Cut {
	rows: number;
	parts: string[];
}

/**
 * Puts answers together again that hold the separator themselves. Two parts belong together where one never stands
 * without the other, or where the second begins in lower case and answers begin in upper case.
 */
function joinSplit(cells: readonly Cut[]): Cut[] {
	const alone = new Map<string, number>();
	const pairs = new Map<string, number>();
	const pair = (a: string, b: string) => `${a}\n${b}`;
	for (const { rows, parts } of cells) {
		for (const [place, part] of parts.entries()) {
			alone.set(part, (alone.get(part) ?? 0) + rows);
			const next = parts[place + 1];
			if (next !== undefined) pairs.set(pair(part, next), (pairs.get(pair(part, next)) ?? 0) + rows);
		}
	}
	const upper = cells.filter(({ parts }) => !isLower(parts[0] ?? "")).length > cells.length / 2;
	const belong = (a: string, b: string) => {
		const together = pairs.get(pair(a, b)) ?? 0;
		if (upper && isLower(b)) return true;
		return together > 2 && together === alone.get(a) && together === alone.get(b);
	};
	return cells.map(({ rows, parts }) => {
		const joined: string[] = [];
		let last = "";
		for (const part of parts) {
			if (joined.length > 0 && belong(last, part)) joined.push(`${joined.pop()}, ${part}`);
			else joined.push(part);
			last = part;
		}
		return { rows, parts: joined };
	});
}

function isLower(text: string): boolean {
	const letter = text[0] ?? "";
	return letter === letter.toLowerCase() && letter !== letter.toUpperCase();
}

export function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}
