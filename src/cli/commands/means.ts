import { type MeansSpec, means } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runSurvey } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

export interface MeansOptions extends SpecOptions<MeansSpec>, OutputOptions {
	variable?: string[];
	item?: string[];
	quantile?: string[];
}

/** `talis-pd means FILE…`. */
export function meansCommand(names: string[], options: MeansOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, context) => {
		const { variable = [], item = [], quantile, ...rest } = asked;
		const spec = { ...specOf(rest, language), variables: [...variable, ...item], quantiles: quantile };
		return means(files, spec, context);
	});
}
