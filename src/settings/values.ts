import { UserError } from "../base/errors.js";
import { option, say, type Words } from "../base/say.js";
import { didYouMean } from "../base/suggest.js";

/** Repeated and comma-separated values alike; empty ones are dropped. */
export function names(values: readonly string[] | undefined, fallback: readonly string[] = []): string[] {
	const all = (values ?? []).flatMap((value) => value.split(",")).map((value) => value.trim());
	const kept = [...new Set(all.filter((value) => value !== ""))];
	return kept.length === 0 ? [...fallback] : kept;
}

/** @throws UserError unless the value is one of the allowed ones. */
export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw noValue(name, `"${value}"`, didYouMean(value, allowed));
}

/** @throws UserError for anything that is not a number above 0. */
export function positive(name: string, value: number | string): number {
	const number = Number(value);
	if (number > 0 && number < Number.POSITIVE_INFINITY) return number;
	throw noValue(name, `"${value}"`, "use a positive number");
}

/**
 * The requested cycle; null if none.
 * @throws UserError for anything that is not a year, such as two of them.
 */
export function cycleOf(value: number | string | undefined): number | null {
	if (value === undefined) return null;
	if (/^\d{4}$/.test(`${value}`)) return Number(value);
	throw noValue("cycle", `"${value}"`, "use one year, such as 2024");
}

/**
 * The message for an invalid value of an option.
 * @param shown The value as the message shows it.
 */
export function noValue(name: string, shown: string, hint: string | Words): UserError {
	return new UserError(say`${shown} is not a value of ${option(name)}`, { code: "option", hint });
}
