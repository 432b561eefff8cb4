import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import { checked } from "../settings/checked.js";
import { numeric } from "../settings/fields.js";

/** Size and design of a synthetic survey; the calibration gives the defaults. */
export interface SynthOptions {
	/** Path of a YAML file with the target rates; the shipped one of Kazakhstan 2018 by default. */
	calibration?: string | undefined;
	/** Teachers in all. */
	teachers?: number | string | undefined;
	/** Schools in all. */
	schools?: number | string | undefined;
	/** Countries and economies. */
	systems?: number | string | undefined;
	/** Total number of columns; the surplus is filler. */
	columns?: number | string | undefined;
	/** Decimal places of weights, 0–13. */
	weightDecimals?: number | string | undefined;
	/** Another seed gives another sample. */
	seed?: number | string | undefined;
}

const schema = once(() =>
	z.strictObject({
		calibration: z.string().optional(),
		teachers: whole("teachers"),
		schools: whole("schools"),
		systems: whole("systems"),
		columns: whole("columns"),
		weightDecimals: whole("weightDecimals", 0, 13),
		seed: whole("seed", 0),
	} satisfies Record<keyof SynthOptions, z.ZodType>),
);

/** Approximate size of a piece, for few large writes instead of many small ones. */
const PIECE = 1 << 18;

/**
 * Makes a survey file of fictitious teachers, with a design and rates like those of a real survey, and a column that
 * marks it as synthetic. The same options give the same file everywhere.
 * @returns The CSV file, piece by piece.
 * @throws UserError for sizes that fit no design, and where the calibration cannot be read.
 * @example
 * import { synth } from "talis-pd";
 *
 * let csv = "";
 * for await (const piece of synth({ teachers: 500, schools: 40 })) csv += piece;
 * console.log(csv.trimEnd().split("\n").length); // 501
 */
export async function* synth(options: SynthOptions = {}): AsyncGenerator<string> {
	const { calibration: path, ...size } = checked(schema(), options);
	const { surveyLines } = await import("../synth/index.js");
	const { calibrationFrom } = await import("../synth/calibration/library.js");
	const { calibration, codebook } = calibrationFrom(path);
	let piece = "";
	for (const line of surveyLines(calibration, codebook, size)) {
		piece += line;
		if (piece.length <= PIECE) continue;
		yield piece;
		piece = "";
	}
	yield piece;
}

function whole(name: keyof SynthOptions, from = 1, to = Number.MAX_SAFE_INTEGER) {
	return numeric.optional().transform((given) => {
		const value = Number(given);
		if (given === undefined || (Number.isInteger(value) && value >= from && value <= to)) {
			return given === undefined ? undefined : value;
		}
		throw new UserError(`"${given}" is not a number for ${name}`, {
			code: "option",
			hint: `use a whole number from ${from}${to < 1e9 ? ` to ${to}` : ""}`,
		});
	});
}
