import { type MeansSpec, means } from "../../index.js";
import type { Io } from "../io.js";
import { runSurvey } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

interface MeansOptions extends TypedOptions {
	variable?: string[];
	item?: string[];
}

/** `talis-pd means FILE…`; here an item is a synonym for a variable. */
export function meansCommand(names: string[], options: MeansOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, run) => {
		const { variable = [], item = [], ...rest } = asked;
		const spec = specOf<MeansSpec>({ ...rest, variable: [...variable, ...item] }, language);
		return means(files, { ...spec, ...run });
	});
}
