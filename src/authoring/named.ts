import type { Answers, Text } from "../codebook/definition/schema.js";
import { canonicalCode } from "../codebook/meaning/states.js";
import { reasonIn } from "./answer-words.js";
import type { FoundColumn } from "./column-kinds.js";
import { oneLine } from "./headings.js";

/** Names listed before the rest are only counted. */
const MOST_NAMES = 12;

export function listed(names: readonly string[]): string {
	const shown = [...new Set(names)];
	const more = shown.length - MOST_NAMES;
	return more > 1 ? `${shown.slice(0, MOST_NAMES).join(", ")} (+${more})` : shown.join(", ");
}

/** Code → its label in the file, else the text itself. */
export function labels(values: readonly string[], columns: readonly FoundColumn[]): Record<string, Text> {
	const named = columns.flatMap(({ profile }) => [...(profile.variable?.values ?? [])]);
	const known = new Map(named);
	return Object.fromEntries(
		values.map((text) => {
			const code = canonicalCode(text);
			return [code, { en: known.get(code) || oneLine(text) }];
		}),
	);
}

/** Code → why it is not an answer, by its label in the file, else by its text. */
export function reasons(missing: readonly string[], columns: readonly FoundColumn[]): Answers["missing"] {
	return Object.fromEntries(
		Object.entries(labels(missing, columns)).map(([code, { en }]) => [code, reasonIn(en) ?? "omitted"]),
	);
}
