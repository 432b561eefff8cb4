import type { Codebook } from "../codebook/definition/schema.js";
import { canonicalCode, Lookup } from "../codebook/meaning/states.js";
import {
	type Watched,
	type WatchedMeasure,
	watchedGroups,
	watchedItems,
	watchedMeasures,
	watchedVariables,
} from "../codebook/recognise/watched-columns.js";
import type { Dictionary } from "../read/block.js";
import { parseNumber } from "../read/block-builder.js";
import type { FindingCode } from "../results/about-files.js";
import type { Check, Columns, RowPage } from "./check.js";
import { encodingDamage, spreadsheetDamage } from "./damage.js";
import type { Decimals } from "./decimals.js";
import type { Findings } from "./findings.js";

/** A column of codes, with the fault of each code. */
interface Coded {
	slot: number;
	name: string;
	fault: Lookup<FindingCode | null>;
}

/** A column of numbers, with the fault of each text. */
interface Numbers {
	slot: number;
	name: string;
	fault: (text: string) => FindingCode | null;
}

/** Unknown texts in items, groups and numbers, and impossible numbers. */
export class CodeCheck implements Check {
	private readonly coded: readonly Coded[];
	private readonly numbers: readonly Numbers[];
	/** Positions of the examined columns. */
	readonly read: ReadonlySet<number>;
	readonly together: readonly (readonly number[])[];

	constructor(
		codebook: Codebook,
		columns: readonly string[],
		{ coded, texts }: Columns,
		private readonly decimals: Decimals,
		private readonly findings: Findings,
	) {
		const measures = watchedMeasures(codebook, columns);
		const measured = new Set(measures.map(({ column }) => column));
		const reader = (watched: Watched, code: FindingCode): Coded => ({
			slot: coded.slot(watched.column),
			name: watched.name,
			fault: new Lookup(faultOf(watched, code), (text) => text),
		});
		const items = watchedItems(codebook, columns);
		const groups = watchedGroups(codebook, columns).filter(({ column }) => !measured.has(column));
		const taken = new Set([...items, ...groups, ...measures].map(({ column }) => column));
		const others = watchedVariables(codebook, columns, taken);
		this.coded = [
			...items.map((item) => reader(item, "unknown-code")),
			...groups.map((group) => reader(group, "unknown-value")),
			...others.coded.map((variable) => reader(variable, "unknown-code")),
		];
		const numbers = [...measures, ...others.numbers];
		this.read = new Set([...taken, ...[...others.coded, ...others.numbers].map(({ column }) => column)]);
		this.together = [...this.read].map((column) => [column]);
		this.numbers = numbers.map((measure) => ({
			slot: texts.slot(measure.column),
			name: measure.name,
			fault: remembered(measureFault(measure)),
		}));
	}

	take(page: RowPage): void {
		for (const column of this.coded) this.takeCodes(column, page);
		for (const column of this.numbers) this.takeNumbers(column, page);
	}

	private takeCodes({ slot, name, fault }: Coded, { block, dictionaries, place, ...page }: RowPage): void {
		const codes = page.codes(slot);
		if (codes === undefined) return;
		const dictionary = dictionaries[slot] as Dictionary;
		const faults = fault.of(dictionary);
		if (faults.every((code) => code === null)) return;
		for (let row = 0; row < block.rows; row++) {
			const index = codes[row] as number;
			const code = faults[index];
			if (code === null || code === undefined) continue;
			const text = dictionary.texts[index] as string;
			this.findings.countText({ severity: "error", code, column: name, text }, place(row), page.rows(row));
		}
	}

	private takeNumbers({ slot, name, fault }: Numbers, { texts, place, rows }: RowPage): void {
		for (const [row, text] of texts(slot).entries()) {
			this.decimals.see(text, name, () => place(row), rows(row));
			const code = fault(text);
			if (code === null) continue;
			if (code === "impossible-value") {
				this.findings.count({ severity: "error", code, column: name, text }, place(row), rows(row));
			} else this.findings.countText({ severity: "error", code, column: name, text }, place(row), rows(row));
		}
	}
}

/** Garbled letters are reported by the check of encodings. */
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

/** Number of texts whose results are cached. */
const REMEMBERED = 1 << 12;

/** Caches a function's results for the latest texts. */
function remembered<T>(of: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		let result = known.get(text);
		if (result === undefined) {
			if (known.size === REMEMBERED) known.clear();
			result = of(text);
			known.set(text, result);
		}
		return result;
	};
}
