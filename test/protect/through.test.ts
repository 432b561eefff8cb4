import { describe, expect, test } from "vitest";
import { type Comparison, disclosures, type Estimate, type ResultSet } from "../../src/index.js";
import { Hidden } from "../../src/protect/hidden.js";
import type { Model } from "../../src/results/models.js";

/** Results of made-up rows in full precision, by a codebook that nobody has. */
function results({
	estimates = [],
	comparisons = [],
	models = [],
	settings = {},
	notes = [],
}: {
	estimates?: Partial<Estimate>[];
	comparisons?: object[];
	models?: object[];
	settings?: object;
	notes?: object[];
}): ResultSet {
	const common = { topic: "activities", item: "coaching", variable: "V1", base: "all", statistic: "percent" };
	const nothing = { estimate: null, se: null, n: 100, weightedN: null };
	return {
		...{ kind: "rates", codebook: { id: "nobody" }, source: [{ sha256: "1" }], settings, notes },
		design: { weight: "W" },
		estimates: estimates.map((row) => ({ ...common, ...nothing, status: "ok", ...row })),
		comparisons: comparisons.map((row) => ({ ...common, ...nothing, status: "ok", ...row })),
		models,
	} as unknown as ResultSet;
}

const hidden = { estimate: null, n: null, status: "protected" } as const;
const told = async (...all: ResultSet[]) =>
	(await disclosures(all)).map(({ item, group, between }) => ({
		item,
		group,
		between: between?.map((one) => Math.round(one * 10) / 10),
	}));

describe("a hidden figure follows", () => {
	const systems = (estimate: number, country: string) =>
		results({
			estimates: [
				{ group: { country: "FRA" }, estimate: 40 },
				{ group: { country: "ITA" }, estimate: 50 },
				{ group: { country: "MEX" }, ...hidden },
				{ group: { country }, estimate },
			],
		});

	test("from a mean over systems and its other members, and not where it is the mean of those alone", async () => {
		expect(await told(systems(60, "average:list-3"))).toEqual([
			{ item: "coaching", group: { country: "MEX" }, between: [90, 90] },
		]);
		expect(await told(systems(45, "average:list-2"))).toEqual([]);
	});

	const sized = (averageKind: string, ...members: [string, number | null, number | null][]) =>
		results({
			settings: { averageKind },
			estimates: members.map(([country, estimate, weightedN]) => ({
				...{ group: { country }, estimate, weightedN, coverage: 50 },
				...(estimate === null ? { n: null, status: "protected" as const } : {}),
			})),
		});
	const [fra, ita]: [[string, number, number], [string, number, number]] = [
		["FRA", 40, 1000],
		["ITA", 50, 2000],
	];

	test("from a weighted average, where the number of its teachers is known, and may be", async () => {
		// (40 · 1000 + 50 · 2000 + 90 · 3000) / 6000
		const average: [string, number, null] = ["average:list-3", 410 / 6, null];
		const whole = sized("weighted", fra, ita, ["MEX", null, 3000], average);
		const mexico = { item: "coaching", group: { country: "MEX" } };
		expect(await told(whole)).toEqual([{ ...mexico, between: [90, 90] }]);
		expect(await told(sized("weighted", fra, ita, ["MEX", null, null], average))).toEqual([
			{ ...mexico, between: undefined },
		]);
		const two = sized("weighted", fra, ["ITA", null, null], ["MEX", null, null], average);
		expect(await told(two)).toEqual([]);
	});

	test("from the average of one population, whose number less the others' is its own", async () => {
		const whole = sized("pooled", fra, ita, ["MEX", null, null], ["average:list-3-of-30", 410 / 6, 6000]);
		expect(await told(whole)).toEqual([{ item: "coaching", group: { country: "MEX" }, between: [90, 90] }]);
	});

	test("from an average of nobody, each of several; and only members count, as its note names them", async () => {
		const none = sized("simple", ["FRA", null, null], ["ITA", null, null], ["average:list-2", 0.5, null]);
		expect(await told(none)).toEqual(
			["FRA", "ITA"].map((country) => ({ item: "coaching", group: { country }, between: [0, 1] })),
		);
		const members = { code: "average-members", detail: { average: "oecd", members: "FRA, MEX" } };
		const outside = results({
			notes: [members],
			estimates: [
				{ group: { country: "FRA" }, estimate: 40 },
				{ group: { country: "KAZ" }, estimate: 77 },
				{ group: { country: "MEX" }, ...hidden },
				{ group: { country: "average:oecd-2" }, estimate: 60 },
			],
		});
		expect(await told(outside)).toEqual([{ item: "coaching", group: { country: "MEX" }, between: [80, 80] }]);
	});

	test("from the other answers of an item, which come to 100", async () => {
		const answer = (code: number, more: object) => ({ item: `cost=${code}`, group: {}, ...more });
		const whole = results({ estimates: [answer(1, { estimate: 60 }), answer(2, hidden)] });
		expect(await told(whole)).toEqual([{ item: "cost=2", group: {}, between: [40, 40] }]);
		const few = [answer(1, { estimate: 96 }), answer(2, hidden), answer(3, hidden)];
		expect(await told(results({ estimates: few }))).toHaveLength(2);
		const many = [answer(1, { estimate: 60 }), answer(2, hidden), answer(3, hidden)];
		expect(await told(results({ estimates: many }))).toEqual([]);
	});

	test("from a mean number of kinds and the other items", async () => {
		const item = (name: string, more: object) => ({ item: name, group: { sex: "f" }, ...more });
		const items = [
			item("coaching", hidden),
			item("network", { estimate: 30 }),
			item("visits", { estimate: 20 }),
		];
		const types = item("types", { variable: null, statistic: "mean" as const, estimate: 1.2 });
		expect(await told(results({ estimates: [...items, types] }))).toEqual([
			{ item: "coaching", group: { sex: "f" }, between: [69, 71] },
		]);
		const two = [...items.slice(0, 2), item("visits", hidden), types];
		expect(await told(results({ estimates: two }))).toEqual([]);
	});

	test("from a difference and its other side, in the same results or others", async () => {
		const table = results({
			estimates: [
				{ group: { sex: "f" }, ...hidden },
				{ group: { sex: "m" }, estimate: 40 },
			],
		});
		const none = { estimate: null, se: null, n: null };
		const difference = (a: object, b: object): Partial<Comparison> =>
			({ group: {}, between: { variable: "sex", a: "f", b: "m" }, a, b, difference: -9 }) as never;
		const saved = results({ comparisons: [difference(none, none)] });
		expect(await told(table, saved)).toEqual([{ item: "coaching", group: { sex: "f" }, between: [31, 31] }]);
		const open = results({ comparisons: [difference(none, { ...none, estimate: 41 })] });
		expect(await told(table, open)).toEqual([{ item: "coaching", group: { sex: "f" }, between: [32, 32] }]);
		expect(await told(table)).toEqual([]);
	});

	const model = (family: "linear" | "logistic", intercept: number, female: number) => ({
		...{ group: {}, family, base: "all", status: "ok", tests: [] },
		outcome: { topic: "activities", item: "coaching", variable: "V1", statistic: "percent" },
		coefficients: [
			{ term: "(intercept)", level: null, estimate: intercept },
			{ term: "sex=f", level: "f", estimate: female },
		],
	});

	test.each([
		["linear", 40, -9, 31],
		["logistic", Math.log(0.4 / 0.6), Math.log(0.31 / 0.69) - Math.log(0.4 / 0.6), 31],
	] as const)("from a %s model of its grouping", async (family, intercept, female, expected) => {
		const cells = (own: object, other: object) => [
			{ group: { sex: "f" }, ...own },
			{ group: { sex: "m" }, ...other },
		];
		const models = [model(family, intercept, female)];
		const estimates = cells(hidden, { estimate: 40 });
		expect(await told(results({ estimates }), results({ models }))).toEqual([
			{ item: "coaching", group: { sex: "f" }, between: [expected, expected] },
		]);
		// The group that others are compared with is the intercept.
		const reference = results({ estimates: cells({ estimate: 31 }, hidden) });
		expect(await told(reference, results({ models }))).toEqual([
			{ item: "coaching", group: { sex: "m" }, between: [40, 40] },
		]);
	});

	test("from a model of several groupings, within what the others may add", async () => {
		const several = (spread: number) => {
			const one = model("linear", 40, -9);
			one.coefficients.push(
				{ term: "age=old", level: "old", estimate: spread },
				{ term: "age=older", level: "older", estimate: -1 },
			);
			return results({ models: [one] });
		};
		const cells = results({
			estimates: [
				{ group: { sex: "f" }, ...hidden },
				{ group: { sex: "m" }, estimate: 40 },
				{ group: { sex: "f", age: "old" }, ...hidden },
			],
		});
		expect(await told(cells, several(2))).toEqual([
			{ item: "coaching", group: { sex: "f" }, between: [30, 33] },
		]);
		expect(await told(cells, several(7))).toEqual([]);
		const crossed = several(7);
		crossed.models?.[0]?.coefficients.push({
			...{ term: "sex=f * age=old", level: "f * old", estimate: 3 },
		} as never);
		expect(await told(cells, crossed)).toEqual([
			{ item: "coaching", group: { age: "old", sex: "f" }, between: [41, 41] },
		]);
		const withNumber = several(2);
		withNumber.models?.[0]?.coefficients.push({ term: "TT3G11B", level: null, estimate: 1 } as never);
		expect(await told(cells, withNumber)).toEqual([]);
	});

	test("and the model is not shown where its group is hidden, also as one of several or crossed", () => {
		const crossed = model("linear", 40, -9);
		crossed.coefficients.push({ term: "sex=f * years", level: null, estimate: 1 });
		const other = { ...model("linear", 1, 2), outcome: { ...crossed.outcome, topic: "needs" } };
		const whole = results({ models: [model("linear", 40, -9), crossed, other] });
		const secret = new Hidden();
		secret.add({ topic: "activities", base: "all", group: { sex: "m" }, item: null, reason: "hidden" });
		const shown = secret.taken(whole).models as Model[];
		expect(shown.map(({ status, coefficients }) => [status, coefficients.length])).toEqual([
			["protected", 0],
			["protected", 0],
			["ok", 2],
		]);
	});
});

test("a part of a cell in which nobody says yes is known, however its numbers are rounded", async () => {
	const exact = { ciMethod: "exact", n: 500, weightedN: 5000 };
	const own = results({
		estimates: [
			{ group: {}, estimate: 0, ...exact } as never,
			{ group: { sex: "f" }, estimate: 0, ...exact, n: 480, weightedN: 4800 } as never,
			{ group: { sex: "m" }, estimate: null, n: null, status: "few-teachers" },
			{ group: { sex: "x" }, estimate: null, n: null, status: "few-teachers" },
		],
	});
	expect((await told(own)).map(({ group, between }) => [group.sex, between])).toEqual(
		expect.arrayContaining([
			["m", [0, 0]],
			["x", [0, 0]],
		]),
	);
});
