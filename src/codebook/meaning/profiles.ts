import { entryOf } from "../../base/entry-of.js";
import { type Formula, parseFormula, profileValues } from "../../settings/definition.js";
import type { Codebook } from "../definition/schema.js";
import type { SelectedItem } from "./select-items.js";

/** Which of two answers are a yes. */
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
	{ topic, key }: Pick<SelectedItem, "topic" | "key">,
): readonly string[] | undefined {
	const define = entryOf(entryOf(codebook.topics, topic)?.derived, key)?.define;
	const profile = define === undefined ? undefined : profileIn(define);
	return profile && profileValues(profile.of);
}

/** A row a value of a profile, whose shares add up to 100 %. */
export function rowsOfProfile(selected: SelectedItem, values: readonly string[]): SelectedItem[] {
	const { key, label } = selected;
	return values.map((value) => ({
		...selected,
		...{ key: `${key}=${value}`, answer: { of: key, code: value } },
		label: { en: `${label.en}: ${value}` },
	}));
}
