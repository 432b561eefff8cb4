import { UserError } from "../../base/errors.js";
import { usedColumn } from "../../read/columns/column-names.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { Base } from "../../results/result-set.js";
import { type Codebook, gateItem } from "../definition/schema.js";
import { answersOf, spellingOf, stateReader } from "../meaning/answers.js";
import { gateOf } from "../meaning/gate.js";
import { FIRST_COUNT, Lookup, MISSING, NO, NOT_APPLICABLE, type StateArray } from "../meaning/states.js";
import { anyOf, countOf, restricted, type Tally, tallyOf, widened } from "./combine-states.js";
import { EMPTY, EmptyCells, type Inference } from "./empty-cells.js";
import type { Frame } from "./recode-frame.js";

/** How a topic's item or derived row is made from a block, by `topic:key`. */
export interface Maker {
	base: Base;
	/** Number of distinct states; infinite where the file decides it. */
	states: number;
	/** What the states from FIRST_COUNT on stand for; absent where there are none. */
	values?: readonly number[];
	/** States with the item's own base: routed teachers are NOT_APPLICABLE. */
	own(block: BlockStates): StateArray;
	/** Items a derived row is made of. */
	of?: readonly string[];
	combine?: (tally: Tally) => Uint8Array;
}

/** The items of a codebook that a file has, ready to be read off its blocks. */
export class ItemReader {
	private readonly makers = new Map<string, Maker>();
	/** Who is asked what never depends on the answers that are counted as yes. */
	private readonly gates: ItemReader;
	/** Null where an empty cell is simply a missing answer. */
	private readonly empty: EmptyCells | null;

	/**
	 * @param yes Answers that count as yes, instead of the codebook's.
	 */
	constructor(
		private readonly codebook: Codebook,
		private readonly columns: readonly string[],
		private readonly picker: ColumnPicker,
		private readonly yes: readonly string[] | null,
	) {
		this.gates = yes === null ? this : new ItemReader(codebook, columns, picker, null);
		this.empty = codebook.emptyCells === "inferred" ? new EmptyCells(codebook, columns, picker) : null;
	}

	/** How empty cells have been explained so far. */
	get inferences(): ReadonlySet<Inference> {
		return this.empty?.used ?? new Set();
	}

	/** Whether the file has the item's column, or for a derived row the columns of all its items. */
	has(id: string): boolean {
		return this.maker(id) !== undefined;
	}

	/** Number of states a row of the item can have. */
	stateCount(id: string): number {
		return this.required(id).states;
	}

	/** What the states of a count or a measure stand for, as far as the file has been read; null for items. */
	values(id: string): readonly number[] | null {
		return this.required(id).values ?? null;
	}

	/** Number of states met so far. */
	statesMet(id: string): number {
		const { states, values = [] } = this.required(id);
		return Number.isFinite(states) ? states : FIRST_COUNT + values.length;
	}

	/** Adds something that is read or made by another rule than the codebook's items. */
	define(id: string, maker: Maker): void {
		this.makers.set(id, maker);
	}

	/** Begins a block; states are worked out once a block however often they are asked for. */
	begin(frame: Frame): BlockStates {
		const maker = (id: string) => this.required(id);
		const gates = this.gates === this ? undefined : this.gates.begin(frame);
		return new BlockStates(frame, this.codebook, maker, gates);
	}

	/**
	 * Prepares an item on a base, so that the blocks hold every column it needs.
	 * @throws UserError where the base cannot be asked of the item.
	 */
	prepare(id: string, requested: Base | null): void {
		const { base, of } = this.required(id);
		for (const part of of ?? []) this.prepare(part, requested);
		const gate = gateOf(this.codebook, keyOf(id), base, requested ?? base);
		if (gate === "unrelated") {
			throw new UserError(
				`${id} is asked of ${this.codebook.bases[base]?.label.en}, so --base ${requested} does not fit it`,
				{
					hint: `leave out --base, or use --base all`,
				},
			);
		}
		if (gate !== null && of === undefined) this.gates.required(gate.item);
	}

	private required(id: string): Maker {
		const maker = this.maker(id);
		if (maker === undefined) throw new UserError(`the file has no column for ${id}`);
		return maker;
	}

	private maker(id: string): Maker | undefined {
		const known = this.makers.get(id);
		if (known !== undefined) return known;
		const [topic = "", key = ""] = id.split(":");
		const made = this.itemMaker(topic, key) ?? this.derivedMaker(topic, key);
		if (made !== undefined) this.makers.set(id, made);
		return made;
	}

	private itemMaker(topicKey: string, key: string): Maker | undefined {
		const topic = this.codebook.topics[topicKey];
		const item = topic?.items[key];
		if (topic === undefined || item === undefined) return undefined;
		const column = usedColumn(this.columns, item.variable);
		if (column === undefined) return undefined;
		const slot = this.picker.slot(column);
		const answers = answersOf(this.codebook, topic, item);
		const yes = item.option ?? this.yes ?? answers.yes;
		const { empty } = this;
		const { empty: box, ...inferred } = answers;
		const lookup = new Lookup(
			empty === null ? stateReader(answers, yes) : stateReader(inferred, yes, EMPTY),
			spellingOf(answers),
		);
		const base = item.base ?? topic.base;
		const coded = ({ frame }: BlockStates) => frame.states(slot, lookup, MISSING);
		if (empty === null) return { base, states: FIRST_COUNT, own: coded };
		empty.prepare(topic);
		const gate = this.gateOf(base, key);
		return {
			base,
			states: FIRST_COUNT,
			own: (block) => {
				return empty.explain(coded(block), {
					...{ frame: block.frame, topic, item },
					gate: gate === undefined ? null : block.gate(gate),
					asked: box === "no" ? NO : MISSING,
				});
			},
		};
	}

	/** The item that decides who is in a base, where the file has it. */
	private gateOf(base: Base, key: string): string | undefined {
		const gate = gateItem(this.codebook, base, key);
		return gate !== undefined && this.gates.has(gate) ? gate : undefined;
	}

	private derivedMaker(topicKey: string, key: string): Maker | undefined {
		const topic = this.codebook.topics[topicKey];
		const derived = topic?.derived?.[key];
		if (topic === undefined || derived === undefined) return undefined;
		const all = (derived.of ?? Object.keys(topic.items)).map((item) => ({ item, id: `${topicKey}:${item}` }));
		// A file of one population has no column for questions that its questionnaire does not have.
		const optional = (item: string) => topic.items[item]?.populations !== undefined;
		const of = all.filter(({ item, id }) => !optional(item) || this.has(id)).map(({ id }) => id);
		if (of.length === 0 || !of.every((id) => this.has(id))) return undefined;
		const combine = derived.rule === "any-of" ? anyOf : countOf;
		return {
			base: topic.base,
			states: derived.rule === "any-of" ? FIRST_COUNT : FIRST_COUNT + of.length + 1,
			...(derived.rule === "any-of" ? {} : { values: Array.from({ length: of.length + 1 }, (_, n) => n) }),
			own: (states) => combine(states.tally(of)),
			of,
			combine,
		};
	}
}

function keyOf(id: string): string {
	return id.slice(id.indexOf(":") + 1);
}

/** The states of one block's items, on any base. */
export class BlockStates {
	private readonly made = new Map<string, StateArray>();
	private readonly tallies = new Map<string, Tally>();

	constructor(
		readonly frame: Frame,
		private readonly codebook: Codebook,
		private readonly maker: (id: string) => Maker,
		private readonly gates?: BlockStates,
	) {}

	/** States of an item, which are few. */
	item(id: string): Uint8Array {
		return this.own(id) as Uint8Array;
	}

	/** States of an item that decides who is asked others, whatever answers are counted as yes. */
	gate(id: string): Uint8Array {
		return (this.gates ?? this).item(id);
	}

	own(id: string): StateArray {
		let states = this.made.get(id);
		if (states === undefined) {
			states = this.maker(id).own(this);
			this.made.set(id, states);
		}
		return states;
	}

	/** States on a requested base; null takes the item's own. */
	on(id: string, requested: Base | null): StateArray {
		const { base, of, combine } = this.maker(id);
		const gate = gateOf(this.codebook, keyOf(id), base, requested ?? base);
		if (gate === null || gate === "unrelated") {
			return requested === "all" && base !== "all" ? this.routedAsNo(id) : this.own(id);
		}
		if (of !== undefined && combine !== undefined) return combine(this.tally(of, requested));
		const member = this.gate(gate.item);
		return gate.widen ? widened(this.own(id), member) : restricted(this.own(id), member);
	}

	/** Tally of items on a requested base; undefined takes each item's own. Lists share theirs. */
	tally(of: readonly string[], requested?: Base | null): Tally {
		const key = JSON.stringify([of, requested]);
		let tally = this.tallies.get(key);
		if (tally === undefined) {
			const part = (id: string) => (requested === undefined ? this.item(id) : this.on(id, requested));
			tally = tallyOf(of.map((id) => part(id) as Uint8Array));
			this.tallies.set(key, tally);
		}
		return tally;
	}

	private routedAsNo(id: string): StateArray {
		const { of, combine } = this.maker(id);
		if (of !== undefined && combine !== undefined) return combine(this.tally(of, "all"));
		return this.item(id).map((state) => (state === NOT_APPLICABLE ? NO : state));
	}
}
