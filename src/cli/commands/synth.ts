import { loadSynth, UserError } from "../../index.js";
import { checkOutputs, writePieces } from "../../platform/outputs.js";
import { filesNamed } from "../files.js";
import type { Io } from "../io.js";

export interface SynthCommandOptions {
	out: string;
	calibration?: string;
	teachers?: string;
	schools?: string;
	systems?: string;
	columns?: string;
	weightDecimals?: string;
	seed?: string;
	quiet?: boolean;
}

/** `talis-pd synth`: a synthetic survey file, whole or not at all. */
export async function synthCommand(options: SynthCommandOptions, io: Io): Promise<void> {
	const { calibrationFrom, surveyLines } = await loadSynth();
	const { calibration, codebook } = calibrationFrom(options.calibration);
	const lines = surveyLines(calibration, codebook, {
		...whole("teachers", options.teachers),
		...whole("schools", options.schools),
		...whole("systems", options.systems),
		...whole("columns", options.columns),
		...whole("seed", options.seed, 0),
		...whole("weightDecimals", options.weightDecimals, 0, 13),
	});
	if (options.out === "-") {
		for (const line of lines) io.stdout.write(line);
		return;
	}
	checkOutputs([options.out], filesNamed(options));
	await writePieces(options.out, batches(lines));
	if (!options.quiet) io.stderr.write(`wrote ${options.out}: synthetic data, not real teachers\n`);
}

/** Few large writes instead of many small ones. */
function* batches(lines: Iterable<string>): Generator<string> {
	let batch = "";
	for (const line of lines) {
		batch += line;
		if (batch.length > 1 << 18) {
			yield batch;
			batch = "";
		}
	}
	yield batch;
}

function whole(name: string, text: string | undefined, from = 1, to = Number.MAX_SAFE_INTEGER) {
	if (text === undefined) return {};
	const value = Number(text);
	if (Number.isInteger(value) && value >= from && value <= to) return { [name]: value };
	throw new UserError(`"${text}" is no number for ${name}`, {
		hint: `use a whole number from ${from}${to < 1e9 ? ` to ${to}` : ""}`,
	});
}
