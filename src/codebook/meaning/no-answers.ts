import type { DeclaredMissing, Header } from "../../read/block.js";
import type { Codebook, NoAnswer } from "../definition/schema.js";
import type { NoAnswers } from "./expression.js";
import { canonicalCode } from "./states.js";

/**
 * Codes of a column that are no answer: by the codebook where it knows the column, else by what the file
 * declares. Null where neither says anything of it.
 */
export function noAnswersOf(
	codebook: Codebook,
	{ columns, variables }: Header,
	column: number,
): NoAnswers | null {
	const known = knownMissing(codebook, (columns[column] as string).toUpperCase());
	if (known !== null) return { codes: known };
	const declared = variables?.[column]?.missing ?? null;
	return declared === null ? null : declaredMissing(declared);
}

/** A mere list of codes does not say why they are no answers. */
export function omittedCodes(codes: readonly string[]): NoAnswers["codes"] {
	return Object.fromEntries(codes.map((code) => [code, "omitted" as const]));
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
	return lists.length === 0 ? null : omittedCodes(lists.flat());
}

/** A file says which values are no answers, but not why. */
function declaredMissing({ values, range }: DeclaredMissing): NoAnswers {
	const codes = omittedCodes(values.map(canonicalCode));
	if (range === null) return { codes };
	const ends = Object.entries(range).filter(([, end]) => Number.isFinite(end));
	return { codes, range: Object.fromEntries(ends) };
}
