import { inspect, inspectVariables } from "../../index.js";
import { findFiles, renderInspection, renderVariables } from "../../internal.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";

export interface InspectOptions {
	codebook?: string;
	/** Words to find columns by; true lists all. */
	variables?: string | true;
	format?: string;
	lang?: string;
	sheet?: string;
	encoding?: string;
	quiet?: boolean;
}

/** `talis-pd inspect FILE…`: describes files in turn, each as soon as it is read. */
export async function inspectCommand(names: string[], options: InspectOptions, io: Io): Promise<void> {
	if (options.variables !== undefined) return listVariables(names, options, io);
	const { format, language } = shownAs(options, io);
	for (const file of await findFiles(names)) {
		const found = await watched(io, options, (run) =>
			inspect(file, { codebook: options.codebook, language, ...run }),
		);
		if (format === "json") io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
		else io.stdout.write(renderInspection(found, viewOf(language, io)));
	}
}

/** `talis-pd inspect FILE… --variables [WORD]`: describes the columns. */
async function listVariables(names: string[], options: InspectOptions, io: Io): Promise<void> {
	const { format, language } = shownAs(options, io);
	const { codebook, variables } = options;
	const words = typeof variables === "string" ? variables : undefined;
	for (const file of await findFiles(names)) {
		const found = await watched(io, options, (run) =>
			inspectVariables(file, { codebook, language, words, ...run }),
		);
		if (format === "json") io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
		else io.stdout.write(renderVariables(found, viewOf(language, io)));
	}
}
