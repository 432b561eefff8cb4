import { once } from "../base/once.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { wordSteps } from "../wording/recognised-words.js";

/** Answers of usual scales from the lowest to the highest: agreement, frequency, extent, levels of need, quality. */
const scales = once(() =>
	["agreement", "frequency", "extent", "level", "quality"].map((scale) =>
		wordSteps(`scale-${scale}`).map((step) => new RegExp(`^(${step})`, "iu")),
	),
);

/**
 * Answers in words in the order of what they mean, where they are of one usual scale; else undefined.
 * @example
 * inOrderOfMeaning(["Always", "Never", "Sometimes"]); // ["Never", "Sometimes", "Always"]
 */
export function inOrderOfMeaning(answers: readonly string[]): string[] | undefined {
	for (const scale of scales()) {
		const steps = answers.map((answer) => scale.findLastIndex((step) => step.test(foldCase(answer.trim()))));
		if (steps.includes(-1) || new Set(steps).size < answers.length) continue;
		return answers.toSorted(
			(a, b) => (steps[answers.indexOf(a)] as number) - (steps[answers.indexOf(b)] as number),
		);
	}
	return undefined;
}
