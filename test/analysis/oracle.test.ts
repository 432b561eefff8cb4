import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Estimate, type ResultSet, rates } from "../../src/index.js";

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const present = existsSync(`${shared}oracle/talis-2018-noisy.json`);
const title = present
	? "the noisy TALIS 2018 file"
	: "the noisy TALIS 2018 file (skipped: ../shared is absent)";

interface OracleRow {
	table: string;
	variable: string;
	country: string;
	estimate: number;
	se: number;
	n: number;
	schools: number;
}

/** Relative difference, 0 for equal numbers. */
function apart(a: number | null, b: number): number {
	return a === null ? Number.POSITIVE_INFINITY : Math.abs(a - b) / Math.abs(b);
}

function find(results: ResultSet, topic: string, { variable, country }: OracleRow): Estimate | undefined {
	const derived = { any: "any", ntypes: "types" }[variable];
	return results.estimates.find(
		(row) =>
			row.topic === topic &&
			row.group.country === country &&
			(derived === undefined ? row.variable === variable : row.item === derived),
	);
}

describe.skipIf(!present)(title, () => {
	const file = `${shared}data/talis-2018-noisy/teachers.csv`;
	const read = (name: string) => JSON.parse(readFileSync(`${shared}oracle/${name}.json`, "utf8"));
	const rows = () => read("talis-2018-noisy").rows as OracleRow[];

	test("every rate, any and types of the oracle to 1e-9, n and schools exactly", async () => {
		const published = await rates([file], { pool: ["population"] });
		const all = await rates([file], { pool: ["population"], topics: ["focus"], base: "all" });
		const compared = rows().filter(({ table }) => !table.startsWith("gender"));
		expect(compared.length).toBe(66);
		for (const row of compared) {
			const topic = row.table === "activities" ? "activities" : "focus";
			const found = find(row.table === "focus_all" ? all : published, topic, row);
			const scale = row.variable === "ntypes" ? 1 : 100;
			expect(
				apart(found?.estimate ?? null, scale * row.estimate),
				`${row.variable} ${row.country}`,
			).toBeLessThan(1e-9);
			expect(apart(found?.se ?? null, scale * row.se), `${row.variable} ${row.country}`).toBeLessThan(1e-9);
			expect([found?.n, found?.schools]).toEqual([row.n, row.schools]);
		}
	});

	test("Rrepest's published table of TT3G23O", async () => {
		const { estimates } = await rates([file], { pool: ["population"], topics: ["focus"], items: ["other"] });
		for (const [country, [percent, se]] of Object.entries(
			read("published").rrepest_talis18_tt3g23o.yes_percent,
		) as [string, [number, number]][]) {
			const row = estimates.find(({ group }) => group.country === country);
			expect(apart(row?.estimate ?? null, percent)).toBeLessThan(1e-9);
			expect(apart(row?.se ?? null, se)).toBeLessThan(1e-9);
		}
	});

	test.each([
		["logit", "logit"],
		["wald", "mean"],
		["xlogit", "xlogit"],
		["beta", "beta"],
	] as const)("%s intervals and degrees of freedom as R's svyciprop", async (ci, name) => {
		const oracle = read("published").svyciprop_fay as Record<
			string,
			Record<string, number & [number, number]>
		>;
		const { estimates } = await rates([file], { pool: ["population"], items: ["TT3G22D"], ci });
		for (const country of ["FRA", "MEX"]) {
			const row = estimates.find(({ group }) => group.country === country);
			expect(row?.df).toBe(oracle[country]?.df);
			const ends = oracle[country]?.[name];
			if (ends === undefined) continue;
			expect((row?.ciLow ?? 0) / 100).toBeCloseTo(ends[0], 7);
			expect((row?.ciHigh ?? 0) / 100).toBeCloseTo(ends[1], 7);
			expect(row?.ciMethod).toBe(ci);
		}
	});

	test("the title names the answers that are counted", async () => {
		const title = async (yes?: string[]) =>
			(await rates([file], { topics: ["needs"], yes })).labels?.topics.needs?.title;
		expect(await title()).toMatch(/high/i);
		expect(await title(["3", "4"])).toBe("Needs: Moderate level of need, High level of need");
	});

	test("populations are kept apart unless --pool puts them together, and that is said once", async () => {
		const apart = await rates([file], { items: ["coaching"] });
		expect(apart.estimates.map(({ group }) => `${group.country} ${group.population}`)).toEqual([
			"FRA isced1",
			"FRA isced2",
			"ITA isced2",
			"MEX isced2",
		]);
		expect(apart.notes).toEqual([]);
		const pooled = await rates([file], { items: ["coaching"], pool: ["population"] });
		expect(pooled.notes.map(({ code, detail }) => [code, detail?.values])).toEqual([
			["populations-pooled", "isced1, isced2 (FRA)"],
		]);
		const gendered = await rates([file], { items: ["coaching"], by: ["gender"] });
		expect(new Set(gendered.estimates.map(({ group }) => Object.keys(group).join()))).toEqual(
			new Set(["country,population,gender"]),
		);
	});

	test("few teachers and few schools hide a figure but keep n", async () => {
		const { estimates } = await rates([file], {
			items: ["coaching"],
			by: ["age", "gender"],
			pool: ["population"],
		});
		const hidden = estimates.filter(({ status }) => status !== "ok");
		expect(hidden.length).toBeGreaterThan(0);
		for (const row of hidden) {
			expect(row.status === "few-teachers" ? (row.n ?? 0) < 30 : (row.schools ?? 0) < 10).toBe(true);
			expect([row.estimate, row.se, row.ciLow, row.ciHigh, row.weightedN, row.deff]).toEqual(
				Array(6).fill(null),
			);
		}
		const shown = await rates([file], {
			items: ["coaching"],
			by: ["age", "gender"],
			pool: ["population"],
			suppress: "none",
		});
		expect(shown.estimates.map(({ status }) => status)).toEqual(estimates.map(({ status }) => status));
		expect(shown.estimates.every(({ estimate, n }) => n === 0 || estimate !== null)).toBe(true);
	});
});
