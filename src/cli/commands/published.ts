import { type PublishedSpec, published } from "../../index.js";
import type { Io } from "../io.js";
import { runAnalysis } from "../run.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd published`. */
export function publishedCommand(options: TypedOptions, io: Io): Promise<void> {
	return runAnalysis([], options, io, (language) => published(specOf<PublishedSpec>(options, language)));
}
