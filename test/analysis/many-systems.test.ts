import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { type Model, model, type ResultsOf, type Synthesis, synth } from "../../src/index.js";
import { temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";
import { relative } from "../support/models.js";

interface Golden {
	systems: { country: string; n: number; df: number; estimate: number; se: number }[];
	synthesis: Pick<Synthesis, "k" | "estimate" | "se"> & Record<string, number>;
	leaveOneOut: NonNullable<Synthesis["leaveOneOut"]>;
}

const golden: Golden = JSON.parse(readFileSync(join(root, "test/golden/systems.json"), "utf8"));

/** The command of docs/models.md, as the library is asked. */
const ASKED = {
	outcomes: ["T4SESEN"],
	predict: "focus:special-needs,factor(TT4G47E),factor(T4TYEXPTT),factor(T4TCSIZE),factor(IDTQUEST)",
	where: ["IDTQUEST=2,3"],
	base: "all",
	synthesis: "reml",
} as const;

describe("a published analysis of 54 systems, on made-up teachers", () => {
	let results: ResultsOf<"model">;
	beforeAll(async () => {
		const file = join(temporaryFolder(), "systems.csv");
		const calibration = join(root, "data/calibration/synthetic-systems-2024.yaml");
		await pipeline(Readable.from(synth({ calibration, systems: 55 })), createWriteStream(file));
		results = await model([file], ASKED);
	}, 120_000);

	const termOf = ({ coefficients }: Model) => coefficients.find(({ term }) => term === "focus:special-needs");

	test("each system's coefficient as R's svyglm has it, to 1e-9", () => {
		expect(results.models).toHaveLength(55);
		for (const row of golden.systems) {
			const own = results.models?.find(({ group }) => group.country === row.country) as Model;
			expect([own.n, own.df, own.base, own.status]).toEqual([row.n, row.df, "all", "ok"]);
			for (const name of ["estimate", "se"] as const) {
				expect(relative(termOf(own)?.[name], row[name]), `${row.country} ${name}`).toBeLessThan(1e-9);
			}
		}
	});

	test("their synthesis as metafor's rma, to 1e-9, Belgium by its communities", () => {
		const own = results.syntheses?.find(({ of }) => of.term === "focus:special-needs") as Synthesis;
		expect(own.excluded).toEqual([{ system: "BEL", why: "parts-are-in" }]);
		for (const [name, number] of Object.entries(golden.synthesis)) {
			const found = own[name as keyof Synthesis] as number;
			expect(relative(found, number), `${name}: ${found} for ${number}`).toBeLessThan(1e-9);
		}
		const { leaveOneOut } = own;
		expect(relative(leaveOneOut?.min, golden.leaveOneOut.min)).toBeLessThan(1e-9);
		expect(relative(leaveOneOut?.max, golden.leaveOneOut.max)).toBeLessThan(1e-9);
		expect([leaveOneOut?.minLeaves, leaveOneOut?.maxLeaves]).toEqual([
			golden.leaveOneOut.minLeaves,
			golden.leaveOneOut.maxLeaves,
		]);
	});
});
