import { type RatesSpec, rates } from "../../index.js";
import type { Io } from "../io.js";
import { runSurvey } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd rates FILE…`. */
export function ratesCommand(names: string[], options: TypedOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, run) =>
		rates(files, { ...specOf<RatesSpec>(asked, language), ...run }),
	);
}
