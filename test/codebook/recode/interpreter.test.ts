import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsNamed, type Expressions } from "../../../src/codebook/meaning/columns-named.js";
import type {
	AnswerExpression,
	Expression,
	NumberExpression,
	PossibleForms,
} from "../../../src/codebook/meaning/expression.js";
import { Interpreter } from "../../../src/codebook/recode/interpreter.js";
import { Frame, UnknownCodes } from "../../../src/codebook/recode/recode-frame.js";
import { valueOfRow } from "../../../src/codebook/recode/row-by-row.js";
import { type Valued, valueOfState } from "../../../src/codebook/recode/value-states.js";
import { type Block, Dictionary, placesOf } from "../../../src/read/block.js";
import { tries } from "../../support/long.js";

const COLUMNS = ["A", "B", "C", "D"];
/** Codes that are answers, reasons, unknown, spelt otherwise, numbers and empty. */
const TEXTS = ["1", "2", " 01", "6", "8", "9", "x", "", "3", "12", "12,5", "97", "Yes", "yes"];

const column = fc.constantFrom(...COLUMNS);
const noAnswers = fc.constantFrom(
	{ codes: { 9: "omitted" as const } },
	{ codes: { 6: "not-applicable" as const, 8: "not-administered" as const }, range: { from: 90 } },
);
/** What a column can have, where that is said. */
const possible = fc.constantFrom({ codes: ["1", "2", "12.5"] }, { from: 1, to: 12 }, { to: 3 });
const forms: PossibleForms = {
	is: "possible-forms",
	all: ["p", "q", "r"],
	by: "answers",
	evidence: [
		{ column: "C", codes: { 1: ["p", "q"], 2: ["q"] } },
		{ column: "D", codes: { 1: ["r"], 9: ["q", "r"] } },
	],
};
const values = fc.subarray(["yes", "no", "low", "high", "1", "x", "12"], { minLength: 1 });
const bands = [
	{ value: "low", to: 2 },
	{ value: "middle", from: 2.5, to: 10 },
	{ value: "high", from: 12 },
];

const numberColumn = fc.record(
	{ is: fc.constant("number" as const), column, missing: noAnswers, possible },
	{ requiredKeys: ["is", "column", "missing"] },
);
const category = fc.record(
	{
		is: fc.constant("category" as const),
		column,
		missing: noAnswers,
		possible,
		codes: fc.constantFrom({}, { 1: "low", x: "high", YES: "yes" }),
		bands: fc.constantFrom([], bands),
		others: fc.constantFrom("unknown" as const, "as-written" as const, "upper-case" as const),
	},
	{ requiredKeys: ["is", "column", "missing", "codes", "bands", "others"] },
);

const { answer } = fc.letrec<{ answer: AnswerExpression; number: NumberExpression }>((tie) => ({
	answer: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		fc.record({
			is: fc.constant("codes" as const),
			column,
			codes: fc.constant({
				1: "yes" as const,
				Yes: "yes" as const,
				2: "no" as const,
				6: "not-applicable" as const,
				8: "not-administered" as const,
				9: "omitted" as const,
			}),
			empty: fc.constantFrom("no" as const, "omitted" as const),
		}),
		fc.record({ is: fc.constant("named" as const), name: fc.constantFrom("first", "second") }),
		fc.record({ is: fc.constantFrom("any-of" as const, "all-of" as const), of: list(tie("answer")) }),
		fc.record({
			is: fc.constant("at-least" as const),
			least: fc.integer({ min: 1, max: 4 }),
			of: list(tie("answer")),
		}),
		fc.record({
			is: fc.constantFrom("not" as const, "routed-as-no" as const, "administered" as const),
			of: tie("answer"),
		}),
		fc.record({
			is: fc.constantFrom("widened" as const, "restricted" as const),
			of: tie("answer"),
			gate: tie("answer"),
		}),
		fc.record({ is: fc.constant("jointly" as const), of: tie("answer"), with: list(tie("answer")) }),
		fc.record({
			is: fc.constant("compared" as const),
			of: tie("number"),
			by: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const),
			bound: fc.constantFrom(0, 1, 2, 12.5),
		}),
		fc.record({
			is: fc.constant("in" as const),
			of: fc.oneof(tie("answer"), tie("number"), category),
			values,
		}),
		fc.record({
			is: fc.constant("off-form" as const),
			of: fc.constantFrom(forms, { is: "named" as const, name: "forms" }),
			forms: fc.subarray(["p", "q", "r"], { minLength: 1 }),
		}),
		fc.record({
			is: fc.constant("codes" as const),
			column,
			codes: fc.constant({ 1: "yes" as const, 2: "no" as const, 9: "omitted" as const }),
			empty: fc.record(
				{
					elsewhere: tie("answer"),
					offForm: tie("answer"),
					gate: tie("answer"),
					asked: fc.constantFrom("no" as const, "omitted" as const),
				},
				{ requiredKeys: ["asked"] },
			),
		}),
	),
	number: fc.oneof(
		{ maxDepth: 2, withCrossShrink: true },
		numberColumn,
		fc.record({ is: fc.constant("count-of" as const), of: list(tie("answer")) }),
		fc.record({ is: fc.constant("restricted" as const), of: tie("number"), gate: tie("answer") }),
		fc.record({ is: fc.constant("jointly" as const), of: tie("number"), with: list(tie("answer")) }),
	),
})) as { answer: fc.Arbitrary<AnswerExpression> };

function list<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
	return fc.array(of, { minLength: 1, maxLength: 4 });
}

const number = fc.oneof(numberColumn, fc.record({ is: fc.constant("count-of" as const), of: list(answer) }));

const expression: fc.Arbitrary<Expression> = fc.oneof(
	answer,
	number,
	category,
	fc.record({ is: fc.constant("band" as const), of: number, bands: fc.constant(bands) }),
	fc.record({ is: fc.constant("restricted" as const), of: category, gate: answer }),
	fc.record({ is: fc.constant("jointly" as const), of: number, with: list(answer) }),
);

const rows = fc.array(fc.array(fc.constantFrom(...TEXTS), { minLength: 4, maxLength: 4 }), {
	minLength: 1,
	maxLength: 40,
});

const NAMED: Expressions = {
	forms,
	first: { is: "codes", column: "B", codes: { 1: "yes", 2: "no", 6: "not-applicable" }, empty: "omitted" },
	second: { is: "not", of: { is: "named", name: "first" } },
};

/** Rows as blocks of a file hold them. */
function frameOf(texts: readonly string[][], dictionaries: readonly Dictionary[]): Frame {
	const codes = COLUMNS.map((_, slot) =>
		Int32Array.from(texts, (row) => (dictionaries[slot] as Dictionary).index(row[slot] as string)),
	);
	const block: Block = {
		rows: texts.length,
		codes,
		weights: Float64Array.of(1),
		vector: new Int32Array(texts.length),
		width: 1,
		texts: [],
		...placesOf(
			"row",
			Uint32Array.from(texts, (_, row) => row),
		),
	};
	return new Frame(block, "file", dictionaries, new UnknownCodes());
}

function read(expression: Expression, blocks: readonly (readonly string[][])[]): Valued[] {
	const dictionaries = COLUMNS.map(() => new Dictionary());
	const reading = new Interpreter(NAMED, (name) => COLUMNS.indexOf(name)).read(expression);
	return blocks.flatMap((texts) =>
		[...reading.states(frameOf(texts as string[][], dictionaries))].map((state) =>
			valueOfState(state, reading.values),
		),
	);
}

describe("expressions over blocks", () => {
	test("are what semantics.ts says, row by row", () => {
		fc.assert(
			fc.property(expression, rows, rows, (expression, first, second) => {
				const expected = [...first, ...second].map((row) =>
					valueOfRow(expression, (name) => row[COLUMNS.indexOf(name)] as string, NAMED),
				);
				expect(read(expression, [first, second])).toEqual(expected);
			}),
			{ seed: 2018, numRuns: tries(1500) },
		);
	});

	test("are the same after they were written as JSON and read again", () => {
		fc.assert(
			fc.property(expression, rows, (expression, texts) => {
				expect(read(JSON.parse(JSON.stringify(expression)), [texts])).toEqual(read(expression, [texts]));
			}),
			{ seed: 2018, numRuns: tries(200) },
		);
	});

	test("depend on no other columns than they name", () => {
		fc.assert(
			fc.property(expression, rows, (expression, texts) => {
				const named = columnsNamed([expression], NAMED);
				const others = texts.map((row) =>
					row.map((text, place) => (named.includes(COLUMNS[place] as string) ? text : "1")),
				);
				expect(read(expression, [others])).toEqual(read(expression, [texts]));
			}),
			{ seed: 2018, numRuns: tries(300) },
		);
	});

	test("that take a number for an answer are refused before a row is read", () => {
		const interpreter = new Interpreter(NAMED, (name) => COLUMNS.indexOf(name));
		const count: Expression = { is: "count-of", of: [{ is: "named", name: "first" }] };
		const wrong = { is: "not", of: count } as unknown as Expression;
		expect(() => interpreter.read(wrong)).toThrow("takes for an answer what is none: count-of");
	});
});

test("unknown codes are counted in kept rows, once, and not by conditions", () => {
	const texts = [
		["x", "1", "", ""],
		["x", "1", "", ""],
		["2", "1", "", ""],
	];
	const dictionaries = COLUMNS.map(() => new Dictionary());
	const codes: Expression = { is: "codes", column: "A", codes: { 1: "yes", 2: "no" }, empty: "omitted" };
	const count = (read: (interpreter: Interpreter, frame: Frame) => void) => {
		const unknown = new UnknownCodes();
		const frame = new Frame(frameOf(texts, dictionaries).block, "file", dictionaries, unknown);
		frame.drop(0);
		read(new Interpreter(NAMED, (name) => COLUMNS.indexOf(name)), frame);
		return unknown.list().map(({ code, rows, slot }) => ({ code, rows, slot }));
	};
	const twice = (interpreter: Interpreter, frame: Frame) => {
		interpreter.read(codes).states(frame);
		interpreter.read({ is: "any-of", of: [codes, { is: "not", of: codes }] }).states(frame);
	};
	expect(count(twice)).toEqual([{ code: "x", rows: 1, slot: 0 }]);
	expect(count((interpreter, frame) => interpreter.silent.read(codes).states(frame))).toEqual([]);
});

test.each([
	[["9", "", "", ""], []],
	[["", "2", "", ""], ["population"]],
	[["", "", "1", ""], ["answers"]],
	[["", "2", "1", ""], ["population"]],
	[["", "", "", "2"], ["routing"]],
	[["", "", "", "1"], []],
])("an empty cell of %j is told by %j", (row, by) => {
	const dictionaries = COLUMNS.map(() => new Dictionary());
	const codes = (column: string) => {
		return { is: "codes", column, codes: { 1: "yes", 2: "no", 9: "omitted" }, empty: "omitted" } as const;
	};
	const empty = {
		elsewhere: { is: "not", of: codes("B") },
		offForm: { is: "off-form", of: { is: "named", name: "forms" }, forms: ["r"] },
		gate: codes("D"),
		asked: "no",
	} as const;
	const interpreter = new Interpreter(NAMED, (name) => COLUMNS.indexOf(name));
	interpreter.read({ ...codes("A"), empty }).states(frameOf([row], dictionaries));
	expect([...interpreter.inferences]).toEqual(by);
});
