// Building blocks of option schemas.
import * as z from "zod";
import { LANGUAGES } from "../wording/locale.js";
import { names } from "./values.js";

export const texts = z.array(z.string());

const NAME_ONE = "name at least one, or leave it out";

/**
 * Names, at least one of them not empty: an empty text, such as an unset shell variable, must not select everything.
 */
const written = texts.refine((values) => values.every((value) => names([value]).length > 0), {
	error: NAME_ONE,
});

/** Names, one by one or separated by commas. */
export function list(fallback: readonly string[] = []) {
	return written.optional().transform((values) => names(values, fallback));
}

/** The same, but omitting the option selects everything, and an empty list is refused. */
export function listOrAll() {
	const some = written.refine((values) => values.length > 0, { error: NAME_ONE });
	return some.optional().transform((values) => names(values));
}

/** The same, but omitting the option differs from an empty list. */
export function listOrNull() {
	return written.optional().transform((values) => (values === undefined ? null : names(values)));
}

/** Texts taken literally, including commas. */
export function whole() {
	return texts.default([]);
}

/** One word of a list; by default the first, unless another default is given. */
export function choice<const T extends readonly [string, ...string[]]>(
	words: T,
	fallback: T[number] = words[0],
) {
	return z.enum(words).default(fallback as never);
}

/** One of some words, or none. */
export function choiceOrNull<const T extends readonly [string, ...string[]]>(words: T) {
	return z.enum(words).nullable().default(null);
}

/** Several of some words. */
export function choices<const T extends readonly [string, ...string[]]>(words: T) {
	return list().pipe(z.array(z.enum(words)));
}

export function text() {
	return z.string().nullable().default(null);
}

export function flag() {
	return z.boolean().default(false);
}

/** A number, or the text of one. */
export const numeric = z.union([z.number(), z.string()]);

export function language() {
	return z.enum(LANGUAGES).default("en");
}
