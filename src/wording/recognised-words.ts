import { LANGUAGES } from "./languages.js";
import { loadLocale } from "./locale.js";

/** How the files of languages write what regular expressions have no short form of. */
const SIGNS: Record<string, string> = { "<": "(?<!\\p{L})", ">": "(?!\\p{L})", "…": "\\p{L}*" };

/**
 * What something is called in all languages, as alternatives of a regular expression: `words.KEY` of each language's file.
 * There `<` and `>` are the ends of a word, and `…` any letters.
 */
export function recognisedWords(key: string): string {
	return listsOf(key)
		.join("|")
		.replace(/[<>…]/g, (sign) => SIGNS[sign] as string);
}

/** Pairs of words, in the languages' files as `yes/no|true/false`. */
export function wordPairs(key: string): [string, string][] {
	return listsOf(key).flatMap((list) =>
		list.split("|").map((pair): [string, string] => {
			const [first = "", second = ""] = pair.split("/");
			return [first, second];
		}),
	);
}

/** Steps of a scale, from the lowest to the highest, in the languages' files as `never/sometimes|now and then/always`. */
export function wordSteps(key: string): string[] {
	const steps = listsOf(key).map((list) => list.split("/"));
	return (steps[0] ?? []).map((_, place) => steps.map((of) => of[place] ?? "(?!)").join("|"));
}

function listsOf(key: string): string[] {
	return LANGUAGES.map((language) => loadLocale(language).text(`words.${key}`)).filter((list) => list !== "");
}
