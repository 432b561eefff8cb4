import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { equivalenceP } from "../../src/stats/equivalence.js";
import { chiSquareTail, fTail } from "../../src/stats/upper-tails.js";
import { root } from "../support/golden.js";
import { relative } from "../support/models.js";

type Numbers = (number | "inf")[];

const { tails } = JSON.parse(readFileSync(join(root, "test/golden/models.json"), "utf8")) as {
	tails: Record<"chisq" | "F" | "equivalence", Numbers[]>;
};
const asNumbers = (row: Numbers) => row.map((one) => (one === "inf" ? Number.POSITIVE_INFINITY : one));

function expectTail(own: (...arguments_: number[]) => number, row: Numbers): void {
	const given = asNumbers(row);
	expect(relative(own(...given.slice(0, -1)), given.at(-1) as number)).toBeLessThan(1e-9);
}

describe("tails of distributions as R's, to 1e-9 of themselves", () => {
	test.each(tails.chisq)("chi-square: %d, df %d", (...row) => expectTail(chiSquareTail, row));
	test.each(tails.F)("F: %d, df %d and %s", (...row) => expectTail(fTail, row));
	test.each(tails.equivalence)("difference %d, se %d, df %s, within %d", (...row) =>
		expectTail(equivalenceP, row),
	);

	test("what does not exist has none", () => {
		expect([chiSquareTail(Number.NaN, 2), fTail(Number.NaN, 2, 5)]).toEqual([Number.NaN, Number.NaN]);
		expect([chiSquareTail(0, 2), fTail(0, 2, 5)]).toEqual([1, 1]);
	});
});
