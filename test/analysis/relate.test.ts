import { describe, expect, test } from "vitest";
import { type Alpha, type Relation, relate, samplePath, UserError } from "../../src/index.js";
import type { RelateSpec } from "../../src/settings/relate.js";
import { hasNoisy, noisyFile } from "../support/golden.js";
import { hasOracle, modelsOracle, ofOracle, readTable, relative } from "../support/models.js";

function expectNear(own: number | null | undefined, other: number, near: number, what: string): void {
	expect(relative(own, other), `${what}: ${own} for ${other}`).toBeLessThan(near);
}

/** Cronbach's alpha of rows, by its definition. */
function alphaOf(rows: readonly number[][], weights: readonly number[]): number {
	const total = weights.reduce((sum, w) => sum + w, 0);
	const variance = (values: readonly number[]) => {
		const mean = values.reduce((sum, x, i) => sum + x * (weights[i] as number), 0) / total;
		return values.reduce((sum, x, i) => sum + (weights[i] as number) * (x - mean) ** 2, 0);
	};
	const k = (rows[0] as number[]).length;
	const items = Array.from({ length: k }, (_, place) => variance(rows.map((row) => row[place] as number)));
	const sum = variance(rows.map((row) => row.reduce((all, x) => all + x, 0)));
	return (k / (k - 1)) * (1 - items.reduce((all, v) => all + v, 0) / sum);
}

describe.skipIf(!hasOracle || !hasNoisy)(ofOracle("talis-pd relate on the noisy TALIS 2018 file"), () => {
	test("Pearson's correlations of the oracle", async () => {
		const { relations = [] } = await relate([noisyFile], {
			variables: ["T3SELF", "T3JOBSA"],
			pool: ["population"],
		});
		const rows = modelsOracle().replicated.filter(({ id }: { id: string }) => id === "correlation");
		expect(rows).toHaveLength(3);
		for (const { country, estimate, se } of rows) {
			const own = relations.find(({ group }) => group.country === country) as Relation;
			expectNear(own.estimate, estimate, 1e-9, country);
			expectNear(own.se, se, 1e-9, country);
			expect(own.status).toBe("ok");
			// Fisher's z: the interval holds the estimate, and is not symmetric about it.
			expect(own.ciLow).toBeLessThan(estimate);
			expect(own.ciHigh).toBeGreaterThan(estimate);
		}
	});

	test("alpha of columns, of which some are coded the other way round", async () => {
		const columns = ["TT3G34A", "TT3G34B", "TT3G34C"];
		const { alphas = [] } = await relate([noisyFile], {
			alpha: [columns.join(","), "TT3G34A,TT3G34B,-TT3G34C"],
			pool: ["population"],
			where: ["country=FRA"],
		});
		const table = await readTable(noisyFile, ["CNTRY", ...columns]);
		const countries = table.texts("CNTRY");
		const values = columns.map((column) => table.numbers(column));
		const kept = Array.from({ length: table.rows }, (_, row) => row).filter(
			(row) => countries[row] === "FRA" && values.every((own) => (own[row] as number) < 5),
		);
		for (const [place, signs] of [
			[1, 1, 1],
			[1, 1, -1],
		].entries()) {
			const rows = kept.map((row) =>
				values.map((own, column) => (own[row] as number) * (signs[column] as number)),
			);
			const under = Array.from({ length: table.width }, (_, r) =>
				alphaOf(
					rows,
					kept.map((row) => {
						const { values: all, start } = table.weights(row);
						return all[start + r] as number;
					}),
				),
			);
			const [full = Number.NaN, ...replicates] = under;
			const se = Math.sqrt(0.04 * replicates.reduce((sum, one) => sum + (one - full) ** 2, 0));
			const own = alphas[place] as Alpha;
			expect(own.columns.join()).toBe(columns.map((c, i) => `${signs[i] === -1 ? "-" : ""}${c}`).join());
			expect(own.n).toBe(kept.length);
			expectNear(own.estimate, full, 1e-9, "alpha");
			expectNear(own.se, se, 1e-9, "se");
		}
	});

	test("by ranks: midranks of Σw, under every weight", async () => {
		const { relations = [] } = await relate([noisyFile], {
			variables: ["T3SELF", "TT3G11B"],
			rank: true,
			pool: ["population"],
			where: ["country=ITA"],
		});
		const table = await readTable(noisyFile, ["CNTRY", "T3SELF", "TT3G11B"]);
		const countries = table.texts("CNTRY");
		const a = table.numbers("T3SELF");
		const b = table.numbers("TT3G11B", ["997", "998", "999"]);
		const kept = Array.from({ length: table.rows }, (_, row) => row).filter(
			(row) => countries[row] === "ITA" && (a[row] as number) < 90 && (b[row] as number) < 90,
		);
		const ranksOf = (values: readonly number[], weights: readonly number[]) =>
			values.map((x) => {
				const sumOf = (is: (other: number) => boolean) =>
					values.reduce((sum, other, i) => sum + (is(other) ? (weights[i] as number) : 0), 0);
				return sumOf((other) => other < x) + sumOf((other) => other === x) / 2;
			});
		const under = Array.from({ length: table.width }, (_, r) => {
			const weights = kept.map((row) => {
				const { values, start } = table.weights(row);
				return values[start + r] as number;
			});
			const ranks = [a, b].map((own) =>
				ranksOf(
					kept.map((row) => own[row] as number),
					weights,
				),
			);
			const total = weights.reduce((sum, w) => sum + w, 0);
			const means = ranks.map(
				(own) => own.reduce((sum, x, i) => sum + x * (weights[i] as number), 0) / total,
			);
			const moment = (p: number, q: number) =>
				weights.reduce((sum, w, i) => {
					const from = (side: number) => (ranks[side]?.[i] as number) - (means[side] as number);
					return sum + w * from(p) * from(q);
				}, 0);
			return moment(0, 1) / Math.sqrt(moment(0, 0) * moment(1, 1));
		});
		const [full = Number.NaN, ...replicates] = under;
		const [own] = relations as [Relation];
		expect([own.method, own.n]).toEqual(["spearman", kept.length]);
		expectNear(own.estimate, full, 1e-9, "rank correlation");
		const se = Math.sqrt(0.04 * replicates.reduce((sum, one) => sum + (one - full) ** 2, 0));
		expectNear(own.se, se, 1e-9, "se");
	});
});

describe("talis-pd relate on the shipped sample", () => {
	test("each with each other, and the base is the narrowest", async () => {
		const { relations = [], kind } = await relate([samplePath()], {
			variables: ["types", "TT3G11B", "focus:ict"],
		});
		expect(kind).toBe("relate");
		expect(relations.map(({ a, b }) => [a.item, b.item])).toEqual([
			["types", "experience-years"],
			["types", "ict"],
			["experience-years", "ict"],
		]);
	});

	test.each([
		[{ variables: ["types"] }, /nothing to be correlated/],
		[{}, /no variables are named/],
		[{ alpha: ["TT3G11B"] }, /not a scale/],
		[{ variables: ["types", "gender"] }, /has levels/],
		[{ variables: ["types", "nonsense"] }, /nonsense/],
		[{ variables: ["types", "TT3G11B"], synthesis: "reml" }, /no option synthesis/],
	])("%o is refused", async (spec, message) => {
		const refused = relate([samplePath()], spec as RelateSpec);
		await expect(refused).rejects.toThrow(UserError);
		await expect(refused).rejects.toThrow(message);
	});
});
