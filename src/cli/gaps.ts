import { type GapsSpec, gaps } from "../index.js";
import type { Io } from "./io.js";
import { type OutputOptions, runAnalysis } from "./run.js";
import { type SpecOptions, specOf } from "./spec.js";

/** `talis-pd gaps FILE…`. */
export function gapsCommand(
	files: string[],
	options: SpecOptions<GapsSpec> & OutputOptions,
	io: Io,
): Promise<void> {
	return runAnalysis(files, options, io, (language, context) =>
		gaps(files, specOf(options, language), context),
	);
}
