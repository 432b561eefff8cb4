import { entryOf } from "../../base/entry-of.js";
import { type Formula, parseFormula, profileValues } from "../../settings/definition.js";
import type { Codebook, Text } from "./schema.js";

/** Which of two answers are yes. */
export type Profile = Extract<Formula, { is: "profile" }>;

/** The profile that a definition is; undefined where it is a yes or no. */
export function profileIn(define: string): Profile | undefined {
	if (!/^\s*profile\s*\(/i.test(define)) return undefined;
	const formula = parseFormula(define);
	return formula.is === "profile" ? formula : undefined;
}

/** The values of a row that is a profile; undefined for any other. */
export function valuesOfProfile(
	codebook: Codebook,
	{ topic, key }: { topic: string; key: string },
): readonly string[] | undefined {
	const define = entryOf(entryOf(codebook.topics, topic)?.derived, key)?.define;
	const profile = define === undefined ? undefined : profileIn(define);
	return profile && profileValues(profile.of);
}

/** The default name of a profile's value. */
export function profileValueText(value: string): Text {
	if (value === "both") return { en: value, kk: "екеуі де", ru: "оба" };
	if (value === "neither") return { en: value, kk: "ешқайсысы", ru: "ни одного" };
	const [, part] = /^(.+)-only$/.exec(value) ?? [];
	return part === undefined ? { en: value } : { en: `only ${part}`, kk: `тек ${part}`, ru: `только ${part}` };
}
