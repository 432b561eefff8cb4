import { type RelateSpec, relate } from "../../index.js";
import type { Io } from "../io.js";
import { runSurvey } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd relate FILE…`. */
export function relateCommand(names: string[], options: TypedOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, run) =>
		relate(files, { ...specOf<RelateSpec>(asked, language), ...run }),
	);
}
