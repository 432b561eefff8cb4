import { type SynthOptions, synth } from "../../index.js";
import { legible } from "../../internal.js";
import { checkOutputs, writePieces } from "../../platform/outputs.js";
import { filesNamed } from "../files.js";
import type { Io } from "../io.js";
import { withoutManners } from "../manners.js";
import { tell } from "../told.js";

/** Options as they are typed. */
export interface SynthCommandOptions extends SynthOptions {
	out: string;
	quiet?: boolean;
	lang?: string;
	debug?: boolean;
}

/** `talis-pd synth`: a synthetic survey file, whole or not at all. */
export async function synthCommand(options: SynthCommandOptions, io: Io): Promise<void> {
	const { quiet = false, lang } = options;
	const { out, lang: _, ...spec } = withoutManners(options);
	const pieces = synth(spec);
	if (out === "-") {
		for await (const piece of pieces) io.stdout.write(piece);
		return;
	}
	checkOutputs([out], filesNamed(spec));
	await writePieces(out, pieces);
	if (!quiet) tell(`wrote ${legible(out)}: synthetic data, not real teachers`, lang, io);
}
