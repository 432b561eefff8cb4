import { findFiles, type MeansSpec, means } from "../index.js";
import type { Io } from "./io.js";
import { type OutputOptions, runAnalysis } from "./run.js";
import { type SpecOptions, specOf } from "./spec.js";

export interface MeansOptions extends SpecOptions<MeansSpec>, OutputOptions {
	variable?: string[];
	item?: string[];
	quantile?: string[];
}

/** `talis-pd means FILE…`. */
export async function meansCommand(names: string[], options: MeansOptions, io: Io): Promise<void> {
	const { variable = [], item = [], quantile, ...rest } = options;
	const files = await findFiles(names);
	return runAnalysis(files, options, io, (language, context) =>
		means(
			files,
			{ ...specOf(rest, language), variables: [...variable, ...item], quantiles: quantile },
			context,
		),
	);
}
