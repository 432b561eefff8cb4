import { type ExploreSpec, explore, UserError } from "../../index.js";
import { findFiles, legible } from "../../internal.js";
import { checkOutputs, writeWhole } from "../../platform/outputs.js";
import { filesNamed } from "../files.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { tell } from "../told.js";

interface ExploreCommandOptions {
	out: string;
	lang?: string;
	codebook?: string;
	by?: string[];
	onlyOwn?: boolean;
	protect?: boolean;
	sheet?: string;
	encoding?: string;
	quiet?: boolean;
	verbose?: boolean;
}

/** @throws UserError for a page that no browser would know as one, or that cannot be written. */
function checkPage(out: string, inputs: readonly string[]): void {
	if (!/\.html?$/i.test(out)) {
		throw new UserError(`"${legible(out)}" has no ending of a page`, { hint: "name it .html" });
	}
	checkOutputs([out], inputs);
}

/** `talis-pd explore [FILE…] --out PAGE.html`: the page is whole or not there. */
export async function exploreCommand(names: string[], options: ExploreCommandOptions, io: Io): Promise<void> {
	const { out, lang, codebook, by, onlyOwn, protect, quiet = false } = options;
	const files = await findFiles(names);
	if (out !== "-") checkPage(out, [...files, ...filesNamed(options)]);
	const spec: ExploreSpec = { codebook, by, onlyOwn, protect, language: lang };
	const page = await watched(io, options, (run) => explore(files, { ...spec, ...run }));
	if (out === "-") {
		io.stdout.write(page);
		return;
	}
	writeWhole(out, page);
	if (!quiet) tell(`wrote ${legible(out)}, to be opened in a browser`, lang, io);
}
