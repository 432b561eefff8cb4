import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import {
	type Effect,
	leaveOneOut,
	type Synthesis,
	type SynthesisMethod,
	type SynthesisTest,
	synthesize,
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

function expectAsR(found: Synthesis, row: OracleSynthesis): void {
	const numbers = {
		estimate: row.b,
		...{ se: row.se, ciLow: row.ciLow, ciHigh: row.ciHigh, p: row.p },
		...{ tau2: row.tau2, i2: row.I2, h2: row.H2, q: row.Q, qP: row.Qp },
		...(row.method === "EE" ? {} : { tau2Se: row.seTau2 as number, piLow: row.piLow, piHigh: row.piHigh }),
	};
	for (const [name, number] of Object.entries(numbers)) {
		const own = found[name as keyof Synthesis] as number;
		expect(relative(own, number), `${name}: ${own} for ${number}`).toBeLessThan(1e-7);
	}
	expect([found.k, found.qDf]).toEqual([row.k ?? row.systems, row.Qdf]);
	if (row.method === "EE") expect([found.tau2Se, found.piLow, found.piHigh]).toEqual([null, null, null]);
}

describe.skipIf(!hasOracle)(ofOracle("syntheses of the oracle to 1e-7"), () => {
	const oracle = hasOracle ? modelsOracle() : null;
	const options = (row: OracleSynthesis) => ({
		method: METHODS[row.method] as SynthesisMethod,
		test: TESTS[row.test] as SynthesisTest,
		level: 0.95,
	});

	test("of one coefficient of three countries", () => {
		const rows = oracle.synthesis as OracleSynthesis[];
		expect(rows).toHaveLength(5);
		for (const row of rows) {
			const [id, term] = row.id.split(":");
			const effects = oracle.models
				.filter((model: { id: string }) => model.id === id)
				.map(
					({ coefficients }: { coefficients: (Effect & { term: string })[] }) =>
						coefficients.find((one) => one.term === term) as Effect,
				);
			expectAsR(synthesize(effects, options(row)), row);
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
			expectAsR(synthesize(effects, options(row)), row);
			if (row.leaveOneOut === undefined) continue;
			const without = leaveOneOut(effects, options(row)).map(({ estimate }) => estimate);
			const place = (value: number) => systems[without.indexOf(value)]?.country;
			const [min, max] = [Math.min(...without), Math.max(...without)];
			expect(relative(min, row.leaveOneOut.min)).toBeLessThan(1e-7);
			expect(relative(max, row.leaveOneOut.max)).toBeLessThan(1e-7);
			expect([place(min), place(max)]).toEqual([row.leaveOneOut.minLeaves, row.leaveOneOut.maxLeaves]);
		}
	});
});
