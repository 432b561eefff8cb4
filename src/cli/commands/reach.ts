import { type ReachSpec, reach } from "../../index.js";
import type { Io } from "../io.js";
import { runAnalysis } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd reach FILE`. */
export function reachCommand(file: string, options: TypedOptions, io: Io): Promise<void> {
	return runAnalysis([file], options, io, (language, run) =>
		reach(file, { ...specOf<ReachSpec>(options, language), ...run }),
	);
}
