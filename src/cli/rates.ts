import { type RatesSpec, rates } from "../index.js";
import type { Io } from "./io.js";
import { type OutputOptions, runAnalysis } from "./run.js";
import { type SpecOptions, specOf } from "./spec.js";

/** `talis-pd rates FILE…`. */
export function ratesCommand(
	files: string[],
	options: SpecOptions<RatesSpec> & OutputOptions,
	io: Io,
): Promise<void> {
	return runAnalysis(files, options, io, (language, context) =>
		rates(files, specOf(options, language), context),
	);
}
