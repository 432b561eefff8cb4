import { type CompareSpec, compare, findFiles } from "../index.js";
import type { Io } from "./io.js";
import { type OutputOptions, runAnalysis } from "./run.js";
import { type SpecOptions, specOf } from "./spec.js";

export interface CompareOptions extends SpecOptions<CompareSpec>, OutputOptions {
	variable?: string[];
}

/** `talis-pd compare FILE… --between X`. */
export async function compareCommand(names: string[], options: CompareOptions, io: Io): Promise<void> {
	const { variable, ...rest } = options;
	const files = await findFiles(names);
	return runAnalysis(files, options, io, (language, context) =>
		compare(files, { ...specOf<CompareSpec>(rest, language), variables: variable }, context),
	);
}
