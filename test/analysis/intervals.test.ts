import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Estimate, rates, samplePath } from "../../src/index.js";
import { apart, root } from "../support/golden.js";

interface Golden {
	intervals: {
		by: string;
		value: string;
		variable: string;
		n: number;
		df: number;
		percent: number;
		wilson: [number, number];
		exact: 0 | 1;
		count: number;
		countSe: number | null;
		countInterval: [number | null, number | null];
	}[];
	bootstrap: { samples: number; variable: string; percent: number; se: number }[];
	published: {
		item: string;
		kind: "single" | "simple" | "weighted";
		systems: string;
		members: number;
		difference: number;
		se: number;
		df: number;
	}[];
}

const golden: Golden = JSON.parse(readFileSync(join(root, "test/golden/intervals.json"), "utf8"));
const near = (ours: number | null | undefined, theirs: number, where: string) =>
	expect(apart(ours, theirs), where).toBeLessThan(1e-9);

describe("intervals beside R", () => {
	test.each(["gender", "TT3G02"])("Wilson's, exact ones and those of counts, by %s", async (by) => {
		const rows = golden.intervals.filter((row) => row.by === by);
		const { estimates } = await rates([samplePath()], {
			...{ topics: ["activities"], by: [by], ci: "wilson", counts: true, suppress: "none" },
			pool: ["country", "population"],
		});
		const find = (variable: string, value: string, statistic: string): Estimate | undefined =>
			estimates.find(
				(row) => row.variable === variable && row.group[by] === value && row.statistic === statistic,
			);
		expect(rows.length).toBeGreaterThanOrEqual(20);
		for (const row of rows) {
			const where = `${row.value} ${row.variable}`;
			const percent = find(row.variable, row.value, "percent");
			expect([percent?.n, percent?.df], where).toEqual([row.n, row.df]);
			expect(percent?.ciMethod, where).toBe(row.exact === 1 ? "exact" : "wilson");
			near(percent?.estimate, row.percent, where);
			near(percent?.ciLow, row.wilson[0], where);
			near(percent?.ciHigh, row.wilson[1], where);
			const count = find(row.variable, row.value, "count");
			if (row.count === 0) continue;
			near(count?.ciLow, row.countInterval[0] as number, where);
			near(count?.ciHigh, row.countInterval[1] as number, where);
		}
		if (by === "TT3G02") expect(rows.filter(({ exact }) => exact === 1).length).toBeGreaterThan(5);
	});
});

describe("constants of the bootstrap beside R", () => {
	test.each([0, 1, 25])("each replicate is the mean of %i samples (0: is one)", async (samples) => {
		const codebook = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "bootstrap.yaml");
		const meanOf = samples === 0 ? "" : `, meanOf: ${samples}`;
		const replicates = "replicates: { prefix: TRWGT, count: 100 }";
		writeFileSync(
			codebook,
			`extends: talis-2018-teacher\nid: bootstrap\ndesign: { weight: TCHWGT, method: bootstrap, ${replicates}${meanOf} }\n`,
		);
		const { estimates } = await rates([samplePath()], { codebook, topics: ["activities"] });
		const rows = golden.bootstrap.filter((row) => row.samples === samples);
		expect(rows).toHaveLength(10);
		for (const { variable, percent, se } of rows) {
			const own = estimates.find((row) => row.variable === variable);
			near(own?.estimate, percent, variable);
			near(own?.se, se, variable);
		}
	});
});

describe("systems and averages of them against the published average that contains them, beside R", () => {
	const sample = samplePath().replace("kazakhstan-2018", "talis-2024");

	test.each(golden.published)("$item, $kind: $systems", async ({ item, kind, systems, ...expected }) => {
		const { comparisons } = await rates([sample], {
			...{ items: [`needs:${item}`], benchmark: ["oecd@2024"], suppress: "none" },
			...(kind === "single" ? {} : { average: systems.split(","), averageKind: kind }),
		});
		const own = comparisons.find(({ between: { a } }) =>
			kind === "single" ? a === systems : a.startsWith("average:"),
		);
		expect([own?.kind, own?.members]).toEqual(["part-whole", expected.members]);
		near(own?.difference, expected.difference, item);
		near(own?.se, expected.se, item);
		near(own?.df, expected.df, item);
	});

	test("pooled ones are not tested, as nobody knows their part of it", async () => {
		const { comparisons } = await rates([sample], {
			...{ items: ["needs:assessment"], benchmark: ["oecd@2024"], average: "oecd", averageKind: "pooled" },
		});
		const own = comparisons.find(({ between: { a } }) => a.startsWith("average:"));
		expect([own?.kind, own?.difference, own?.p]).toEqual(["same-data", null, null]);
	});
});
