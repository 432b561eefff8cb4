import { CHOICE } from "./column-kinds.js";
import { oneLine } from "./headings.js";
import type { ColumnProfile } from "./profile.js";

/** Columns from which on a beginning that they share is a question, and no word that two happen to begin with. */
const LEAST_PARTS = 3;

/** Where a question ends and its part begins; a colon of a time, a ratio or an address is none. */
const CUT = /:\s*(?![\d/\s])|\s[-–—]\s+|\s*>\s*/g;

/** Adds to columns such as `Did you take part in: coaching?` what is asked in all of them and what in each. */
export function withSharedStems(columns: readonly ColumnProfile[]): ColumnProfile[] {
	const options = optionsIn(columns);
	const cuts = columns.map(cutsOf);
	const counts = new Map<string, number>();
	for (const { question } of cuts.flat()) counts.set(question, (counts.get(question) ?? 0) + 1);
	return columns.map((column, place) => {
		const option = options.get(column.place);
		if (option !== undefined) return { ...column, shared: option };
		const shared = cuts[place]?.findLast(({ question }) => (counts.get(question) ?? 0) >= LEAST_PARTS);
		return shared === undefined ? column : { ...column, shared };
	});
}

/** A slash of KoboToolbox has no blanks beside it; in codes such as `q1/coaching` it is read already. */
const SLASH = /(?<=\S)\/(?=\S)/g;

/** Columns from which on what stands before a slash is a question, where no column has it as its name. */
const LEAST_OPTIONS = 2;

/** Headings such as `Did you take part in?/Peer coaching`, as KoboToolbox writes options under their labels, by place. */
function optionsIn(columns: readonly ColumnProfile[]): Map<number, { question: string; part: string }> {
	const names = new Set(columns.map(({ name }) => oneLine(name)));
	const cuts = columns.map(({ place, name }) => {
		const text = oneLine(name);
		const all = [...text.matchAll(SLASH)].map(({ index }) => ({
			question: text.slice(0, index),
			part: text.slice(index + 1),
		}));
		return { place, all: /\s/.test(text) ? all : [] };
	});
	const counts = new Map<string, number>();
	for (const { question } of cuts.flatMap(({ all }) => all))
		counts.set(question, (counts.get(question) ?? 0) + 1);
	return new Map(
		cuts.flatMap(({ place, all }) => {
			const found =
				all.find(({ question }) => names.has(question)) ??
				all.findLast(({ question }) => (counts.get(question) ?? 0) >= LEAST_OPTIONS);
			return found === undefined ? [] : [[place, found] as const];
		}),
	);
}

/** A heading cut into question and part in all ways, from the shortest question to the longest. */
function cutsOf({ name, variable }: ColumnProfile): { question: string; part: string }[] {
	const text = oneLine(variable?.label || name);
	if (/\[.+\]/.test(text) || CHOICE.test(text)) return [];
	return [...text.matchAll(CUT)].flatMap((cut) => {
		const question = text.slice(0, cut.index).trim();
		const part = text.slice(cut.index + cut[0].length).replace(/[\s?？]+$/, "");
		return question === "" || part === "" ? [] : [{ question, part }];
	});
}
