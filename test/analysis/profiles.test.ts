import { describe, expect, test } from "vitest";
import {
	chart,
	compare,
	means,
	model,
	type RatesSpec,
	rates,
	samplePath,
	UserError,
} from "../../src/index.js";
import { apart } from "../support/golden.js";

const define = ["profile = profile(needs:ict, focus:ict)"];
const only = async (spec: RatesSpec) => (await rates([samplePath()], { define, ...spec })).estimates;
const VALUES = ["both", "needs-ict-only", "focus-ict-only", "neither"];

describe("the four profiles of two answers", () => {
	test("are rows that add up to 100, each as its own definition has it", async () => {
		const rows = await only({ items: ["profile"] });
		expect(rows.map(({ item }) => item)).toEqual(VALUES.map((value) => `profile=${value}`));
		expect(rows.reduce((sum, { estimate }) => sum + (estimate as number), 0)).toBeCloseTo(100, 9);
		const own = await rates([samplePath()], {
			define: [
				"a = needs:ict and focus:ict",
				"b = needs:ict and not focus:ict",
				"c = focus:ict and not needs:ict",
				"d = not (needs:ict or focus:ict)",
			],
			items: ["a", "b", "c", "d"],
		});
		// A no decides "and" alone, whatever the other answer is; a profile takes both. Of two that are known they are the same.
		const [both, ...others] = rows;
		expect(new Set(rows.map(({ n, base }) => `${n} ${base}`)).size).toBe(1);
		for (const [place, row] of [both, ...others].entries()) {
			const beside = own.estimates[place];
			expect(Math.abs((row?.estimate as number) - (beside?.estimate as number))).toBeLessThan(1);
			expect(row?.base).toBe("participants");
		}
	});

	test("are groups, conditions and a factor", async () => {
		const rows = await only({ items: ["network"], by: ["profile"] });
		expect(rows.map(({ group }) => group.profile)).toEqual(VALUES);
		const [kept] = await only({ items: ["network"], where: ["profile=both"] });
		expect([kept?.estimate, kept?.se, kept?.n]).toEqual([rows[0]?.estimate, rows[0]?.se, rows[0]?.n]);
		const { models = [] } = await model([samplePath()], {
			...{ define, outcomes: ["types"], predict: "profile", reference: ["profile=neither"] },
		});
		expect(models[0]?.coefficients.map(({ term }) => term)).toEqual([
			"(intercept)",
			...VALUES.slice(0, 3).map((value) => `profile=${value}`),
		]);
		// The coefficient of a factor alone is the difference of means.
		const { estimates } = await means([samplePath()], {
			...{ define, variables: ["types"], by: ["profile"], where: ["focus:ict=yes,no"] },
		});
		const mean = (value: string) =>
			estimates.find(({ statistic, group }) => statistic === "mean" && group.profile === value)
				?.estimate as number;
		expect(apart(models[0]?.coefficients[1]?.estimate, mean("both") - mean("neither"))).toBeLessThan(1e-9);
	});

	test("are compared, charted, and have covariances with --answers", async () => {
		const { comparisons } = await compare([samplePath()], { define, items: ["profile"], between: "gender" });
		expect(comparisons.map(({ item }) => item)).toEqual(VALUES.map((value) => `profile=${value}`));
		const results = await rates([samplePath()], { define, items: ["profile"], answers: true });
		expect(results.covariances?.[0]?.answers).toEqual(VALUES);
		expect(JSON.stringify(await chart(results, { format: "vega-lite" }))).toContain("only needs-ict");
	});

	test.each<[RegExp, () => Promise<unknown>]>([
		[/a profile is of two/, () => only({ define: ["p = profile(needs:ict)"], items: ["p"] })],
		[/not a yes or no/, () => only({ define: ["p = not profile(needs:ict, focus:ict)"], items: ["p"] })],
		[
			/profile has levels, so it cannot be an outcome/,
			() => means([samplePath()], { define, ratios: ["profile/types"] }),
		],
		[/--?yes|yes does not fit/i, () => only({ items: ["profile"], yes: ["3", "4"] })],
		[/profile has no value "none"/, () => only({ items: ["network"], where: ["profile=none"] })],
	])("%s", async (message, ask) => {
		const error = await ask().catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(UserError);
		expect((error as UserError).message).toMatch(message);
	});
});
