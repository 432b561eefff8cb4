import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, gaps, means, rates } from "../../src/index.js";
import { apart, root } from "../support/golden.js";

const SAMPLE = join(root, "data/samples/synthetic-talis-2024.csv");

interface Figure {
	topic: string;
	item: string;
	country: string;
	group: Record<string, string>;
	estimate: number;
	se: number;
	n: number;
	deff: number | null;
	a: string;
	b: string;
	difference: number;
}
const golden: Record<"rows" | "differences" | "gaps" | "means", Figure[]> = JSON.parse(
	readFileSync(join(root, "test/golden/talis-2024.json"), "utf8"),
);
const TOPICS = [...new Set(golden.rows.map(({ topic }) => topic))];
const same = (a: object, b: object): boolean =>
	JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted());

describe("R's survey on the sample of 2024, to 1e-9", () => {
	test.each([[["country"]], [["country", "novice"]]])(
		"ways of taking part, routing and forms, by %j",
		async (by) => {
			const { estimates } = await rates([SAMPLE], { topics: TOPICS, by, suppress: "none" });
			const rows = golden.rows.filter(({ group }) => Object.keys(group).length === by.length);
			expect(rows.length).toBe(4 * 52);
			for (const row of rows) {
				const found = estimates.find(
					(one) => one.topic === row.topic && one.item === row.item && same(one.group, row.group),
				);
				const where = `${row.topic}:${row.item} ${JSON.stringify(row.group)}`;
				expect(apart(found?.estimate, row.estimate), where).toBeLessThan(1e-9);
				expect(apart(found?.se, row.se), where).toBeLessThan(1e-9);
				expect(found?.n, where).toBe(row.n);
				if (row.deff === null) expect(found?.deff, where).toBeNull();
				else expect(apart(found?.deff, row.deff), where).toBeLessThan(1e-9);
			}
		},
	);

	test("countries against each other", async () => {
		const { comparisons } = await compare([SAMPLE], {
			between: "country",
			topics: ["activities", "barriers"],
			suppress: "none",
		});
		expect(golden.differences.length).toBe(13 * 6);
		for (const { topic, item, a, b, difference, se } of golden.differences) {
			const found = comparisons.find(
				(one) => one.topic === topic && one.item === item && one.between.a === a && one.between.b === b,
			);
			expect(found?.kind).toBe("independent");
			expect(apart(found?.difference, difference), `${item} ${a} ${b}`).toBeLessThan(1e-9);
			expect(apart(found?.se, se), `${item} ${a} ${b}`).toBeLessThan(1e-9);
		}
	});

	test("needs that the content did not cover, on the forms that ask both", async () => {
		const { comparisons } = await gaps([SAMPLE], { suppress: "none" });
		for (const { item, country, difference, se, n } of golden.gaps) {
			const found = comparisons.find((one) => one.item === item && one.group.country === country);
			expect(found?.a.n, `${item} ${country}`).toBe(n);
			expect(apart(found?.difference, difference), `${item} ${country}`).toBeLessThan(1e-9);
			expect(apart(found?.se, se), `${item} ${country}`).toBeLessThan(1e-9);
		}
	});

	test("means of hours and of scales, which are on some forms only", async () => {
		const { estimates } = await means([SAMPLE], { variables: ["pd-hours", "t4pdbr", "t4pdiv"] });
		for (const { item, country, estimate, se, n } of golden.means) {
			const found = estimates.find(
				(one) => one.item === item && one.group.country === country && one.statistic === "mean",
			);
			expect(found?.n, `${item} ${country}`).toBe(n);
			expect(apart(found?.estimate, estimate), `${item} ${country}`).toBeLessThan(1e-9);
			expect(apart(found?.se, se), `${item} ${country}`).toBeLessThan(1e-9);
		}
	});
});

test("averages of the file's own cycle and level that contain a country are part and whole", async () => {
	const found = await rates([SAMPLE], { items: ["needs:subject"], benchmark: ["oecd@2024", "oecd@2018"] });
	const row = (country: string, benchmark: string) => {
		const one = found.comparisons.find(({ between: { a, b } }) => a === country && b === benchmark);
		return [one?.kind, Number(one?.se?.toFixed(4)), Number(one?.df?.toFixed(1))];
	};
	// ((n − 1)² − 1)/n² · se² + SE_average² with n = 27, and Welch–Satterthwaite with the published side infinite.
	expect(row("EST", "oecd@2024")).toEqual(["part-whole", 1.2777, 38.1]);
	expect(row("FIN", "oecd@2024").slice(0, 2)).toEqual(["part-whole", 0.9513]);
	expect(row("KAZ", "oecd@2024")[0]).toBe("independent");
	expect(row("EST", "oecd@2018")[0]).toBe("independent");
	expect(found.notes.map(({ code }) => code)).not.toContain("benchmark-total-tested");
});

test("a published total is no mean of systems, and a note names those that it contains", async () => {
	const { comparisons, notes } = await rates([SAMPLE], { items: ["needs:subject"], benchmark: ["eu@2024"] });
	expect(new Set(comparisons.map(({ kind }) => kind))).toEqual(new Set(["independent"]));
	const note = notes.find(({ code }) => code === "benchmark-total-tested");
	expect(note?.detail).toEqual({ members: "EST, FIN" });
});

test("a system beside its own published figures is the same data, beside another's it is tested", async () => {
	const { comparisons } = await rates([SAMPLE], {
		topics: ["barriers"],
		benchmark: ["KAZ@2024", "FIN@2024"],
	});
	expect(comparisons.length).toBe(2 * 4 * 9);
	for (const { kind, difference, between } of comparisons) {
		const own = between.b === `${between.a}@2024`;
		expect(kind).toBe(own ? "same-data" : "independent");
		if (own) expect(Math.abs(difference as number)).toBeLessThan(0.006);
	}
});

test("taking part in person, of those who took part, is as tables 4.20 and 4.21 have it", async () => {
	const { estimates } = await rates([SAMPLE], { topics: ["activities", "modes", "in-person"] });
	const percent = (topic: string, item: string, country: string | undefined) =>
		estimates.find((row) => row.topic === topic && row.item === item && row.group.country === country);
	const own = estimates.filter(({ topic }) => topic === "in-person");
	expect(own.length).toBe(4 * 10);
	for (const { item, group, estimate, base } of own) {
		const all = percent("activities", item, group.country)?.estimate as number;
		const inPerson = percent("modes", `${item}-in-person-only`, group.country)?.estimate as number;
		expect(base).toBe("takers");
		expect(apart(estimate, (100 * inPerson) / all), `${item} ${group.country}`).toBeLessThan(1e-9);
	}
});
