import { inspect } from "../../index.js";
import { findFiles, renderInspection } from "../../internal.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";

export interface InspectOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	quiet?: boolean;
}

/** `talis-pd inspect FILE…`: one after the other, each told as soon as it is read. */
export async function inspectCommand(names: string[], options: InspectOptions, io: Io): Promise<void> {
	const { format, language } = shownAs(options, io);
	for (const file of await findFiles(names)) {
		const found = await watched(io, options.quiet ?? false, (run) =>
			inspect(file, { codebook: options.codebook, language, ...run }),
		);
		if (format === "json") io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
		else io.stdout.write(renderInspection(found, viewOf(language, io)));
	}
}
