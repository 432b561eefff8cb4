import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compare, rates, render, samplePath } from "../../src/index.js";
import { apart, hasNoisy, noisyFile, root } from "../support/golden.js";

const extra = `${root}../shared/oracle/extra.json`;
const present = hasNoisy && existsSync(extra);

interface Multinomial {
	country: string;
	population: string;
	variable: string;
	n: number;
	df: number;
	answers: { answer: number; n: number; estimate: number; se: number; logitLow: number; logitHigh: number }[];
	covariance: number[][];
}

describe.skipIf(!present)(
	`answers beside R's svymean of factors${present ? "" : " (skipped: no ../shared)"}`,
	() => {
		test("shares, errors, intervals, degrees of freedom and covariances to 1e-9", async () => {
			const rows = JSON.parse(readFileSync(extra, "utf8")).multinomial as Multinomial[];
			const items = [...new Set(rows.map(({ variable }) => variable))];
			const { estimates, covariances = [] } = await rates([noisyFile], {
				...{ items, topics: ["needs", "barriers"], answers: true },
				suppress: "none",
			});
			expect(rows.length).toBe(32);
			for (const { country, population, variable, n, df, answers, covariance } of rows) {
				const isOwn = ({ group }: { group: Record<string, string> }) =>
					group.country === country && group.population === population;
				const own = estimates.filter((row) => row.variable === variable && isOwn(row));
				expect(own.reduce((sum, { estimate }) => sum + (estimate as number), 0)).toBeCloseTo(100, 9);
				for (const expected of answers) {
					const row = own.find(({ item }) => item.endsWith(`=${expected.answer}`));
					expect([row?.n, row?.df]).toEqual([n, df]);
					expect(apart(row?.estimate, 100 * expected.estimate)).toBeLessThan(1e-9);
					expect(apart(row?.se, 100 * expected.se)).toBeLessThan(1e-9);
					if (row?.ciMethod !== "logit") continue;
					expect(apart(row.ciLow, 100 * expected.logitLow)).toBeLessThan(1e-9);
					expect(apart(row.ciHigh, 100 * expected.logitHigh)).toBeLessThan(1e-9);
				}
				const item = own[0]?.item.replace(/=.*$/, "");
				const found = covariances.find((one) => one.item === item && isOwn(one));
				for (const [a, row] of answers.entries()) {
					for (const [b, column] of answers.entries()) {
						const places = [row, column].map(({ answer }) => found?.answers.indexOf(String(answer)) ?? -1);
						const value = found?.matrix[places[0] as number]?.[places[1] as number];
						expect(apart(value, 1e4 * (covariance[a]?.[b] as number))).toBeLessThan(1e-9);
					}
				}
			}
		});
	},
);

describe("every answer of an item", () => {
	const asked = { items: ["needs:assessment"], answers: true } as const;

	test("is a row with its own name, in every language", async () => {
		const results = await rates([samplePath()], asked);
		expect(results.estimates.map(({ item }) => item)).toEqual(
			[1, 2, 3, 4].map((code) => `assessment=${code}`),
		);
		expect(results.estimates.map(({ label }) => label.replace(/^.*: /, ""))).toEqual([
			...["No need at present", "Low level of need", "Moderate level of need", "High level of need"],
		]);
		expect(results.labels?.topics.needs?.title).toBe("Needs");
		expect(results.settings.answers).toBe(true);
		const russian = await render(results, { format: "csv", language: "ru" });
		expect(russian).toContain(": Высокая потребность");
	});

	test("the one that is published is what it is without --answers", async () => {
		const [, , , last] = (await rates([samplePath()], asked)).estimates;
		const [published] = (await rates([samplePath()], { items: ["needs:assessment"] })).estimates;
		for (const key of ["estimate", "se", "ciLow", "ciHigh", "n", "df", "coverage", "deff"] as const) {
			expect(apart(last?.[key], published?.[key] as number), key).toBeLessThan(1e-9);
		}
	});

	test("of a routed item is of those who were asked", async () => {
		const { estimates } = await rates([samplePath()], { items: ["focus:ict"], answers: true });
		expect(estimates.map(({ item, base }) => [item, base])).toEqual([
			["ict=1", "participants"],
			["ict=2", "participants"],
		]);
		const sum = estimates.reduce((all, { estimate }) => all + (estimate as number), 0);
		expect(sum).toBeCloseTo(100, 9);
	});

	test("is compared between groups, and has no covariances where results are protected", async () => {
		const { comparisons } = await compare([samplePath()], { ...asked, between: "gender" });
		expect(comparisons.map(({ item }) => item)).toEqual([1, 2, 3, 4].map((code) => `assessment=${code}`));
		expect(await rates([samplePath()], { ...asked, protect: true })).not.toHaveProperty("covariances");
	});

	test("codes that nobody lists are told once", async () => {
		const bad = readFileSync(samplePath(), "utf8").split("\n");
		const place = bad[0]?.split(",").indexOf("TT3G27D") as number;
		bad[1] = (bad[1] as string).split(",").with(place, "5").join(",");
		const data = { bytes: new TextEncoder().encode(bad.join("\n")), format: "csv", name: "bad.csv" } as const;
		await expect(rates(data, asked)).rejects.toThrow(/the code 5 is not in the codebook \(1 row/);
		const { notes } = await rates(data, { ...asked, unknownCodes: "missing" });
		expect(notes.find(({ code }) => code === "unknown-codes")?.detail).toMatchObject({ rows: 1, count: 1 });
	});

	test.each([
		[{ items: ["needs:assessment"], yes: ["4"] }, /shows every answer/],
		[{ items: ["activities:types"] }, /no answers of its own/],
		[{ items: ["focus:ict"], base: "all" }, /has no answer of who was led past it/],
		[{ items: ["needs:assessment"], benchmark: ["oecd@2018"] }, /nothing published/],
	])("is refused where the rows would not add up: %j", async (spec, words) => {
		await expect(rates([samplePath()], { ...spec, answers: true })).rejects.toThrow(words);
	});
});
