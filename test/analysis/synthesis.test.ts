import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, model, published, rates, type Synthesis, samplePath, UserError } from "../../src/index.js";
import { temporaryFolder } from "../cli/support.js";
import { hasNoisy, noisyFile } from "../support/golden.js";
import { hasOracle, modelsOracle, ofOracle, relative } from "../support/models.js";

/** Names of the oracle, and ours. */
const NUMBERS = {
	...{ b: "estimate", se: "se", ciLow: "ciLow", ciHigh: "ciHigh", p: "p", tau2: "tau2" },
	...{ I2: "i2", H2: "h2", Q: "q", Qdf: "qDf", Qp: "qP", piLow: "piLow", piHigh: "piHigh" },
} as const;
const METHODS = { REML: "reml", DL: "dl", EE: "fixed" } as const;

interface OracleRow extends Record<keyof typeof NUMBERS, number> {
	id: string;
	k: number;
	method: keyof typeof METHODS;
	test: string;
}

function expectNumbers(own: Synthesis, row: OracleRow, near: number): void {
	for (const [theirs, name] of Object.entries(NUMBERS)) {
		const isCommon = own.method === "fixed";
		if (isCommon && theirs.startsWith("pi")) continue;
		const [a, b] = [own[name as keyof Synthesis] as number, row[theirs as keyof typeof NUMBERS]];
		const gap = b === 0 ? Math.abs(a) : relative(a, b);
		expect(gap, `${row.id} ${row.method} ${theirs}: ${a} for ${b}`).toBeLessThan(near);
	}
}

const testOf = (row: { test: string }) => (row.test === "z" ? "z" : "hartung-knapp");

describe.skipIf(!hasOracle || !hasNoisy)(ofOracle("model --synthesis on the noisy TALIS 2018 file"), () => {
	test.each<OracleRow>(hasOracle ? modelsOracle().synthesis : [])("$id $method $test", async (row) => {
		const { syntheses = [] } = await model([noisyFile], {
			...{
				outcomes: ["T3SELF"],
				predict: "gender,TT3G11B",
				reference: ["gender=male"],
				pool: ["population"],
			},
			...{ suppress: "none", synthesis: METHODS[row.method], synthesisTest: testOf(row) },
		});
		const own = syntheses.find(({ of }) => of.term === "gender=female") as Synthesis;
		expect(own.k).toBe(row.k);
		expect(own.members).toEqual(["FRA", "ITA", "MEX"]);
		expectNumbers(own, row, 1e-7);
	});
});

describe("syntheses of published figures", () => {
	const spec = { items: ["activities:coaching"], where: ["population=isced2"], cycle: 2024 };

	test("systems once: Belgium leaves, its communities stay; averages are no systems", () => {
		const [own] = published({ ...spec, synthesis: "reml" }).syntheses as [Synthesis];
		expect(own.members).toEqual(expect.arrayContaining(["BFL", "BFR"]));
		expect(own.members).not.toContain("BEL");
		expect(own.excluded).toContainEqual({ system: "BEL", why: "parts-are-in" });
		expect(own.k).toBe(54);
		expect(own.members.some((system) => system.includes(":"))).toBe(false);
		expect(own.scale).toBe("logit");
		expect(own.p).toBeNull();
		expect(own.figures.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
		expect(own.figures.every(({ estimate, ciLow, ciHigh }) => ciLow < estimate && estimate < ciHigh)).toBe(
			true,
		);
		const away = own.figures.map(({ without }) => without?.estimate as number);
		expect(own.leaveOneOut).toEqual({
			min: Math.min(...away),
			max: Math.max(...away),
			minLeaves: own.members[away.indexOf(Math.min(...away))],
			maxLeaves: own.members[away.indexOf(Math.max(...away))],
		});
	});

	test("systems with a caution leave on request", () => {
		const [own] = published({ ...spec, synthesis: "reml", excludeCaution: true }).syntheses as [Synthesis];
		const left = own.excluded.filter(({ why }) => why === "caution").map(({ system }) => system);
		expect(left.sort()).toEqual(["CAB", "NLD", "NOR", "NZL"]);
		expect(own.k).toBe(50);
	});

	test("subgroups, and whether they differ", () => {
		const { syntheses = [], moderatorTests = [] } = published({
			...spec,
			synthesis: "dl",
			moderator: "OECD",
		});
		const [all, members, others] = syntheses as [Synthesis, Synthesis, Synthesis];
		expect(members.k + others.k).toBe(all.k);
		// The parts of Belgium, which is a member.
		expect(members.members).toContain("BFL");
		expect(moderatorTests).toHaveLength(1);
		expect(moderatorTests[0]?.df).toBe(1);
	});

	test("one common effect has no prediction interval", () => {
		const [own] = published({ ...spec, synthesis: "fixed" }).syntheses as [Synthesis];
		expect([own.piLow, own.piHigh, own.tau2]).toEqual([null, null, 0]);
	});

	test.each([
		[{ synthesis: "random" }, /is not a value of synthesis/],
		[{ moderator: "oecd" }, /belongs to a synthesis/],
		[{ synthesisTest: "z" }, /belongs to a synthesis/],
		[{ synthesis: "reml", countries: ["KAZ"] }, /no figures of two systems/],
	])("%o is refused", (asked, message) => {
		const ask = () => published({ ...spec, ...(asked as object) });
		expect(ask).toThrow(UserError);
		expect(ask).toThrow(message);
	});

	test("changes between saved results: a synthesis of differences of cycles", async () => {
		const folder = temporaryFolder();
		const files = [2018, 2024].map((cycle) => {
			const file = join(folder, `${cycle}.json`);
			const results = published({ cycle, topics: ["focus"], where: ["population=isced2"] });
			writeFileSync(file, JSON.stringify(results));
			return file;
		});
		const { syntheses = [], comparisons } = await compare(files, { between: "cycle", synthesis: "reml" });
		expect(syntheses.length).toBeGreaterThan(0);
		for (const own of syntheses) {
			expect(own.of.between?.variable).toBe("cycle");
			expect(own.scale).toBe("own");
			for (const [place, system] of own.members.entries()) {
				const row = comparisons.find(({ group, item }) => group.country === system && item === own.of.item);
				expect(own.figures[place]?.estimate).toBe(row?.difference);
			}
		}
	});
});

describe("a synthesis needs systems", () => {
	test("one country is refused in a sentence, and the option before the file is read", async () => {
		await expect(rates([samplePath()], { synthesis: "reml" })).rejects.toThrow(/no figures of two systems/);
		await expect(rates(["nowhere.csv"], { moderator: "oecd" })).rejects.toThrow(/belongs to a synthesis/);
	});
});
