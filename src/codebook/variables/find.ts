import type { Codebook, Text } from "../definition/schema.js";
import { type KnownVariable, knownVariable, variablesOf } from "./library.js";
import { plain, stem } from "./words.js";

/**
 * Variables that a name or words are about: the one of that name; else those whose label is these words; else those
 * whose question and label have all of them, each at the beginning of a word, in any language. Letter case, hyphens, ё and
 * endings do not matter.
 * @example
 * import { codebooks } from "talis-pd";
 *
 * const found = codebooks.findVariables(codebooks.load("talis-2018-teacher"), "self-efficacy in instruction");
 * console.log(found.map(({ name }) => name)); // [ 'T3SEINS' ]
 */
export function findVariables(codebook: Pick<Codebook, "variables">, words: string): KnownVariable[] {
	const named = knownVariable(codebook, words);
	if (named !== undefined) return [named];
	const wanted = plain(words);
	// `topic:item` and R's `a:b` are names, of which parts are no words.
	if (wanted === "" || /^[\w-]+:[\w-]+$/.test(words)) return [];
	const all = variablesOf(codebook).filter(({ kind }) => kind !== "replicate");
	const labelled = all.filter(({ label }) => texts(label).some((text) => plain(text) === wanted));
	if (labelled.length > 0) return labelled;
	const parts = wanted.split(" ").map(stem);
	return all.filter(({ label, question }) =>
		[label, ...(question === null ? [] : [question])]
			.flatMap(texts)
			.map(plain)
			.some((text) => parts.every((part) => ` ${text}`.includes(` ${part}`))),
	);
}

/**
 * Of several variables that words are about, the scale of all that the words name: the one whose label is these words and
 * then, behind a comma, "overall" or what else says so; else the only scale. Undefined where there is no such one.
 */
export function overallScale(found: readonly KnownVariable[], words: string): KnownVariable | undefined {
	const scales = found.filter(({ kind }) => kind === "scale");
	const parts = plain(words).split(" ").map(stem);
	const isOverall = ({ label }: KnownVariable) =>
		texts(label).some((text) => {
			const [about = "", ...rest] = text.split(",");
			const said = plain(about);
			const others = said.split(" ").filter((word) => !parts.some((part) => word.startsWith(part)));
			return rest.length > 0 && parts.every((part) => said.includes(part)) && others.length < 2;
		});
	const overall = scales.filter(isOverall);
	if (overall.length === 1) return overall[0];
	return scales.length === 1 ? scales[0] : undefined;
}

function texts(text: Text): string[] {
	return Object.values(text).filter((one) => one !== undefined);
}
