import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Language, published, reach, samplePath } from "../../src/index.js";
import type { ResultSet } from "../../src/results/result-set.js";

/** The level of education that most published figures are of. */
export const LOWER = ["population=isced2"];

/** The shipped sample of four systems. */
export const four = samplePath().replace("synthetic-kazakhstan-2018", "synthetic-talis-2024");

/** One item in all systems, put together. */
export const coaching = (language: Language): ResultSet =>
	published({ items: ["activities:coaching"], where: LOWER, synthesis: "reml", language });

/** Programmes by year, of counts such as `Physics,2024,40,90`. */
export function reached(counts: readonly string[], language: Language): Promise<ResultSet> {
	const file = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "programmes.csv");
	writeFileSync(file, ["program,year,trained,eligible", ...counts, ""].join("\n"));
	return reach(file, { language });
}
