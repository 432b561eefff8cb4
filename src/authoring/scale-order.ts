import { once } from "../base/once.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { LANGUAGES, type Language } from "../wording/languages.js";
import { stepsOf, termsOf } from "../wording/recognised-words.js";
import { reasonIn } from "./answer-words.js";

/** Answers of a scale that is understood completely. */
export interface UnderstoodScale {
	/** From the lowest to the highest; what says that there is no answer stands last. */
	order: string[];
	/** Those of the upper side, which percentages usually are of; none where that answer does not occur. */
	counted: string[];
}

/** Position of an answer on a scale of its language; negative means below the middle. */
type Rank = (words: string) => number | undefined;

/** One kind of scale: how its answers are read in each language, and from which rank on they count. */
interface Kind {
	ranks: readonly [Language, Rank][];
	countsFrom(ranks: readonly number[]): number;
}

/** How much is said by the words of a degree: not at all, slightly, somewhat, rather, considerably, strongly, extremely. */
const DEGREES = [-6, 1, 2, 3, 5, 6, 7];
/** What is said without a word of degree: "agree". */
const PLAIN = 4;
const [SLIGHTLY, SOMEWHAT, RATHER] = [1, 2, 3];

const kinds = once((): Kind[] => [
	// "Somewhat agree" is a yes where "somewhat disagree" stands against it; alone it stands for a little.
	{
		ranks: inEach(degreeRank),
		countsFrom: (ranks) => (ranks.includes(-SLIGHTLY) || ranks.includes(-SOMEWHAT) ? SLIGHTLY : RATHER),
	},
	stepped("frequency", 4),
	stepped("level", 4, "level-of"),
	stepped("quality", 3),
]);

/**
 * What the answers of a scale mean, where every one of them is understood; else undefined. Known are degrees of agreement,
 * satisfaction, need, hindrance, importance and the like, of extent and of yes and no, frequencies, levels and marks of
 * quality, in all languages and in several at once.
 * @example
 * understandScale(["Agree", "Strongly disagree", "Disagree"]);
 * // { order: ["Strongly disagree", "Disagree", "Agree"], counted: ["Agree"] }
 */
export function understandScale(answers: readonly string[]): UnderstoodScale | undefined {
	const without = answers.filter(isNoAnswer);
	const given = answers.filter((answer) => !without.includes(answer));
	if (given.length < 2) return undefined;
	for (const { ranks, countsFrom } of kinds()) {
		const found = given.map((answer) => rankIn(ranks, wordsIn(answer)));
		const places = new Set(found.map((one) => `${one?.language} ${one?.rank}`));
		// Two answers of one language for one step: that is more than is understood.
		if (found.includes(undefined) || places.size < given.length) continue;
		const rank = new Map(given.map((answer, place) => [answer, found[place]?.rank as number]));
		const order = given.toSorted((a, b) => (rank.get(a) as number) - (rank.get(b) as number));
		const least = countsFrom([...rank.values()]);
		return {
			order: [...order, ...without],
			counted: order.filter((answer) => (rank.get(answer) as number) >= least),
		};
	}
	return undefined;
}

/**
 * Answers in words in the order of what they mean, where they are of one usual scale; else undefined.
 * @example
 * inOrderOfMeaning(["Always", "Never", "Sometimes"]); // ["Never", "Sometimes", "Always"]
 */
export function inOrderOfMeaning(answers: readonly string[]): string[] | undefined {
	return understandScale(answers)?.order;
}

/** "Hard to say" is not an answer beside yes and no, but the middle of a scale. */
function isNoAnswer(answer: string): boolean {
	if (reasonIn(answer) === undefined) return false;
	return rankIn((kinds()[0] as Kind).ranks, wordsIn(answer)) === undefined;
}

function rankIn(ranks: Kind["ranks"], words: string): { language: Language; rank: number } | undefined {
	for (const [language, rank] of ranks) {
		const found = rank(words);
		if (found !== undefined) return { language, rank: found };
	}
	return undefined;
}

function inEach(rankOf: (language: Language) => Rank): [Language, Rank][] {
	return LANGUAGES.map((language) => [language, rankOf(language)]);
}

/** An answer without its number in a list, endings for women, stops and quotes: `4 - Согласен(на).` */
function wordsIn(answer: string): string {
	const words = foldCase(answer)
		.replaceAll("ё", "е")
		.replaceAll("_", " ")
		.replace(/^\d+\s*[-–—.=:)]+\s*/, "")
		.replace(/\([-–]?\p{L}{1,2}\)/gu, "")
		.replace(/[.,;:!?()"«»“”/]+|\s[-–—]\s/g, " ");
	return foldCase(words);
}

/** A term of a language and its meaning. */
interface Term<T> {
	pattern: RegExp;
	is: T;
}

function termsFor<T>(terms: readonly string[], is: T): Term<T>[] {
	return terms.map((term) => ({ pattern: new RegExp(`${term}(?![\\p{L}\\d])`, "uy"), is }));
}

/** What the terms of a text stand for, the longest first at each place; undefined where some of it is no known term. */
function readTerms<T>(text: string, terms: readonly Term<T>[]): T[] | undefined {
	const found: T[] = [];
	for (let start = 0; start < text.length; ) {
		const fits = terms.map(({ pattern, is }) => {
			pattern.lastIndex = start;
			return { is, length: pattern.exec(text)?.[0].length ?? 0 };
		});
		const longest = fits.reduce((best, next) => (next.length > best.length ? next : best));
		if (longest.length === 0) return undefined;
		found.push(longest.is);
		start += longest.length;
		while (text[start] === " ") start++;
	}
	return found;
}

/** A scale of fixed steps, such as frequencies. Words of `beside` say nothing of the step. */
function stepped(name: string, countsFrom: number, beside = "filler"): Kind {
	const rankOf = (language: Language): Rank => {
		const terms = once(() => [
			...termsFor(termsOf(language, `scale-${beside}`), -1),
			...stepsOf(language, `scale-${name}`).flatMap((step, rank) => termsFor(step, rank)),
		]);
		return (words) => {
			const steps = new Set(readTerms(words, terms())?.filter((step) => step >= 0));
			return steps.size === 1 ? [...steps][0] : undefined;
		};
	};
	return { ranks: inEach(rankOf), countsFrom: () => countsFrom };
}

type Part = number | "filler" | "negative" | "neutral" | "positive" | "weakly";

/** Words of degree, of what is agreed to, felt or needed, and its negation: "strongly disagree", "совсем не мешает". */
function degreeRank(language: Language): Rank {
	const terms = once((): Term<Part>[] => [
		...(["filler", "negative", "neutral", "positive", "weakly"] as const).flatMap((part) =>
			termsFor<Part>(termsOf(language, `scale-${part}`), part),
		),
		...stepsOf(language, "scale-degree").flatMap((step, place) =>
			termsFor<Part>(step, DEGREES[place] as number),
		),
	]);
	return (words) => {
		const parts = readTerms(words, terms())?.filter((part) => part !== "filler") ?? [];
		if (parts.length === 0) return undefined;
		if (parts.includes("neutral")) return parts.length === 1 ? 0 : undefined;
		const degrees = parts.filter((part) => typeof part === "number");
		if (degrees.length > 1) return undefined;
		const [degree = PLAIN] = degrees;
		// "Not fully" is less than "not".
		const weakly = parts.some((part, place) => part === "negative" && typeof parts[place + 1] === "number");
		if (degree < 0) return degree;
		if (parts.includes("weakly") || weakly) return -RATHER;
		return parts.includes("negative") ? -degree : degree;
	};
}
