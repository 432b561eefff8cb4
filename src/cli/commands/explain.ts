import { explain, type RatesSpec } from "../../index.js";
import { findFiles, renderExplanation } from "../../internal.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd explain FILE… --item X`: one percentage and everything it is made of. */
export async function explainCommand(names: string[], options: TypedOptions, io: Io): Promise<void> {
	const { format, language } = shownAs(options, io);
	const files = await findFiles(names);
	const found = await watched(io, options, (run) =>
		explain(files, { ...specOf<RatesSpec>(options, language), ...run, hashed: format === "json" }),
	);
	io.stdout.write(
		format === "json"
			? `${JSON.stringify(found, null, 2)}\n`
			: renderExplanation(found, viewOf(language, io)),
	);
}
