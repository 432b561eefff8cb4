import { type ModelSpec, model } from "../../index.js";
import type { Io } from "../io.js";
import { runSurvey } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd model FILE…`. */
export function modelCommand(names: string[], options: TypedOptions, io: Io): Promise<void> {
	return runSurvey(names, { outcome: [], ...options }, io, (files, asked, language, run) =>
		model(files, { ...specOf<ModelSpec>(asked, language), ...run }),
	);
}
