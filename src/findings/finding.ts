import type { Locale } from "../wording/locale.js";
import { numberText, percentText, signedText } from "../wording/numbers.js";

/** A number of a finding in its unit, or a name. */
export type Value =
	| string
	| number
	| { percent: number }
	| { points: number }
	| { number: number; digits: number };

/** What figures show: the key of a message, and what it is filled in with. */
export interface Finding {
	/** Without `finding.` before it. */
	key: string;
	values: Readonly<Record<string, Value>>;
}

/** A finding as a sentence without its full stop. */
export function inWords({ key, values }: Finding, locale: Locale): string {
	const spoken = Object.entries(values).map(([name, value]) => [name, valueText(value, locale)]);
	const text = locale.text(`finding.${key}`, Object.fromEntries(spoken));
	return text.charAt(0).toLocaleUpperCase(locale.language) + afterQuestions(text.slice(1));
}

/** No colon follows what ends with a mark of its own. */
function afterQuestions(text: string): string {
	return text.replace(/([?!…]):/g, "$1");
}

function valueText(value: Value, locale: Locale): string | number {
	if (typeof value !== "object") return value;
	if ("percent" in value) return percentText(value.percent, locale);
	if ("points" in value)
		return locale.text("compare.points", { number: signedText(value.points, 1, locale) });
	return numberText(value.number, value.digits, locale);
}
