import { codebooks, LANGUAGES, readResults } from "../../index.js";
import { languageOf, oneOf, parseResults, translated } from "../../internal.js";
import type { Io } from "../io.js";
import { type OutputOptions, runAnalysis } from "../run.js";

/** `talis-pd render RESULTS.json`: in the language asked for, else the terminal's, else the one they were saved in. */
export function renderCommand(file: string, options: OutputOptions, io: Io): Promise<void> {
	const { codebook } = options;
	const inputs = [file, ...(codebook === undefined ? [] : [codebook])];
	return runAnalysis(inputs, options, io, async (language) => {
		const results = file === "-" ? parseResults(await textOf(io.stdin), "standard input") : readResults(file);
		return translated(
			results,
			oneOf("language", language ?? languageOf(results), LANGUAGES),
			codebook === undefined ? undefined : codebooks.load(codebook),
		);
	});
}

async function textOf(stdin: Io["stdin"]): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString("utf8");
}
