import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import {
	betweenSubgroups,
	leaveOneOut,
	type MetaAnalysis,
	metaAnalysis,
	type StudyEffect,
	type SynthesisMethod,
	type SynthesisOptions,
	type SynthesisTest,
} from "../../src/stats/meta-analysis.js";
import { root } from "../support/golden.js";
import { hasOracle, modelsOracle, ofOracle, relative } from "../support/models.js";

const METHODS: Record<string, SynthesisMethod> = { REML: "reml", DL: "dl", EE: "fixed" };
const TESTS: Record<string, SynthesisTest> = { z: "z", knha: "hartung-knapp" };

interface OracleSynthesis {
	id: string;
	key: string;
	k: number;
	systems: number;
	method: string;
	test: string;
	b: number;
	se: number;
	ciLow: number;
	ciHigh: number;
	p: number;
	tau2: number;
	seTau2: number | null;
	I2: number;
	H2: number;
	Q: number;
	Qdf: number;
	Qp: number;
	piLow: number;
	piHigh: number;
	leaveOneOut?: { min: number; max: number; minLeaves: string; maxLeaves: string };
}

function optionsOf({ method, test }: Pick<OracleSynthesis, "method" | "test">): SynthesisOptions {
	return { method: METHODS[method] as SynthesisMethod, test: TESTS[test] as SynthesisTest, level: 0.95 };
}

function expectAsR(found: MetaAnalysis, row: Omit<OracleSynthesis, "leaveOneOut">, near = 1e-7): void {
	const numbers = {
		estimate: row.b,
		...{ se: row.se, ciLow: row.ciLow, ciHigh: row.ciHigh, p: row.p },
		...{ tau2: row.tau2, i2: row.I2, h2: row.H2, q: row.Q, qP: row.Qp },
		...(row.method === "EE" ? {} : { tau2Se: row.seTau2 as number, piLow: row.piLow, piHigh: row.piHigh }),
	};
	for (const [name, number] of Object.entries(numbers)) {
		const own = found[name as keyof MetaAnalysis] as number;
		expect(relative(own, number), `${name}: ${own} for ${number}`).toBeLessThan(near);
	}
	expect([found.k, found.qDf]).toEqual([row.k ?? row.systems, row.Qdf]);
	if (row.method === "EE") expect([found.tau2Se, found.piLow, found.piHigh]).toEqual([null, null, null]);
}

interface GoldenSynthesis extends Omit<OracleSynthesis, "leaveOneOut"> {
	set: string;
	y: number[];
	ses: number[];
	without: number[];
}

describe("syntheses of small sets as metafor's, to 1e-9", () => {
	const { syntheses, between } = JSON.parse(readFileSync(join(root, "test/golden/models.json"), "utf8")) as {
		syntheses: GoldenSynthesis[];
		between: { Q: number; df: number; p: number; members: StudyEffect[] };
	};
	test.each(syntheses.map((row) => [`${row.set}, ${row.method}, ${row.test}`, row] as const))(
		"%s",
		(_, row) => {
			const effects = row.y.map((estimate, i) => ({ estimate, se: row.ses[i] as number }));
			const asked = optionsOf(row);
			expectAsR(metaAnalysis(effects, asked), { ...row, k: row.y.length }, 1e-9);
			if (row.without.length === 0) return;
			for (const [i, { estimate }] of leaveOneOut(effects, asked).entries()) {
				expect(relative(estimate, row.without[i] as number)).toBeLessThan(1e-9);
			}
		},
	);

	test("subgroups and the test between them", () => {
		const spread = syntheses.find(({ set }) => set === "spread") as GoldenSynthesis;
		const effects = spread.y.map((estimate, i) => ({ estimate, se: spread.ses[i] as number }));
		const groups = [effects.slice(0, 3), effects.slice(3)].map((group) =>
			metaAnalysis(group, { method: "reml", test: "z", level: 0.95 }),
		);
		for (const [i, { estimate, se }] of groups.entries()) {
			expect(relative(estimate, between.members[i]?.estimate as number)).toBeLessThan(1e-9);
			expect(relative(se, between.members[i]?.se as number)).toBeLessThan(1e-9);
		}
		const { q, df, p } = betweenSubgroups(groups);
		expect(relative(q, between.Q)).toBeLessThan(1e-9);
		expect(relative(p, between.p)).toBeLessThan(1e-9);
		expect(df).toBe(between.df);
	});

	test("one system alone is its own synthesis", () => {
		const alone = metaAnalysis([{ estimate: 2, se: 0.5 }], {
			method: "reml",
			test: "hartung-knapp",
			level: 0.95,
		});
		expect(alone).toMatchObject({
			k: 1,
			estimate: 2,
			se: 0.5,
			tau2: 0,
			i2: 0,
			q: 0,
			qP: 1,
			piLow: null,
			shares: [1],
		});
	});

	test("shares add up to 1", () => {
		for (const row of syntheses) {
			const effects = row.y.map((estimate, i) => ({ estimate, se: row.ses[i] as number }));
			const { shares } = metaAnalysis(effects, optionsOf(row));
			expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
		}
	});
});

describe.skipIf(!hasOracle)(ofOracle("syntheses of the oracle to 1e-7"), () => {
	const oracle = hasOracle ? modelsOracle() : null;
	test("of one coefficient of three countries", () => {
		const rows = oracle.synthesis as OracleSynthesis[];
		expect(rows).toHaveLength(5);
		for (const row of rows) {
			const [id, term] = row.id.split(":");
			const effects = oracle.models
				.filter((model: { id: string }) => model.id === id)
				.map(
					({ coefficients }: { coefficients: (StudyEffect & { term: string })[] }) =>
						coefficients.find((one) => one.term === term) as StudyEffect,
				);
			expectAsR(metaAnalysis(effects, optionsOf(row)), row);
		}
	});

	test("of OECD's published differences between genders and cycles", () => {
		const csv = readFileSync(join(root, "../shared/data/oecd-talis-2024/estimates.csv"), "utf8");
		const { data } = Papa.parse<Record<string, string>>(csv, { header: true });
		const rows = oracle.synthesisOfPublished.rows as (OracleSynthesis & { table: number })[];
		expect(rows).toHaveLength(20);
		for (const row of rows) {
			const systems = data.filter(
				({ table, key, country, isced, se }) =>
					table === String(row.table) &&
					key === row.key &&
					isced === "2" &&
					country !== "Belgium" &&
					!/average|total/i.test(country ?? "") &&
					Number(se) > 0,
			);
			const effects = systems.map(({ estimate, se }) => ({ estimate: Number(estimate), se: Number(se) }));
			expectAsR(metaAnalysis(effects, optionsOf(row)), row);
			if (row.leaveOneOut === undefined) continue;
			const without = leaveOneOut(effects, optionsOf(row)).map(({ estimate }) => estimate);
			const place = (value: number) => systems[without.indexOf(value)]?.country;
			const [min, max] = [Math.min(...without), Math.max(...without)];
			expect(relative(min, row.leaveOneOut.min)).toBeLessThan(1e-7);
			expect(relative(max, row.leaveOneOut.max)).toBeLessThan(1e-7);
			expect([place(min), place(max)]).toEqual([row.leaveOneOut.minLeaves, row.leaveOneOut.maxLeaves]);
		}
	});
});
