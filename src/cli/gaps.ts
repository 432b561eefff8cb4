import { findFiles, type GapsSpec, gaps } from "../index.js";
import type { Io } from "./io.js";
import { type OutputOptions, runAnalysis } from "./run.js";
import { type SpecOptions, specOf } from "./spec.js";

/** `talis-pd gaps FILE…`. */
export async function gapsCommand(
	names: string[],
	options: SpecOptions<GapsSpec> & OutputOptions,
	io: Io,
): Promise<void> {
	const files = await findFiles(names);
	return runAnalysis(files, options, io, (language, context) =>
		gaps(files, specOf(options, language), context),
	);
}
