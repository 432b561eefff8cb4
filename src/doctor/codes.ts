import { canonicalCode, Lookup } from "../codebook/coding.js";
import type { Codebook } from "../codebook/schema.js";
import {
	type Watched,
	type WatchedMeasure,
	watchedGroups,
	watchedItems,
	watchedMeasures,
} from "../codebook/watched.js";
import type { Place } from "../errors.js";
import type { Dictionary } from "../read/block.js";
import { parseNumber } from "../read/rows.js";
import type { FindingCode } from "../results.js";
import { encodingDamage, spreadsheetDamage } from "./damage.js";
import type { Decimals } from "./decimals.js";
import type { Findings } from "./findings.js";
import type { Check, Columns, Page } from "./page.js";

/** A column of texts, and what is wrong with each. */
interface Texts {
	slot: number;
	name: string;
	fault: Lookup<FindingCode | null>;
}

/** A column of numbers, and what is wrong with a number, or with a text that may be none. */
interface Numbers {
	column: number;
	slot: number;
	name: string;
	cannotBe: (value: number) => boolean;
	fault: (text: string) => FindingCode | null;
}

/** Texts of items, groups and numbers that the codebook does not know, and numbers that cannot be. */
export class Codes implements Check {
	private readonly texts: readonly Texts[];
	private readonly numbers: readonly Numbers[];

	constructor(
		codebook: Codebook,
		columns: readonly string[],
		{ coded, numbers }: Columns,
		private readonly decimals: Decimals,
		private readonly findings: Findings,
	) {
		const measures = watchedMeasures(codebook, columns);
		const measured = new Set(measures.map(({ column }) => column));
		const texts = (watched: Watched, code: FindingCode): Texts => ({
			slot: coded.slot(watched.column),
			name: watched.name,
			fault: new Lookup(faultOf(watched, code), (text) => text),
		});
		this.texts = [
			...watchedItems(codebook, columns).map((item) => texts(item, "unknown-code")),
			...watchedGroups(codebook, columns)
				.filter(({ column }) => !measured.has(column))
				.map((group) => texts(group, "unknown-value")),
		];
		this.numbers = measures.map((measure) => ({
			...measure,
			slot: numbers.slot(measure.column),
			cannotBe: outside(measure),
			fault: measureFault(measure),
		}));
	}

	take(page: Page): void {
		for (const column of this.texts) this.takeTexts(column, page);
		for (const column of this.numbers) this.takeNumbers(column, page);
		this.decimals.seeNumbers(page, this.numbers);
	}

	private takeTexts({ slot, name, fault }: Texts, { block, dictionaries, place }: Page): void {
		const dictionary = dictionaries[slot] as Dictionary;
		const faults = fault.of(dictionary);
		if (faults.every((code) => code === null)) return;
		const codes = block.codes[slot] as Int32Array;
		for (let row = 0; row < block.rows; row++) {
			const index = codes[row] as number;
			const code = faults[index];
			if (code === null || code === undefined) continue;
			const text = dictionary.texts[index] as string;
			this.findings.countText({ severity: "error", code, column: name, text }, place(row));
		}
	}

	private takeNumbers({ column, slot, name, cannotBe, fault }: Numbers, page: Page): void {
		const { block, number, place } = page;
		const texts = page.unusual(column);
		for (let row = 0; row < block.rows; row++) {
			const value = number(slot, row);
			if (!Number.isNaN(value)) {
				if (cannotBe(value)) this.cannotBe(name, String(value), place(row));
				continue;
			}
			const text = texts.get(row) ?? "";
			this.decimals.see(text, name, () => place(row));
			const code = fault(text);
			if (code === "impossible-value") this.cannotBe(name, text, place(row));
			else if (code !== null) {
				this.findings.countText({ severity: "error", code, column: name, text }, place(row));
			}
		}
	}

	private cannotBe(column: string, text: string, place: Place): void {
		this.findings.count({ severity: "warning", code: "impossible-value", column, text }, place);
	}
}

/** Garbled letters are told by the encoding's own check. */
function faultOf({ knows }: Watched, code: FindingCode): (text: string) => FindingCode | null {
	return (text) => {
		if (knows(text)) return null;
		return spreadsheetDamage(text) ?? (encodingDamage(text) === undefined ? code : null);
	};
}

/** Whether a number is out of a measure's range and no code for a missing answer. */
function outside({ measure }: WatchedMeasure): (value: number) => boolean {
	const { missing = {}, from = -Infinity, to = Infinity } = measure;
	const known = new Set(Object.keys(missing).map(Number));
	return (value) => (value < from || value > to) && !known.has(value);
}

function measureFault(measure: WatchedMeasure): (text: string) => FindingCode | null {
	const fault = faultOf(measure, "no-number");
	const { missing = {} } = measure.measure;
	const cannotBe = outside(measure);
	return (text) => {
		const found = fault(text);
		if (found !== null || text === "" || Object.hasOwn(missing, canonicalCode(text))) return found;
		return cannotBe(parseNumber(text)) ? "impossible-value" : null;
	};
}
