import { type CompareSpec, compare } from "../../index.js";
import type { Io } from "../io.js";
import { runSurvey } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd compare FILE… --between X`. */
export function compareCommand(names: string[], options: TypedOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, run) =>
		compare(files, { ...specOf<CompareSpec>(asked, language), ...run }),
	);
}
