import { UserError } from "../base/errors.js";
import { type Codebook, gateItem } from "../codebook/definition/schema.js";
import { Lookup, NO, YES } from "../codebook/meaning/states.js";
import { ItemReader } from "../codebook/recode/item-reader.js";
import { Frame, UnknownCodes } from "../codebook/recode/recode-frame.js";
import { watchedItems } from "../codebook/recognise/watched-columns.js";
import type { Dictionary } from "../read/block.js";
import type { ColumnPicker } from "../read/columns/column-picker.js";
import type { Check, Page } from "./check.js";
import type { Findings } from "./findings.js";

type Answered = "answered" | "skipped" | null;

/**
 * Questions that were answered by teachers whom the questionnaire leads past them, or marked as not applicable
 * for teachers it leads to them. Which these are is said by the gates of the codebook's bases.
 */
export class Routing implements Check {
	private readonly reader: ItemReader;
	private readonly routed: { slot: number; name: string; gate: string; answered: Lookup<Answered> }[];

	constructor(
		codebook: Codebook,
		columns: readonly string[],
		picker: ColumnPicker,
		private readonly findings: Findings,
	) {
		this.reader = new ItemReader(codebook, columns, picker, null);
		this.routed = watchedItems(codebook, columns).flatMap(({ column, name, key, base, read }) => {
			const gate = gateItem(codebook, base, key);
			if (gate === undefined || !this.has(gate)) return [];
			const answered = (text: string): Answered => {
				const reading = text === "" ? undefined : read(text);
				if (reading === undefined) return null;
				if ("given" in reading) return "answered";
				return reading.reason === "not-applicable" ? "skipped" : null;
			};
			return [{ slot: picker.slot(column), name, gate, answered: new Lookup(answered, (text) => text) }];
		});
	}

	take({ block, dictionaries, place }: Page): void {
		const states = this.reader.begin(new Frame(block, "", dictionaries, new UnknownCodes()));
		for (const { slot, name, gate, answered } of this.routed) {
			const members = states.gate(gate);
			const found = answered.of(dictionaries[slot] as Dictionary);
			const codes = block.codes[slot] as Int32Array;
			for (let row = 0; row < block.rows; row++) {
				const what = found[codes[row] as number];
				if (what === "answered" ? members[row] !== NO : what !== "skipped" || members[row] !== YES) continue;
				const code = what === "answered" ? "routing-answered" : "routing-skipped";
				this.findings.count({ severity: "warning", code, column: name, expected: gate }, place(row));
			}
		}
	}

	/** A column that is there twice is told elsewhere. */
	private has(id: string): boolean {
		try {
			return this.reader.has(id);
		} catch (error) {
			if (error instanceof UserError) return false;
			throw error;
		}
	}
}
