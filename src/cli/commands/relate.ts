import { type RelateSpec, relate } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runSurvey } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

export interface RelateOptions extends SpecOptions<RelateSpec>, OutputOptions {
	variables?: string[];
	alpha?: string[];
}

/** `talis-pd relate FILE…`. */
export function relateCommand(names: string[], options: RelateOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, context) => {
		const { variables, ...rest } = asked;
		return relate(files, { ...specOf<RelateSpec>(rest, language), variables }, context);
	});
}
