import { once } from "../base/once.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { LANGUAGES, type Language } from "../wording/languages.js";
import { stepsOf, termsOf } from "../wording/recognised-words.js";

/** Meaning of words beside a number. */
interface Words {
	above: RegExp;
	below: RegExp;
	/** "Times", as in three times a week. */
	times: RegExp;
	numerals: [RegExp, number][];
	units: [RegExp, number][];
}

/** Hours of each unit of time: minute, hour, day, week, month, year. */
const HOURS = [1 / 60, 1, 24, 168, 730, 8766];

const wordsOf = once(() => LANGUAGES.map(inLanguage));

function inLanguage(language: Language): Words {
	const any = (terms: readonly string[]) =>
		new RegExp(
			`(?<![\\p{L}\\d])(?:${terms.filter((term) => term !== "").join("|") || "(?!)"})(?!\\p{L})`,
			"u",
		);
	const steps = (key: string) => stepsOf(language, key).map(any);
	return {
		above: any(termsOf(language, "band-above")),
		below: any(termsOf(language, "band-below")),
		times: any(termsOf(language, "per-time")),
		numerals: steps("numerals").map((word, number) => [word, number]),
		// "5 years", and "5y" where nothing stands between.
		units: steps("time-units").map((word, place) => [
			new RegExp(word.source.replace("(?<![\\p{L}\\d])", "(?<!\\p{L})"), "u"),
			HOURS[place] as number,
		]),
	};
}

/**
 * Answers that hold numbers from the lowest to the highest: bands such as "under 30" and "30-39", numbers with a unit, and
 * numbers in words; undefined where one of them holds none, or two say the same.
 * @example
 * inOrderOfNumbers(["11–20 лет", "до 5 лет", "5–10 лет"]); // ["до 5 лет", "5–10 лет", "11–20 лет"]
 */
export function inOrderOfNumbers(answers: readonly string[]): string[] | undefined {
	for (const words of wordsOf()) {
		const places = answers.map((answer) => placeOf(foldCase(answer), words));
		if (places.includes(undefined) || new Set(places.map(String)).size < answers.length) continue;
		const place = new Map(answers.map((answer, index) => [answer, places[index] as [number, number]]));
		return answers.toSorted((a, b) => {
			const [one, other] = [place.get(a), place.get(b)] as [[number, number], [number, number]];
			return one[0] - other[0] || one[1] - other[1];
		});
	}
	return undefined;
}

/** The number an answer begins at, and whether it lies below, at or above it. */
function placeOf(answer: string, words: Words): [number, number] | undefined {
	const text = answer.replace(/(?<=\d)[\s ](?=\d{3}(?!\d))/g, "");
	const digits = [...text.matchAll(/\d+(?:[.,]\d+)?/g)].map(([found]) => Number(found.replace(",", ".")));
	const word = words.numerals.find(([pattern]) => pattern.test(text))?.[1];
	const often = words.times.test(text);
	const unit = words.units.find(([pattern]) => pattern.test(text))?.[1];
	const number = digits[0] ?? word ?? (often && unit !== undefined ? 1 : undefined);
	if (number === undefined) return undefined;
	// Once a week is more often than once a month.
	const hours = often ? 1 / (unit ?? 1) : (unit ?? 1);
	// Nothing is nothing in every unit, and comes first.
	if (digits.length === 0 && number === 0) return [Number.NEGATIVE_INFINITY, 0];
	const below = /^\s*[<≤]/.test(text) || words.below.test(text);
	const above = /^\s*[>≥]|\d\s*\+/.test(text) || words.above.test(text);
	const end = digits.length > 1 ? (digits[1] as number) : number;
	// "From 5 to 10" has words of both.
	return [number * hours, digits.length > 1 ? end * 1e-9 : Number(above) - Number(below)];
}
