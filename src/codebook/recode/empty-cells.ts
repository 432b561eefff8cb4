import { columnIndex } from "../../read/columns/column-names.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { Codebook, Item, Topic } from "../definition/schema.js";
import { type Breakdown, resolveBreakdown } from "../meaning/breakdown.js";
import { Lookup, MISSING, NO, NOT_ADMINISTERED, NOT_APPLICABLE, YES } from "../meaning/states.js";
import type { Frame } from "./recode-frame.js";

/** An empty cell whose reason is still to be found; never leaves the recoding. */
export const EMPTY = 254;

/** How the reasons of empty cells were found. */
export type Inference = "form" | "answers" | "population" | "routing";

/** Finds out why cells are empty, where a codebook says that files may leave out the codes that tell. */
export class EmptyCells {
	/** What has been used so far, for notes. */
	readonly used = new Set<Inference>();
	private readonly forms: FormReader | null;
	private readonly population: { breakdown: Breakdown; slot: number; names: Lookup<string> } | null;

	constructor(codebook: Codebook, columns: readonly string[], picker: ColumnPicker) {
		this.forms = codebook.forms === undefined ? null : new FormReader(codebook, columns, picker);
		const variable = codebook.groups.population?.variable ?? "";
		if (columnIndex(columns, variable) === undefined) this.population = null;
		else {
			const breakdown = resolveBreakdown(codebook, { columns }, "population");
			const names = new Lookup((code) => breakdown.classify(code) ?? "");
			this.population = { breakdown, slot: picker.slot(breakdown.column), names };
		}
	}

	/** Makes sure that blocks hold what an item's empty cells are explained by. */
	prepare(topic: Topic): void {
		if (topic.forms !== undefined) this.forms?.prepare();
	}

	/**
	 * Replaces EMPTY, in place: not administered where the row's form or population does not have the item, not
	 * applicable where its gate is no, else what an empty cell is of those who were asked.
	 * @param gate States of the item that decides who is asked.
	 * @param asked NO for boxes to tick, MISSING for all others.
	 */
	explain(
		states: Uint8Array,
		{
			frame,
			topic,
			item,
			gate,
			asked,
		}: { frame: Frame; topic: Topic; item: Item; gate: Uint8Array | null; asked: number },
	): Uint8Array {
		if (!states.includes(EMPTY)) return states;
		const offForm = topic.forms === undefined ? null : (this.forms?.without(frame, topic.forms) ?? null);
		const elsewhere = this.otherPopulation(frame, item);
		for (let row = 0; row < states.length; row++) {
			if (states[row] !== EMPTY) continue;
			if (elsewhere?.(row)) states[row] = this.found(NOT_ADMINISTERED, "population");
			else if (offForm?.[row]) states[row] = this.found(NOT_ADMINISTERED, this.forms?.source ?? "form");
			else if (gate !== null && (gate[row] === NO || gate[row] === NOT_APPLICABLE)) {
				states[row] = this.found(NOT_APPLICABLE, "routing");
			} else states[row] = gate === null || gate[row] === YES ? asked : MISSING;
		}
		return states;
	}

	private found(state: number, by: Inference): number {
		this.used.add(by);
		return state;
	}

	private otherPopulation(frame: Frame, { populations }: Item): ((row: number) => boolean) | null {
		if (populations === undefined || this.population === null) return null;
		const { slot, names } = this.population;
		const of = frame.values(slot, names);
		return (row) => of(row) !== "" && !populations.includes(of(row));
	}
}

/** Tells a row's form from its column or, in files without one, from the questions it has an answer to. */
class FormReader {
	readonly source: Inference;
	private readonly masks = new Map<string, number>();
	private readonly all: number;
	/** Forms that a code of a column leaves possible, by slot. */
	private readonly evidence = new Map<number, Lookup<number>>();
	private readonly made = new WeakMap<Frame, Int32Array>();
	private readonly column: number | undefined;

	constructor(
		private readonly codebook: Codebook,
		private readonly columns: readonly string[],
		private readonly picker: ColumnPicker,
	) {
		const forms = codebook.forms as NonNullable<Codebook["forms"]>;
		for (const [index, form] of Object.keys(forms.codes).entries()) this.masks.set(form, 1 << index);
		this.all = (1 << this.masks.size) - 1;
		this.column = columnIndex(columns, forms.variable);
		this.source = this.column === undefined ? "answers" : "form";
	}

	prepare(): void {
		if (this.evidence.size > 0) return;
		if (this.column !== undefined) {
			const { codes } = this.codebook.forms as NonNullable<Codebook["forms"]>;
			const byCode = new Map(Object.entries(codes).map(([form, code]) => [code, this.masks.get(form)]));
			this.evidence.set(this.picker.slot(this.column), new Lookup((code) => byCode.get(code) ?? this.all));
			return;
		}
		for (const topic of Object.values(this.codebook.topics)) {
			if (topic.forms === undefined) continue;
			for (const item of Object.values(topic.items)) this.watch(topic, item, this.mask(topic.forms));
		}
	}

	/** Rows whose form has none of these questions; a row of no known form may have them all. */
	without(frame: Frame, forms: readonly string[]): Uint8Array {
		const wanted = this.mask(forms);
		return Uint8Array.from(this.possible(frame), (mask) => Number((mask & wanted) === 0));
	}

	private mask(forms: readonly string[]): number {
		return forms.reduce((mask, form) => mask | (this.masks.get(form) ?? 0), 0);
	}

	private watch(topic: Topic, item: Item, mask: number): void {
		const column = columnIndex(this.columns, item.variable);
		const answers = this.codebook.answers[item.answers ?? topic.answers];
		if (column === undefined || answers === undefined) return;
		const tells = (code: string) =>
			Object.hasOwn(answers.values, code) || answers.missing[code] === "not-applicable";
		this.evidence.set(this.picker.slot(column), new Lookup((code) => (tells(code) ? mask : this.all)));
	}

	private possible(frame: Frame): Int32Array {
		let possible = this.made.get(frame);
		if (possible === undefined) {
			possible = new Int32Array(frame.block.rows).fill(this.all);
			for (const [slot, lookup] of this.evidence) {
				const masks = frame.numbers(slot, lookup);
				for (let row = 0; row < possible.length; row++) {
					possible[row] = (possible[row] as number) & (masks[row] as number);
				}
			}
			// Answers of two forms in one row contradict each other: nothing is known then.
			possible = possible.map((mask) => mask || this.all);
			this.made.set(frame, possible);
		}
		return possible;
	}
}
