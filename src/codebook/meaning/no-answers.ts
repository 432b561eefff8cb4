import type { DeclaredMissing } from "../../read/block.js";
import type { NoAnswer } from "../definition/schema.js";
import { canonicalCode } from "./states.js";

/** Codes that are no answer: some by themselves, with why, and at most one range, ends included. */
export interface MissingCodes {
	codes: Readonly<Record<string, NoAnswer>>;
	range: { from: number; to: number } | null;
}

/** A file, or whoever asks, says which values are no answers, but not why. */
export function declaredCodes({ values, range }: DeclaredMissing): MissingCodes {
	return {
		codes: Object.fromEntries(values.map((value) => [canonicalCode(value), "omitted" as const])),
		range,
	};
}

/** Why a code is no answer; undefined where it is one. */
export function reasonOf({ codes, range }: MissingCodes, code: string): NoAnswer | undefined {
	if (Object.hasOwn(codes, code)) return codes[code];
	if (range === null || code === "") return undefined;
	const value = Number(code);
	return value >= range.from && value <= range.to ? "omitted" : undefined;
}
