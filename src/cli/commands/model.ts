import { type ModelSpec, model } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runSurvey } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

type Unnamed = Omit<ModelSpec, "outcomes" | "models">;

export interface ModelOptions extends SpecOptions<Unnamed>, OutputOptions {
	outcome?: string[];
	model?: string[];
}

/** `talis-pd model FILE…`. */
export function modelCommand(names: string[], options: ModelOptions, io: Io): Promise<void> {
	return runSurvey(names, options, io, (files, asked, language, context) => {
		const { outcome = [], model: models, ...rest } = asked;
		return model(files, { ...specOf<Unnamed>(rest, language), outcomes: outcome, models }, context);
	});
}
