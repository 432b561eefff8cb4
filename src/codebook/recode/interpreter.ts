import { MOST_PARTS } from "../definition/most-parts.js";
import { categoryReader, codesReader, numberReader } from "../meaning/cells.js";
import { type Expressions, resolved } from "../meaning/columns-named.js";
import type {
	AnswerExpression,
	Band,
	Codes,
	Expression,
	Named,
	PossibleForms,
} from "../meaning/expression.js";
import * as semantics from "../meaning/semantics.js";
import { EMPTY, FIRST_COUNT, Lookup, NO, type StateArray, stateOf, YES } from "../meaning/states.js";
import {
	allOf,
	atLeast,
	changeTable,
	countOf,
	mapStates,
	PairTable,
	type Tally,
	tallyOf,
} from "./combine-states.js";
import { emptyCells, type Inference } from "./empty-cells.js";
import { offForm, possibleForms } from "./forms.js";
import { type Frame, UNKNOWN_VALUE } from "./recode-frame.js";
import { type Valued, ValueStates, ValueTable } from "./value-states.js";

/** An expression, ready to be read off blocks. */
export interface Reading {
	readonly kind: "answer" | "number" | "category";
	/** Number of states a row can have; infinite where the files decide it. */
	readonly size: number;
	/** What the states from FIRST_COUNT on stand for, as far as files have been read; null for answers. */
	readonly values: readonly (number | string)[] | null;
	/** The states of a block's rows, computed once per block; read-only. */
	states(frame: Frame): StateArray;
	/** Where the text of one column decides it: place of the column in the blocks, and the state of each text. */
	readonly column?: { slot: number; lookup: Lookup<number> };
}

const ROUTED_AS_NO = changeTable(semantics.routedAsNo);
const ADMINISTERED = changeTable(semantics.administered);
const NOT = changeTable(semantics.not);
const WIDENED = new PairTable(semantics.widened);
const RESTRICTED = new PairTable(semantics.restricted, (gate) =>
	semantics.restricted("value" as const, gate),
);
const TOGETHER = new PairTable(semantics.together);
/** Others that are a yes together are all answered. */
const JOINTLY = new PairTable(
	(answer, together) => semantics.jointly<semantics.Answer>(answer, [together]),
	(together) => semantics.jointly("value" as const, [together]),
);

/**
 * Reads expressions off blocks of rows: by loops over columns of states, with tables made of semantics.ts. What is
 * needed more than once is computed once per block.
 */
export class Interpreter {
	/** Explanations of empty cells found so far. */
	readonly inferences: Set<Inference>;
	/**
	 * Reads the same without counting unknown codes: for conditions, and for what only tells why a cell is empty. Where such
	 * a column is shown, it counts them itself.
	 */
	readonly silent: Interpreter;
	/** A cache of results, by what they were made from. */
	private readonly made = new Map<string, unknown>();

	/**
	 * @param expressions What others refer to by name.
	 * @param slot Place of a column in the blocks.
	 * @param loud Whose silent twin this is.
	 */
	constructor(
		private readonly expressions: Expressions,
		private readonly slot: (column: string) => number,
		private readonly loud?: Interpreter,
	) {
		this.inferences = loud?.inferences ?? new Set();
		this.silent = loud === undefined ? new Interpreter(expressions, slot, this) : this;
	}

	/** @param kind What its values must be for what is made of it; a name does not tell. */
	read(expression: Expression, kind?: Reading["kind"]): Reading {
		const own = resolved(expression, this.expressions);
		const reading = this.once(own, () => {
			const made = this.make(own);
			return { ...made, states: onceABlock(made.states) };
		});
		if (kind === undefined || kind === reading.kind) return reading;
		throw new Error(
			`a plan takes for ${kind === "answer" ? "an answer" : `a ${kind}`} what is none: ${own.is}`,
		);
	}

	/** One and the same for all that is made from the same. */
	private once<T>(from: unknown, make: () => T): T {
		const key = JSON.stringify(from);
		if (!this.made.has(key)) this.made.set(key, make());
		return this.made.get(key) as T;
	}

	private make(expression: Exclude<Expression, Named>): Reading {
		switch (expression.is) {
			case "codes":
				return this.codes(expression);
			case "number": {
				const read = numberReader(expression);
				return this.valued("number", expression.column, (text) => {
					const found = read(text);
					return typeof found === "number" ? { value: found } : found;
				});
			}
			case "category":
				return this.valued("category", expression.column, categoryReader(expression));
			case "any-of":
				return answers(this.list(expression.of, YES, (tally) => atLeast(1, tally)));
			case "at-least":
				return answers(this.list(expression.of, YES, (tally) => atLeast(expression.least, tally)));
			case "all-of":
				return answers(this.list(expression.of, NO, allOf));
			case "count-of": {
				const values = Array.from({ length: expression.of.length + 1 }, (_, number) => number);
				const states = this.list(expression.of, YES, countOf);
				return { kind: "number", size: FIRST_COUNT + values.length, values, states };
			}
			case "not":
				return this.changed(expression.of, NOT);
			case "routed-as-no":
				return this.changed(expression.of, ROUTED_AS_NO);
			case "administered":
				return this.changed(expression.of, ADMINISTERED);
			case "widened":
				return this.gated(this.read(expression.of, "answer"), expression.gate, WIDENED);
			case "restricted":
				return this.gated(this.read(expression.of), expression.gate, RESTRICTED);
			case "jointly":
				return this.jointly(expression.of, expression.with);
			case "in":
				return this.tabled(this.read(expression.of), (value) =>
					semantics.isIn(named(value), expression.values),
				);
			case "compared":
				return this.tabled(this.read(expression.of, "number"), (value) =>
					semantics.compared(number(value), expression.by, expression.bound),
				);
			case "band":
				return this.band(expression);
			case "off-form": {
				const { possible } = this.forms(expression.of);
				return answers((frame) => offForm(possible(frame), expression));
			}
			case "possible-forms":
				throw new Error("the forms a teacher may have had are no value of a row");
		}
	}

	private codes(expression: Codes): Reading {
		const { column, empty } = expression;
		const slot = this.slot(column);
		const read = codesReader(expression);
		const lookup = new Lookup((text) => {
			const found = read(text);
			if (found === "empty") return EMPTY;
			return found === "unknown" ? UNKNOWN_VALUE : stateOf(found);
		}, asWritten);
		const states = (frame: Frame) => frame.answers(slot, lookup, this.isLoud);
		if (typeof empty === "string") return { ...answers(states), column: { slot, lookup } };
		const { elsewhere, offForm: off, gate, asked } = empty;
		const explain = emptyCells({
			asked,
			elsewhere: elsewhere && this.silent.answer(elsewhere),
			offForm: off && this.silent.answer(off),
			gate: gate && this.answer(gate),
			formBy: off?.is === "off-form" ? this.forms(off.of).by : "form",
			inferences: this.inferences,
		});
		return answers((frame) => explain(states(frame), frame));
	}

	/** The possible forms of teachers, and what identifies them. */
	private forms(expression: Named | PossibleForms) {
		const own = resolved(expression, this.expressions) as PossibleForms;
		return this.once(own, () => ({ by: own.by, possible: onceABlock(possibleForms(own, this.slot)) }));
	}

	private get isLoud(): boolean {
		return this.loud === undefined;
	}

	/** A column of values that the files decide. */
	private valued(
		kind: Reading["kind"],
		column: string,
		read: (text: string) => Valued | semantics.Unknown,
	): Reading {
		const slot = this.slot(column);
		const states = new ValueStates();
		const lookup = new Lookup((text) => {
			const found = read(text);
			return found === "unknown" ? UNKNOWN_VALUE : states.stateOf(found);
		}, asWritten);
		return {
			kind,
			size: Number.POSITIVE_INFINITY,
			values: states.values,
			states: (frame) => frame.values(slot, lookup, this.isLoud),
			column: { slot, lookup },
		};
	}

	private answer(expression: AnswerExpression): (frame: Frame) => Uint8Array {
		return this.read(expression, "answer").states as (frame: Frame) => Uint8Array;
	}

	/** Lists of the same items share their tally. */
	private list(
		of: readonly AnswerExpression[],
		first: typeof YES | typeof NO,
		combine: (tally: Tally) => Uint8Array,
	): (frame: Frame) => Uint8Array {
		if (of.length > MOST_PARTS) throw new Error(`a list has ${of.length} items, more than ${MOST_PARTS}`);
		const tally = this.once(["tally", first, of], () => {
			const parts = of.map((part) => this.answer(part));
			return onceABlock((frame) =>
				tallyOf(
					parts.map((states) => states(frame)),
					first,
				),
			);
		});
		return (frame) => combine(tally(frame));
	}

	private changed(of: AnswerExpression, table: Uint8Array): Reading {
		const states = this.answer(of);
		return answers((frame) => mapStates(states(frame), table));
	}

	private gated({ kind, size, values, states }: Reading, by: AnswerExpression, table: PairTable): Reading {
		const gate = this.answer(by);
		return { kind, size, values, states: (frame) => table.apply(states(frame), gate(frame)) };
	}

	private jointly(of: Expression, others: readonly AnswerExpression[]): Reading {
		const { kind, size, values, states } = this.read(of);
		const together = this.once(["together", others], () => {
			const parts = others.map((part) => this.answer(part));
			return onceABlock((frame) => {
				const everywhere = new Uint8Array(frame.block.rows).fill(YES);
				return parts.reduce((made, part) => TOGETHER.apply(made, part(frame)), everywhere);
			});
		});
		return { kind, size, values, states: (frame) => JOINTLY.apply(states(frame), together(frame)) };
	}

	/** Answers by what values are. */
	private tabled(reading: Reading, change: (value: Valued) => semantics.Answer): Reading {
		const table = new ValueTable(reading.values, (value) => stateOf(change(value)));
		return answers((frame) => {
			const states = reading.states(frame);
			return mapStates(states, table.current());
		});
	}

	private band({ of, bands }: Band): Reading {
		const reading = this.read(of, "number");
		const found = new ValueStates();
		for (const { value } of bands) found.stateOf({ value });
		const table = new ValueTable(reading.values, (value) =>
			found.stateOf(semantics.bandOf(number(value), bands)),
		);
		return {
			kind: "category",
			size: FIRST_COUNT + found.values.length,
			values: found.values,
			states: (frame) => {
				const states = reading.states(frame);
				return mapStates(states, table.current());
			},
		};
	}
}

function answers(states: (frame: Frame) => Uint8Array): Reading & { states(frame: Frame): Uint8Array } {
	return { kind: "answer", size: FIRST_COUNT, values: null, states };
}

/** A function of blocks that keeps what it gave for the last one. */
function onceABlock<T>(make: (frame: Frame) => T): (frame: Frame) => T {
	let last: Frame | undefined;
	let made: T;
	return (frame) => {
		if (frame !== last) made = make(frame);
		last = frame;
		return made;
	};
}

function asWritten(text: string): string {
	return text;
}

function named(value: Valued): { value: string } | semantics.Reason {
	return typeof value === "string" ? value : { value: String(value.value) };
}

function number(value: Valued): number | semantics.Reason {
	return typeof value === "string" ? value : Number(value.value);
}
