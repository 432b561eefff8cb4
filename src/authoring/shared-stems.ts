import { CHOICE } from "./column-kinds.js";
import { oneLine } from "./headings.js";
import type { ColumnProfile } from "./profile.js";

/** With this many columns, a shared beginning is a question and no coincidence. */
const LEAST_PARTS = 3;

/** Where a question ends and its part begins; a colon of a time, a ratio or an address is none. */
const CUT = /:\s*(?![\d/\s])|\s[-–—]\s+|\s*>\s*/g;

/** Where the question has a column of its own beside, two options are enough. */
const LEAST_OPTIONS = 2;

/** A heading cut in two. */
interface Cut {
	question: string;
	part: string;
	/** Number of headings that make it a question. */
	least: number;
}

/** Adds to columns such as `Did you take part in: coaching?` what is asked in all of them and what in each. */
export function withSharedStems(columns: readonly ColumnProfile[]): ColumnProfile[] {
	const names = new Set(columns.map(nameOf));
	const cuts = columns.map((column) => [...cutsOf(column), ...optionsOf(column, names)]);
	const counts = new Map<string, number>();
	for (const { question } of cuts.flat()) counts.set(question, (counts.get(question) ?? 0) + 1);
	return columns.map((column, place) => {
		const found = cuts[place]?.findLast(({ question, least }) => (counts.get(question) ?? 0) >= least);
		if (found === undefined) return column;
		const { question, part } = found;
		return { ...column, shared: { question, part } };
	});
}

function nameOf({ name, variable }: ColumnProfile): string {
	return oneLine(variable?.label || name);
}

/**
 * `Question/Option`, as KoboToolbox writes headings in words. Elsewhere a slash is in the middle of a question, so the
 * question has a column of its own, or ends like one.
 */
function optionsOf(column: ColumnProfile, names: ReadonlySet<string>): Cut[] {
	const text = nameOf(column);
	return [...text.matchAll(/\//g)].flatMap(({ index }) => {
		const [question, part] = [text.slice(0, index).trim(), text.slice(index + 1).trim()];
		if (part === "") return [];
		if (names.has(question)) return [{ question, part, least: LEAST_OPTIONS }];
		return /[?？:]$/.test(question) ? [{ question, part, least: LEAST_PARTS }] : [];
	});
}

/** A heading cut into question and part in all ways, from the shortest question to the longest. */
function cutsOf(column: ColumnProfile): Cut[] {
	const text = nameOf(column);
	if (/\[.+\]/.test(text) || CHOICE.test(text)) return [];
	return [...text.matchAll(CUT)].flatMap((cut) => {
		const question = text.slice(0, cut.index).trim();
		const part = text.slice(cut.index + cut[0].length).replace(/[\s?？]+$/, "");
		return question === "" || part === "" ? [] : [{ question, part, least: LEAST_PARTS }];
	});
}
