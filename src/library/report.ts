import * as z from "zod";
import type { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import { type RunOptions, splitRun } from "../base/run-options.js";
import type { ReportOverrides } from "../report/config.js";
import { failedGate } from "../results/gates.js";
import type { ResultSet } from "../results/result-set.js";
import { checked } from "../settings/checked.js";
import { LANGUAGES } from "../wording/languages.js";

/** Options that override a report's config, and how to watch and stop the run. */
export interface ReportOptions extends ReportOverrides, RunOptions {}

/** A report that has been written. */
export interface WrittenReport {
	/** All its figures. */
	results: ResultSet;
	/** Its files, as paths in the folder. */
	files: string[];
	/** One for each gate of the config or of `failOn` that failed. */
	failures: UserError[];
}

const schema = once(() =>
	z.strictObject({
		baseline: z.string().optional(),
		failOn: z.array(z.string()).default([]),
		asOf: z.string().optional(),
		allowOutside: z.boolean().optional(),
		language: z.enum(LANGUAGES).optional(),
	} satisfies Record<keyof ReportOverrides, z.ZodType>),
);

/**
 * Builds a year's report. Everything is computed before the first byte is written, and the folder replaces an earlier
 * one as a whole.
 * @param config Path of the YAML file that defines the report.
 * @param folder Where the report goes.
 * @throws UserError for anything the caller can correct; an earlier report then stays unchanged.
 * @example
 * import { writeFileSync } from "node:fs";
 * import { report, samplePath } from "talis-pd";
 *
 * const config = ["title: Coaching", `data: ${samplePath()}`, "topics: activities", "charts: none"];
 * writeFileSync("report.yaml", config.join("\n"));
 * const { files, failures } = await report("report.yaml", "report", { failOn: ["suppressed"], allowOutside: true });
 * console.log(files[0], failures.length); // index.html 0
 */
export async function report(
	config: string,
	folder: string,
	options: ReportOptions = {},
): Promise<WrittenReport> {
	const [spec, run] = splitRun(options);
	const overrides = checked(schema(), spec);
	const { buildReport } = await import("../report/index.js");
	const { results, gates, files } = await buildReport(config, folder, overrides, run);
	const failures = gates.flatMap((gate) => failedGate(results, gate) ?? []);
	return { results, files: [...files.keys()], failures };
}
