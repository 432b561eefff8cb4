// What options are made of.
import * as z from "zod";
import { LANGUAGES } from "../wording/locale.js";
import { names } from "./values.js";

export const texts = z.array(z.string());

const NAME_ONE = "name at least one, or leave it out";

/** Names, of which some are written: an empty text, as of a variable that a script has not set, does not stand for all. */
const written = texts.refine((values) => values.every((value) => names([value]).length > 0), {
	error: NAME_ONE,
});

/** Names, one by one or separated by commas. */
export function list(fallback: readonly string[] = []) {
	return written.optional().transform((values) => names(values, fallback));
}

/** The same, where leaving it out takes all, and an empty list is no way to say so. */
export function listOrAll() {
	const some = written.refine((values) => values.length > 0, { error: NAME_ONE });
	return some.optional().transform((values) => names(values));
}

/** The same, where none at all means something else than an empty list. */
export function listOrNull() {
	return written.optional().transform((values) => (values === undefined ? null : names(values)));
}

/** Texts as they stand, commas and all. */
export function whole() {
	return texts.default([]);
}

/** One of some words; where nothing is said, the first unless another one is named. */
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
