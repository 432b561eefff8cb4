import { type PublishedSpec, published } from "../../index.js";
import type { Io } from "../io.js";
import { type OutputOptions, runAnalysis } from "../run.js";
import { type SpecOptions, specOf } from "../spec.js";

export interface PublishedOptions extends SpecOptions<PublishedSpec>, OutputOptions {
	country?: string[];
}

/** `talis-pd published`. */
export function publishedCommand(options: PublishedOptions, io: Io): Promise<void> {
	const { country, ...rest } = options;
	return runAnalysis([], options, io, (language) =>
		published({ ...specOf<PublishedSpec>(rest, language), countries: country }),
	);
}
