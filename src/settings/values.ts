import { UserError } from "../base/errors.js";
import { didYouMean } from "../base/suggest.js";

/** Repeated and comma-separated values alike; empty ones are dropped. */
export function names(values: readonly string[] | undefined, fallback: readonly string[] = []): string[] {
	const all = (values ?? []).flatMap((value) => value.split(",")).map((value) => value.trim());
	const kept = [...new Set(all.filter((value) => value !== ""))];
	return kept.length === 0 ? [...fallback] : kept;
}

/** @throws UserError unless the value is one of the allowed ones. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw new UserError(`"${value}" is no value of --${option}`, { hint: didYouMean(value, allowed) });
}

export function optional<T extends string>(
	option: string,
	value: string | undefined,
	allowed: readonly T[],
): T | null {
	return value === undefined ? null : oneOf(option, value, allowed);
}

export function positive(option: string, value: number | string): number {
	const number = Number(value);
	if (number > 0 && number < Number.POSITIVE_INFINITY) return number;
	throw new UserError(`"${value}" is no value of --${option}`, { hint: "use a positive number" });
}
