import { inspect, LANGUAGES, loadLocale, oneOf, renderInspection } from "../index.js";
import { hasColor, type Io, terminalLanguage, widthOf } from "./io.js";
import { startProgress } from "./progress.js";

export interface InspectOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	quiet?: boolean;
}

/** `talis-pd inspect FILE`. */
export async function inspectCommand(file: string, options: InspectOptions, io: Io): Promise<void> {
	const format = oneOf("format", options.format ?? "table", ["table", "json"]);
	const shown = format === "table" && io.stdout.isTTY === true ? terminalLanguage(io) : undefined;
	const language = oneOf("lang", options.lang ?? shown ?? "en", LANGUAGES);
	const progress = startProgress(io, options.quiet ?? false);
	const found = await inspect(
		file,
		{ codebook: options.codebook, language },
		{ stdin: io.stdin, ...(progress.report === undefined ? {} : { progress: progress.report }) },
	).finally(() => progress.done());
	if (format === "json") io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
	else
		io.stdout.write(
			renderInspection(found, {
				locale: loadLocale(language),
				width: widthOf(io.stdout),
				color: hasColor(io),
			}),
		);
}
