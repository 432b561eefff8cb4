import { expect, test } from "vitest";
import { rates } from "../../src/index.js";
import { file } from "../support/survey.js";

const survey = `
id: two-countries
version: "1"
cycle: 2024
title: { en: Two countries }
survey: { en: Two countries }
detect: { columns: [Q1, CTRY] }
ids: { country: CTRY }
design: { method: weights-only, weight: W }
bases: { all: { label: { en: all } } }
answers: { yn: { yes: [1], values: { 1: { en: "Yes" }, 2: { en: "No" } } } }
groups: { land: { variable: ctry, label: { en: Land }, values: { north: { label: { en: N }, codes: [AAA] }, south: { label: { en: S }, codes: [BBB] } } } }
topics:
  q: { label: { en: Q }, title: { en: Q }, question: Q, answers: yn, base: all, items: { q1: { variable: Q1, label: { en: Q1 } } } }
`;
const rows = Array.from({ length: 40 }, (_, row) =>
	[row % 2 ? "AAA" : "BBB", row % 4 === 1 ? 2 : 1, 1].join(),
);
const data = file(["CTRY,Q1,W", ...rows, ""].join("\n"));

test("the column of countries keeps them apart where no group is made of it, unless they are pooled", async () => {
	const codebook = file(survey);
	const of = async (more: object) =>
		(await rates([data], { codebook, ...more })).estimates.map(({ group, estimate }) => [group, estimate]);
	expect(await of({})).toEqual([
		[{ country: "AAA" }, 50],
		[{ country: "BBB" }, 100],
	]);
	expect(await of({ pool: ["country"] })).toEqual([[{}, 75]]);
	// A group of the same column stands for it.
	expect(await of({ by: ["land"] })).toEqual([
		[{ land: "north" }, 50],
		[{ land: "south" }, 100],
	]);
});
