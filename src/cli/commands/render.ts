import { codebooks, LANGUAGES, readResults, UserError } from "../../index.js";
import { chosenRows, languageOf, oneOf, option, parseResults, say, translated } from "../../internal.js";
import type { Io } from "../io.js";
import { type OutputOptions, runAnalysis } from "../run.js";

/** `talis-pd render RESULTS.json`: in the language asked for, else the terminal's, else the one they were saved in. */
export async function renderCommand(
	file: string,
	options: OutputOptions & { topic?: string[]; item?: string[] },
	io: Io,
): Promise<void> {
	const { codebook, topic: topics = [], item: items = [], format, out } = options;
	if (topics.length + items.length > 0 && (format === "json" || out?.endsWith(".json"))) {
		throw new UserError("results in JSON are kept whole: their settings say what was asked", {
			hint: say`leave out ${option("topic")} and ${option("item")}, or ask the files again`,
		});
	}
	const inputs = [file, ...(codebook === undefined ? [] : [codebook])];
	return runAnalysis(inputs, options, io, async (language) => {
		const results = file === "-" ? parseResults(await textOf(io.stdin), "standard input") : readResults(file);
		return translated(
			chosenRows(results, { topics, items }),
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
