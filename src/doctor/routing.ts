import { entryOf } from "../base/entry-of.js";
import { UserError } from "../base/errors.js";
import { gateItem } from "../codebook/definition/gate-item.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { columnsNamed } from "../codebook/meaning/columns-named.js";
import type { Expression } from "../codebook/meaning/expression.js";
import { Lookup, NO, YES } from "../codebook/meaning/states.js";
import { ItemExpressions } from "../codebook/plan/item-expressions.js";
import { Interpreter, type Reading } from "../codebook/recode/interpreter.js";
import { Frame, UnknownCodes } from "../codebook/recode/recode-frame.js";
import { watchedItems } from "../codebook/recognise/watched-columns.js";
import type { Dictionary } from "../read/block.js";
import { columnIndex } from "../read/columns/column-names.js";
import type { Check, RowPage } from "./check.js";
import type { ColumnPicker } from "./column-picker.js";
import type { Findings } from "./findings.js";

type Answered = "answered" | "skipped" | null;

/**
 * Answers from teachers who should have skipped a question, and "not applicable" from teachers who should have
 * answered it, by the gates of the codebook's bases.
 */
export class Routing implements Check {
	private readonly routed: {
		slot: number;
		name: string;
		gate: string;
		members: Reading;
		answered: Lookup<Answered>;
	}[];
	readonly together: readonly (readonly number[])[];

	constructor(
		codebook: Codebook,
		columns: readonly string[],
		picker: ColumnPicker,
		private readonly findings: Findings,
	) {
		const made = new ItemExpressions(codebook, { columns }, null);
		const interpreter = new Interpreter(made.named, (name) =>
			picker.slot(columnIndex(columns, name) as number),
		);
		const together: number[][] = [];
		this.routed = watchedItems(codebook, columns).flatMap(({ column, name, key, base, read }) => {
			const gate = gateItem(codebook, base, key);
			const expression = gate === undefined ? undefined : expressionOf(made, gate);
			// The codebook lets the gate overrule the cells.
			const overruled = entryOf(codebook.bases, base)?.decides === "gate";
			if (gate === undefined || expression === undefined || overruled) return [];
			const answered = (text: string): Answered => {
				const reading = text === "" ? undefined : read(text);
				if (reading === undefined) return null;
				if ("given" in reading) return "answered";
				return reading.reason === "not-applicable" ? "skipped" : null;
			};
			const members = interpreter.read(expression);
			const slot = picker.slot(column);
			const gates = columnsNamed([expression], made.named).flatMap((own) => columnIndex(columns, own) ?? []);
			together.push([...new Set([column, ...gates])]);
			return [{ slot, name, gate, members, answered: new Lookup(answered, (text) => text) }];
		});
		this.together = together;
	}

	take({ block, dictionaries, place, ...page }: RowPage, list?: number): void {
		const frame = new Frame(block, "", dictionaries, new UnknownCodes());
		const own = list === undefined ? this.routed : this.routed.slice(list, list + 1);
		for (const { slot, name, gate, members, answered } of own) {
			const states = members.states(frame);
			const found = answered.of(dictionaries[slot] as Dictionary);
			const codes = page.codes(slot) as Int32Array;
			for (let row = 0; row < block.rows; row++) {
				const what = found[codes[row] as number];
				if (what === "answered" ? states[row] !== NO : what !== "skipped" || states[row] !== YES) continue;
				const code = what === "answered" ? "routing-answered" : "routing-skipped";
				this.findings.count(
					{ severity: "warning", code, column: name, expected: gate },
					place(row),
					page.rows(row),
				);
			}
		}
	}
}

/** The file's expression for an item, if any. Duplicate columns are reported elsewhere. */
function expressionOf(made: ItemExpressions, id: string): Expression | undefined {
	try {
		return made.has(id) ? made.on(id, null) : undefined;
	} catch (error) {
		if (error instanceof UserError) return undefined;
		throw error;
	}
}
