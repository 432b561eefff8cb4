import { findFiles, type RatesSpec, rates } from "../index.js";
import type { Io } from "./io.js";
import { type OutputOptions, runAnalysis } from "./run.js";
import { type SpecOptions, specOf } from "./spec.js";

/** `talis-pd rates FILE…`. */
export async function ratesCommand(
	names: string[],
	options: SpecOptions<RatesSpec> & OutputOptions,
	io: Io,
): Promise<void> {
	const files = await findFiles(names);
	return runAnalysis(files, options, io, (language, context) =>
		rates(files, specOf(options, language), context),
	);
}
