import { loadReach } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runAnalysis } from "../run.js";

export interface ReachOptions extends OutputOptions {
	columns?: string[];
}

/** `talis-pd reach FILE`. */
export async function reachCommand(file: string, options: ReachOptions, io: Io): Promise<void> {
	const { reach } = await loadReach();
	const { columns } = options;
	return runAnalysis([file], options, io, (language, context) => reach(file, { columns, language }, context));
}
