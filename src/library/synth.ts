import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import { checked } from "../settings/checked.js";
import { numeric } from "../settings/fields.js";

/** What a synthetic survey is to be like; the calibration says what is left out. */
export interface SynthOptions {
	/** Path of a YAML file with the rates to hit; the shipped one of Kazakhstan 2018 by default. */
	calibration?: string | undefined;
	/** Teachers in all. */
	teachers?: number | string | undefined;
	/** Schools in all. */
	schools?: number | string | undefined;
	/** Countries and economies. */
	systems?: number | string | undefined;
	/** Columns in all; the surplus is filler. */
	columns?: number | string | undefined;
	/** Digits of weights after the point, 0–13. */
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

/** Pieces are about this long: few large writes instead of many small ones. */
const PIECE = 1 << 18;

/**
 * Makes a survey file of teachers who do not exist, with a design and rates like those of a real survey, and a column that
 * says so. The same options give the same file everywhere.
 * @returns The CSV file, piece by piece.
 * @throws UserError for sizes that no design fits, and where the calibration cannot be read.
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
