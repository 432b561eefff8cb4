import { type CompareSpec, compare } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runSurvey } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

export interface CompareOptions extends SpecOptions<CompareSpec>, OutputOptions {
	variable?: string[];
}

/** `talis-pd compare FILE… --between X`. */
export function compareCommand(names: string[], options: CompareOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, { variable, ...rest }, language, context) =>
		compare(files, { ...specOf<CompareSpec>(rest, language), variables: variable }, context),
	);
}
