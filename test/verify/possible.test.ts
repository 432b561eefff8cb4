import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { once } from "../../src/base/once.js";
import {
	compare,
	means,
	model,
	published,
	type ResultSet,
	rates,
	readResults,
	UserError,
	verify,
} from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

const folder = temporaryFolder();

// biome-ignore lint/suspicious/noExplicitAny: changed by hand, as a file of JSON would be.
type Loose = any;

const results = {
	rates: once(() => rates([SAMPLE], { items: ["coaching", "network"], by: ["gender"], protect: false })),
	hidden: once(() => rates([SAMPLE], { items: ["coaching"], where: ["age=under-30"], suppress: "nces" })),
	compare: once(() => compare([SAMPLE], { between: "gender", items: ["coaching"] })),
	means: once(() => means([SAMPLE], { variables: ["types"] })),
	model: once(() => model([SAMPLE], { outcomes: ["types"], predict: "gender" })),
	protected: once(() => rates([SAMPLE], { items: ["coaching"], by: ["gender"], protect: true })),
	published: once(async () => published({ topics: ["focus"] })),
};

/** What no results can have, and the field that is told of; null for a whole row. */
const IMPOSSIBLE: readonly [
	name: string,
	of: keyof typeof results,
	change: (r: Loose) => void,
	field: string | null,
][] = [
	["n below 0", "rates", (r) => (r.estimates[0].n = -5), "n"],
	["n below 0 of protected results", "protected", (r) => (r.estimates[0].n = -5), "n"],
	["n below 0 of published figures", "published", (r) => (r.estimates[0].n = -5), "n"],
	["n below 0 of a model", "model", (r) => (r.models[0].n = -5), "n"],
	[
		"no figure where the status says there is one",
		"rates",
		(r) => (r.estimates[0].estimate = null),
		"status",
	],
	[
		"no difference where the status says there is one",
		"compare",
		(r) => (r.comparisons[0].difference = null),
		"status",
	],
	["a figure where it is hidden", "rates", (r) => (r.estimates[0].status = "few-teachers"), "estimate"],
	[
		"a figure where nobody was asked",
		"means",
		(r) => (r.estimates[0].status = "not-administered"),
		"estimate",
	],
	[
		"a difference where a side is hidden",
		"compare",
		(r) => (r.comparisons[0].status = "suppressed"),
		"difference",
	],
	["a row twice", "rates", (r) => r.estimates.push({ ...r.estimates[0], estimate: 12 }), null],
	["a difference twice", "compare", (r) => r.comparisons.push({ ...r.comparisons[0], p: 0.9 }), null],
	["schools below 0", "rates", (r) => (r.estimates[0].schools = -1), "schools"],
	["a sum of weights below 0", "rates", (r) => (r.estimates[0].weightedN = -0.5), "weightedN"],
	["coverage above 100", "rates", (r) => (r.estimates[0].coverage = 120), "coverage"],
	["a p-value above 1", "compare", (r) => (r.comparisons[0].p = 1.5), "p"],
	[
		"a standard error below 0 of a coefficient",
		"model",
		(r) => (r.models[0].coefficients[0].se = -1),
		"coefficients",
	],
	[
		"an interval beside its quantile",
		"means",
		(r) => (r.estimates.find((row: Loose) => row.statistic === "q50").ciHigh = -1),
		"ciHigh",
	],
	[
		"an interval beside its coefficient",
		"model",
		(r) => (r.models[0].coefficients[1].ciLow = r.models[0].coefficients[1].estimate + 1),
		"coefficients",
	],
];

describe("what no results can have is told, with its row and field", () => {
	test.each(IMPOSSIBLE)("%s", async (_, of, change, field) => {
		const changed = structuredClone(await results[of]()) as Loose as ResultSet;
		change(changed);
		const found = await verify(changed);
		const path = join(folder, "impossible.json");
		writeFileSync(path, JSON.stringify(changed));
		const fields = found.map((one) => one.field);
		if (field === "coefficients") expect(found.map(({ where }) => where).join()).toContain("coefficients");
		else expect(fields).toContain(field);
		expect(() => readResults(path)).toThrow(UserError);
		expect(() => readResults(path)).toThrow(field === null ? /twice/ : /estimates|comparisons|models/);
	});

	test.each(Object.entries(results))("nothing is told of %s as they are made", async (_, ask) => {
		const own = await ask();
		const path = join(folder, "possible.json");
		writeFileSync(path, JSON.stringify(own));
		expect(() => readResults(path)).not.toThrow();
	});

	test("numbers of hidden rows are there where they were asked for", async () => {
		const own = await rates([SAMPLE], { items: ["coaching"], where: ["age=under-30"], suppress: "none" });
		expect(await verify(JSON.parse(JSON.stringify(own)))).toEqual([]);
	});

	test("verify lists all of them and exits with 3; commands that show them refuse", async () => {
		const changed = structuredClone(await results.rates()) as Loose;
		changed.estimates[0].n = -5;
		changed.estimates[1].estimate = null;
		const path = join(folder, "several.json");
		writeFileSync(path, JSON.stringify(changed));
		const verified = await run(["verify", path, "--format", "json"]);
		expect(verified.code).toBe(3);
		const { differences } = JSON.parse(verified.out);
		expect(differences.map(({ field }: Loose) => field)).toEqual(expect.arrayContaining(["n", "status"]));
		const shown = await run(["render", path]);
		expect(shown.code).toBe(2);
		expect(shown.err).toContain("has an impossible n, -5, in estimates activities");
	});

	test("the shipped report has none", () => {
		const path = join(root, "reports/synthetic-kazakhstan-2018/build/results.json");
		expect(() => readResults(path)).not.toThrow();
	});
});
