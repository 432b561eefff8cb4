import { type RatesSpec, rates } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runSurvey } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

/** `talis-pd rates FILE…`. */
export function ratesCommand(
	names: string[],
	options: SpecOptions<RatesSpec> & OutputOptions,
	io: Io,
): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, context) =>
		rates(files, specOf(asked, language), context),
	);
}
