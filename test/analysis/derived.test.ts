import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
	compare,
	type Estimate,
	means,
	model,
	published,
	type ResultSet,
	rates,
	reach,
	relate,
	samplePath,
} from "../../src/index.js";
import { apart, root } from "../support/golden.js";

type Row = Record<string, unknown>;
const golden: Record<string, Row[]> = JSON.parse(
	readFileSync(join(root, "test/golden/derived.json"), "utf8"),
);

const file = [samplePath()];
const activities = { topics: ["activities"], suppress: "none" } as const;

/** Each pair agrees to 1e-9, and there is something to compare. */
function expectNear(pairs: readonly (readonly [number | null | undefined, number])[], where: string): void {
	for (const [place, [ours, theirs]] of pairs.entries()) {
		expect(apart(ours, theirs), `${where}, ${place}: ${ours} for ${theirs}`).toBeLessThan(1e-9);
	}
}

const of = (what: string): Row[] => {
	const rows = golden[what] ?? [];
	expect(rows.length).toBeGreaterThan(0);
	return rows;
};
const interval = (own: { ciLow: number | null; ciHigh: number | null } | undefined, ends: number[]) =>
	[
		[own?.ciLow, ends[0] as number],
		[own?.ciHigh, ends[1] as number],
	] as const;

describe("what follows from estimates beside R", () => {
	test("coefficients of variation, effective samples, schools and weighted numbers", async () => {
		const { estimates } = await rates(file, { ...activities, extras: ["cv", "n-eff"] });
		for (const { variable, cv, nEff, schools, weightedN } of of("figures")) {
			const own = estimates.find((row) => row.variable === variable);
			expect(own?.schools).toBe(schools);
			expectNear(
				[
					[own?.cv, cv as number],
					[own?.nEff, nEff as number],
					[own?.weightedN, weightedN as number],
				],
				variable as string,
			);
		}
	});

	test("intervals and design effects of means, Woodruff's intervals of quantiles", async () => {
		const spec = { variables: ["TT3G11A", "TT3G11B"], quantiles: [0.25, 0.5, 0.9] };
		const { estimates } = await means(file, { ...spec, quantileInterval: "woodruff" });
		for (const row of of("means")) {
			const find = (statistic: string) =>
				estimates.find((own) => own.variable === row.variable && own.statistic === statistic);
			const mean = find("mean");
			expectNear(
				[
					[mean?.estimate, row.mean as number],
					[mean?.deff, row.deff as number],
				],
				"mean",
			);
			expectNear(interval(mean, row.interval as number[]), "mean");
			for (const q of ["q25", "q50", "q90"]) {
				const [estimate, low, high] = row[q] as number[] as [number, number, number];
				const own = find(q);
				expect(own?.ciMethod).toBe("woodruff");
				expectNear([[own?.estimate, estimate], ...interval(own, [low, high])], `${row.variable} ${q}`);
			}
		}
	});

	test("every answer of an item, with its covariances", async () => {
		const { estimates, covariances = [] } = await rates(file, { topics: ["needs"], answers: true });
		for (const row of of("answers")) {
			const own = estimates.filter(({ variable }) => variable === row.variable);
			const percent = row.percent as number[];
			expect(own.length).toBe(percent.length);
			expectNear(
				own.map(({ estimate }, place) => [estimate, percent[place] as number]),
				"answer",
			);
			expectNear(
				own.map(({ se }, place) => [se, (row.se as number[])[place] as number]),
				"error",
			);
			const item = own[0]?.item.replace(/=.*$/, "");
			const matrix = covariances.find((one) => one.item === item)?.matrix.flat() ?? [];
			expect(matrix.length).toBe(percent.length ** 2);
			expectNear(
				matrix.map((value, place) => [value, (row.covariance as number[])[place] as number]),
				"covariance",
			);
		}
	});

	test("ratios", async () => {
		for (const row of of("ratios")) {
			const { estimates } = await means(file, { ratios: [row.ratio as string] });
			const [own] = estimates as [Estimate];
			expectNear(
				[
					[own.estimate, row.estimate as number],
					[own.se, row.se as number],
				],
				"ratio",
			);
			expectNear(interval(own, row.interval as number[]), "ratio");
		}
	});

	test("equivalence by two one-sided tests", async () => {
		const { comparisons } = await compare(file, { ...activities, between: "gender", within: 5 });
		for (const { variable, difference, p } of of("equivalences")) {
			const own = comparisons.find((row) => row.variable === variable);
			expectNear(
				[
					[own?.difference, difference as number],
					[own?.equivalence?.p, p as number],
				],
				variable as string,
			);
		}
	});

	test("joint tests of all groups", async () => {
		const spec = { between: "experience", test: "joint", suppress: "none" } as const;
		const { tests: shares = [] } = await compare(file, { ...spec, topics: ["activities"] });
		const { tests: numbers = [] } = await compare(file, { ...spec, variables: ["TT3G11B"] });
		for (const row of of("joint")) {
			const own = [...shares, ...numbers].find(({ variable }) => variable === row.variable);
			expect(own?.method).toBe(row.method);
			for (const name of ["F", "df1", "df2", "p"] as const)
				expectNear([[own?.[name], row[name] as number]], `${row.variable} ${name}`);
		}
	});

	test("correlations with Fisher's interval and test", async () => {
		const variables = ["TT3G11B", ...of("relations").map(({ variable }) => variable as string)];
		const { relations = [] } = await relate(file, { variables });
		for (const row of of("relations")) {
			const own = relations.find(({ a, b }) => a.variable === "TT3G11B" && b.variable === row.variable);
			expectNear(
				[
					[own?.estimate, row.estimate as number],
					[own?.p, row.p as number],
				],
				row.variable as string,
			);
			expectNear(interval(own, row.interval as number[]), row.variable as string);
		}
	});

	test("odds ratios with their intervals, t and p", async () => {
		for (const row of of("models").slice(0, 3)) {
			const spec = {
				outcomes: [row.variable as string],
				predict: "gender,TT3G11B",
				reference: ["gender=female"],
			};
			const { models = [] } = await model(file, spec);
			expect(models[0]?.df).toBe(row.df);
			for (const [term, own] of (models[0]?.coefficients ?? []).entries()) {
				const at = (name: string) => (row[name] as number[])[term] as number;
				const where = `${row.variable} ${own.term}`;
				expectNear(
					[
						[own.oddsRatio?.estimate, at("odds")],
						[own.t, at("t")],
						[own.p, at("p")],
					],
					where,
				);
				expectNear(interval(own.oddsRatio ?? undefined, [at("low"), at("high")]), where);
			}
		}
	});
});

describe("changes between cycles beside R", () => {
	const sample = samplePath().replace("kazakhstan-2018", "talis-2024");
	let results: ResultSet;

	beforeAll(async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-"));
		const paths = [2018, 2024].map((cycle) => {
			const spec = { cycle, topics: ["needs"], countries: ["EST", "FIN"], where: ["population=isced2"] };
			const path = join(folder, `${cycle}.json`);
			writeFileSync(path, JSON.stringify(published(spec)));
			return path;
		});
		results = await compare(paths, { between: "cycle", average: "EST,FIN" });
	});

	test("of two samples: Welch and Satterthwaite", async () => {
		const { comparisons } = await compare([...file, sample], { between: "cycle", topics: ["needs"] });
		for (const row of of("cycles")) {
			const own = comparisons.find(({ item }) => item === row.item);
			for (const name of ["difference", "se", "df", "p"] as const)
				expectNear([[own?.[name], row[name] as number]], `${row.item} ${name}`);
			expectNear(interval(own, row.interval as number[]), row.item as string);
		}
	});

	test("of published figures, and the average of the changes", () => {
		for (const row of of("changes")) {
			const own = results.comparisons.find(
				({ item, group }) =>
					item === row.item &&
					(row.system === "average" ? group.country?.startsWith("average:") : group.country === row.system),
			);
			for (const name of ["difference", "se", "p"] as const)
				expectNear([[own?.[name], row[name] as number]], `${row.system} ${row.item} ${name}`);
			expectNear(interval(own, row.interval as number[]), `${row.system} ${row.item}`);
		}
	});

	test("intervals of published figures", () => {
		const { estimates } = published({
			cycle: 2024,
			topics: ["needs"],
			countries: ["EST"],
			where: ["population=isced2"],
		});
		for (const row of of("published")) {
			const own = estimates.find(({ item }) => item === row.item);
			expectNear(
				[
					[own?.estimate, row.estimate as number],
					[own?.se, row.se as number],
				],
				row.item as string,
			);
			expectNear(interval(own, row.interval as number[]), row.item as string);
		}
	});

	test("of administrative shares", async () => {
		const { estimates } = await reach(join(root, "data/samples/synthetic-administrative-counts.csv"));
		for (const row of of("reach")) {
			const own = estimates.filter(
				({ label, statistic }) => label === (row.program as string) && statistic === "percent",
			);
			expect(own.map(({ group }) => Number(group.year))).toEqual(row.years);
			for (const [place, { estimate, change }] of own.entries()) {
				expectNear([[estimate, (row.percent as number[])[place] as number]], row.program as string);
				if (place > 0)
					expectNear([[change, (row.change as number[])[place] as number]], row.program as string);
			}
		}
	});
});
