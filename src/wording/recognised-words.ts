import { LANGUAGES, type Language } from "./languages.js";
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

/** Terms of one language, each a regular expression: `words.KEY` of its file, in the signs of {@link wordsOf}. */
export function termsOf(language: Language, key: string): string[] {
	return loadLocale(language)
		.text(`words.${key}`)
		.split("|")
		.filter((term) => term !== "")
		.map((term) => term.replace(/[<>…]/g, (sign) => SIGNS[sign] as string));
}

/** Terms of each step of a scale, from the lowest to the highest: `never/sometimes|now and then/always`. */
export function stepsOf(language: Language, key: string): string[][] {
	const steps = termsOf(language, key).join("|").split("/");
	return steps.map((step) => step.split("|"));
}

function listsOf(key: string): string[] {
	return LANGUAGES.map((language) => loadLocale(language).text(`words.${key}`)).filter((list) => list !== "");
}
