import type { DeclaredMissing, Header } from "../../read/block.js";
import type { Codebook, NoAnswer } from "../definition/schema.js";
import { canonicalCode } from "./states.js";

/** Why a code is no answer; undefined where it is one. */
export type NoAnswerOf = (code: string) => NoAnswer | undefined;

export function noAnswersListed(missing: Readonly<Record<string, NoAnswer>>): NoAnswerOf {
	return (code) => (Object.hasOwn(missing, code) ? missing[code] : undefined);
}

/**
 * Codes of a column that are no answer: by the codebook where it knows the column, else by what the file
 * declares. Null where neither says anything of it.
 */
export function noAnswersOf(
	codebook: Codebook,
	{ columns, variables }: Header,
	column: number,
): NoAnswerOf | null {
	const known = knownMissing(codebook, (columns[column] as string).toUpperCase());
	if (known !== null) return noAnswersListed(known);
	const declared = variables?.[column]?.missing ?? null;
	return declared === null ? null : declaredMissing(declared);
}

/** Missing codes of a column that is an item or a group of the codebook. */
function knownMissing(codebook: Codebook, variable: string): Record<string, NoAnswer> | null {
	const same = (name: string) => name.toUpperCase() === variable;
	for (const topic of Object.values(codebook.topics)) {
		const item = Object.values(topic.items).find((one) => same(one.variable));
		if (item !== undefined) return codebook.answers[item.answers ?? topic.answers]?.missing ?? null;
	}
	const lists = Object.values(codebook.groups).flatMap((group) =>
		same(group.variable) && group.missing !== undefined ? [group.missing] : [],
	);
	if (lists.length === 0) return null;
	return Object.fromEntries(lists.flat().map((code) => [code, "omitted" as const]));
}

/** A file says which values are no answers, but not why. */
function declaredMissing({ values, range }: DeclaredMissing): NoAnswerOf {
	const codes = new Set(values.map(canonicalCode));
	const inRange = (code: string) =>
		range !== null && code !== "" && Number(code) >= range.from && Number(code) <= range.to;
	return (code) => (codes.has(code) || inRange(code) ? "omitted" : undefined);
}
