import { canonicalCode, Lookup } from "../codebook/coding.js";
import type { ColumnPicker } from "../codebook/frame.js";
import type { Codebook } from "../codebook/schema.js";
import {
	type Watched,
	type WatchedMeasure,
	watchedGroups,
	watchedItems,
	watchedMeasures,
} from "../codebook/watched.js";
import type { Dictionary } from "../read/block.js";
import { parseNumber } from "../read/rows.js";
import type { FindingCode } from "../results.js";
import { encodingDamage, spreadsheetDamage } from "./damage.js";
import type { Decimals } from "./decimals.js";
import type { Findings } from "./findings.js";
import type { Check, Page } from "./page.js";

/** A column, and what is wrong with a text of it. */
interface Reader {
	slot: number;
	name: string;
	fault: Lookup<FindingCode | null>;
	isNumber: boolean;
}

/** Texts of items, groups and numbers that the codebook does not know, and numbers that cannot be. */
export class Codes implements Check {
	private readonly readers: Reader[];

	constructor(
		codebook: Codebook,
		columns: readonly string[],
		picker: ColumnPicker,
		private readonly decimals: Decimals,
		private readonly findings: Findings,
	) {
		const reader = (watched: Watched, fault: (text: string) => FindingCode | null, isNumber = false) => ({
			slot: picker.slot(watched.column),
			name: watched.name,
			fault: new Lookup(fault, (text) => text),
			isNumber,
		});
		const measures = watchedMeasures(codebook, columns);
		const numbers = new Set(measures.map(({ column }) => column));
		this.readers = [
			...watchedItems(codebook, columns).map((item) => reader(item, faultOf(item, "unknown-code"))),
			...watchedGroups(codebook, columns)
				.filter(({ column }) => !numbers.has(column))
				.map((group) => reader(group, faultOf(group, "unknown-value"))),
			...measures.map((measure) => reader(measure, measureFault(measure), true)),
		];
	}

	take({ block, dictionaries, place }: Page): void {
		for (const { slot, name, fault, isNumber } of this.readers) {
			const dictionary = dictionaries[slot] as Dictionary;
			const codes = block.codes[slot] as Int32Array;
			const faults = fault.of(dictionary);
			for (let row = 0; row < block.rows; row++) {
				const index = codes[row] as number;
				const text = dictionary.texts[index] as string;
				if (isNumber) this.decimals.see(text, name, () => place(row));
				const code = faults[index];
				if (code === null || code === undefined) continue;
				if (code === "impossible-value") {
					this.findings.count({ severity: "warning", code, column: name, text }, place(row));
				} else this.findings.countText({ severity: "error", code, column: name, text }, place(row));
			}
		}
	}
}

/** Garbled letters are told by the encoding's own check. */
function faultOf({ knows }: Watched, code: FindingCode): (text: string) => FindingCode | null {
	return (text) => {
		if (knows(text)) return null;
		return spreadsheetDamage(text) ?? (encodingDamage(text) === undefined ? code : null);
	};
}

function measureFault({ measure, ...watched }: WatchedMeasure): (text: string) => FindingCode | null {
	const fault = faultOf(watched, "no-number");
	const { missing = {}, from = -Infinity, to = Infinity } = measure;
	return (text) => {
		const found = fault(text);
		if (found !== null || text === "" || Object.hasOwn(missing, canonicalCode(text))) return found;
		const value = parseNumber(text);
		return value < from || value > to ? "impossible-value" : null;
	};
}
