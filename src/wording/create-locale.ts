import { once } from "../base/once.js";
import type { Language } from "./languages.js";
import { type NumberSigns, plainNumber } from "./plain-number.js";

/** The words and number format of one language. */
export interface Locale {
	language: Language;
	/**
	 * The message of a key with its {placeholders} filled in; an unknown key is a bug and throws. A message that is one
	 * for all counts may have words that are not: `{rows|row|rows}` is `row` for a count of one, or in Russian of 21.
	 */
	text(key: string, values?: Record<string, string | number>): string;
	/** Whether there is such a message. */
	knows(key: string): boolean;
	/** The message of a key in the form that a count asks for: `KEY.one`, `.few`, `.many` or `.other`. */
	plural(key: string, count: number, values?: Record<string, string | number>): string;
	/** A day, from YYYY-MM-DD. */
	date(day: string): string;
	/** Order of two texts in the language's alphabet; numbers in them by their size. */
	compare(a: string, b: string): number;
	/** A number with exactly `digits` decimals in the language's own format. */
	number(value: number, digits: number): string;
	/** Name of a country or economy from its ISO 3166 code. */
	region(code: string): string;
}

/**
 * A language from its messages, wherever they were read.
 * @param numbers The language that numbers are written as, where it is another.
 * @param names Names of regions by code, read when one is asked for; what they lack is as Intl has it.
 * @param signs Of numbers, read when one is written; without them they are as Intl has them.
 */
export function createLocale(
	language: Language,
	messages: Record<string, string>,
	numbers: string = language,
	names: () => Readonly<Record<string, string>> = () => ({}),
	signs: () => NumberSigns | undefined = () => undefined,
): Locale {
	const formats = new Map<number, Intl.NumberFormat>();
	// Each takes milliseconds to make, and most runs need few of them.
	const plurals = once(() => new Intl.PluralRules(language));
	const dates = once(() => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }));
	const collator = once(() => new Intl.Collator(language, { numeric: true }));
	const regions = once(() => new Intl.DisplayNames([language], { type: "region" }));
	const text: Locale["text"] = (key, values = {}) => {
		const message = messages[key];
		if (message === undefined) throw new Error(`no message ${key} in data/locales/${language}.json`);
		return message
			.replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, others: string) =>
				plurals().select(Number(values[name])) === "one" ? one : others,
			)
			.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`));
	};
	return {
		language,
		text,
		knows: (key) => Object.hasOwn(messages, key),
		plural(key, count, values = {}) {
			const form = `${key}.${plurals().select(count)}`;
			// Languages have forms that no message here is written in.
			return text(Object.hasOwn(messages, form) ? form : `${key}.other`, { count, ...values });
		},
		compare: (a, b) => collator().compare(a, b),
		date: (day) => dates().format(new Date(`${day}T00:00:00Z`)),
		number(value, digits) {
			const known = signs();
			const plain = known && plainNumber(value, digits, known);
			if (plain !== undefined) return plain;
			let format = formats.get(digits);
			if (format === undefined) {
				format = new Intl.NumberFormat(numbers, {
					minimumFractionDigits: digits,
					maximumFractionDigits: digits,
					// What rounds to nothing has no sign.
					signDisplay: "negative",
				});
				formats.set(digits, format);
			}
			return format.format(value);
		},
		region(code) {
			return names()[code] ?? regions().of(code) ?? code;
		},
	};
}
