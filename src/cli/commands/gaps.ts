import { type GapsSpec, gaps } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runSurvey } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

/** `talis-pd gaps FILE…`. */
export function gapsCommand(
	names: string[],
	options: SpecOptions<GapsSpec> & OutputOptions,
	io: Io,
): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, context) =>
		gaps(files, specOf(asked, language), context),
	);
}
