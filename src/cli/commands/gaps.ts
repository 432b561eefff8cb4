import { type GapsSpec, gaps } from "../../index.js";
import type { Io } from "../io.js";
import { runSurvey } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd gaps FILE…`. */
export function gapsCommand(names: string[], options: TypedOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, run) =>
		gaps(files, { ...specOf<GapsSpec>(asked, language), ...run }),
	);
}
