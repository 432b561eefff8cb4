import type { OffForm, PossibleForms } from "../meaning/expression.js";
import { canonicalCode, Lookup, NO, YES } from "../meaning/states.js";
import type { Frame } from "./recode-frame.js";

/** Forms as bits of a number, row by row. */
interface FormMasks {
	all: readonly string[];
	masks: Int32Array;
}

/** semantics.ts: possibleForms. */
export function possibleForms(
	{ all, evidence }: PossibleForms,
	slot: (column: string) => number,
): (frame: Frame) => FormMasks {
	const every = maskOf(all, all);
	const lookups = evidence.map(({ column, codes }) => {
		const leaves = (code: string) => (Object.hasOwn(codes, code) ? maskOf(all, codes[code] ?? []) : every);
		return { slot: slot(column), lookup: new Lookup(leaves, canonicalCode) };
	});
	return (frame) => {
		const masks = new Int32Array(frame.block.rows).fill(every);
		for (const { slot, lookup } of lookups) {
			const own = frame.numbers(slot, lookup);
			for (let row = 0; row < masks.length; row++) masks[row] = (masks[row] as number) & (own[row] as number);
		}
		return { all, masks: masks.map((mask) => mask || every) };
	};
}

/** semantics.ts: offForm. */
export function offForm({ all, masks }: FormMasks, { forms }: OffForm): Uint8Array {
	const wanted = maskOf(all, forms);
	return Uint8Array.from(masks, (mask) => ((mask & wanted) === 0 ? YES : NO));
}

function maskOf(all: readonly string[], forms: readonly string[]): number {
	return all.reduce((mask, form, bit) => (forms.includes(form) ? mask | (1 << bit) : mask), 0);
}
