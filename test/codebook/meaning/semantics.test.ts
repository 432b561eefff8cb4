import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type Answer,
	administered,
	allOf,
	anyOf,
	atLeast,
	countOf,
	emptyCell,
	jointly,
	not,
	possibleForms,
	restricted,
	routedAsNo,
	widened,
} from "../../../src/codebook/meaning/semantics.js";
import { tries } from "../../support/long.js";

const [Y, N, M, A, F] = ["yes", "no", "missing", "not-applicable", "not-administered"] as const;
const ALL = [Y, N, M, A, F] as const;

test.each<[Answer[], Answer, Answer, number | Answer]>([
	// list, any of it, all of it, their number
	[[Y, Y], Y, Y, 2],
	[[Y, N], Y, N, 1],
	[[N, N], N, N, 0],
	[[Y, M], Y, M, M],
	[[N, M], M, N, M],
	[[M, M], M, M, M],
	[[Y, A], Y, M, M],
	[[N, A], M, N, M],
	[[A, A], A, A, A],
	[[A, M], M, M, M],
	// What was not administered is no part of the list.
	[[Y, F], Y, Y, 1],
	[[N, F], N, N, 0],
	[[M, F], M, M, M],
	[[A, F], A, A, A],
	[[F, F], F, F, F],
])("%j: any %s, all %s, number %s", (list, any, all, number) => {
	expect([anyOf(list), allOf(list), countOf(list)]).toEqual([any, all, number]);
	expect([anyOf(list.toReversed()), allOf(list.toReversed())]).toEqual([any, all]);
});

test("a question was administered to whom it has any answer of, or was led past it", () => {
	expect(ALL.map(administered)).toEqual([Y, Y, Y, Y, F]);
});

const answers = fc.array(fc.constantFrom<Answer>(...ALL), { minLength: 1, maxLength: 5 });
/** Every way of answering what is missing. */
function completions([first, ...rest]: readonly Answer[]): Answer[][] {
	if (first === undefined) return [[]];
	const own: Answer[] = first === M || first === A ? [Y, N] : [first];
	return completions(rest).flatMap((others) => own.map((one) => [one, ...others]));
}

test("at least k is decided where no missing answer can change it, once one is given", () => {
	fc.assert(
		fc.property(answers, fc.integer({ min: 1, max: 5 }), (list, least) => {
			const possible = new Set(
				completions(list).map((whole) => whole.filter((answer) => answer === Y).length >= least),
			);
			const given = list.some((answer) => answer === Y || answer === N);
			const found = atLeast(least, list);
			if (given && possible.size === 1) expect(found).toBe(possible.has(true) ? Y : N);
			else expect([M, A, F]).toContain(found);
		}),
		{ seed: 2018, numRuns: tries(500) },
	);
});

test("any is at least one, and all is no exception", () => {
	fc.assert(
		fc.property(answers, (list) => {
			expect(anyOf(list)).toBe(atLeast(1, list));
			expect(allOf(list)).toBe(not(anyOf(list.map(not))));
			const number = countOf(list);
			if (typeof number === "number") expect(anyOf(list)).toBe(number > 0 ? Y : N);
		}),
		{ seed: 2018, numRuns: tries(300) },
	);
});

describe("bases", () => {
	test("who was led past joins as a no where the gate is one", () => {
		expect(ALL.map((gate) => widened(A, gate))).toEqual([M, N, M, A, M]);
		for (const answer of [Y, N, M, F] as const)
			expect(ALL.map((gate) => widened(answer, gate))).toEqual(ALL.map(() => answer));
	});

	test("who is no member leaves", () => {
		expect(ALL.map((gate) => restricted(Y, gate))).toEqual([Y, A, M, A, M]);
		expect(ALL.map((gate) => restricted(F, gate))).toEqual([F, F, F, F, F]);
		expect(ALL.map((gate) => restricted({ value: 7 }, gate))).toEqual([{ value: 7 }, A, M, A, M]);
	});

	test("who was led past counts as a no where everybody counts", () => {
		expect(ALL.map(routedAsNo)).toEqual([Y, N, M, N, F]);
	});

	test("shares of the same rows: the weightiest reason goes first", () => {
		expect(jointly(Y, [Y, N])).toBe(Y);
		expect(jointly(N, [N, M])).toBe(M);
		expect(jointly(Y, [Y, M, A])).toBe(A);
		expect(jointly(Y, [A, F, M])).toBe(F);
	});
});

test("an empty cell: population, then form, then routing, then what those say who were asked", () => {
	expect(emptyCell({ elsewhere: Y, offForm: Y, gate: N }, "no")).toEqual({ answer: F, by: "population" });
	expect(emptyCell({ elsewhere: N, offForm: Y, gate: N }, "no")).toEqual({ answer: F, by: "form" });
	expect(emptyCell({ elsewhere: M, gate: N }, "no")).toEqual({ answer: A, by: "routing" });
	expect(emptyCell({ gate: A }, "no")).toEqual({ answer: A, by: "routing" });
	expect(emptyCell({ gate: M }, "no")).toEqual({ answer: M });
	expect(emptyCell({ gate: F }, "no")).toEqual({ answer: M });
	expect(emptyCell({ gate: Y }, "no")).toEqual({ answer: N });
	expect(emptyCell({}, "omitted")).toEqual({ answer: M });
});

test("forms: evidence that contradicts itself tells nothing", () => {
	expect(
		possibleForms(
			["a", "b", "c"],
			[
				["a", "b"],
				["b", "c"],
			],
		),
	).toEqual(["b"]);
	expect(possibleForms(["a", "b", "c"], [["a"], ["b"]])).toEqual(["a", "b", "c"]);
	expect(possibleForms(["a", "b"], [])).toEqual(["a", "b"]);
});
