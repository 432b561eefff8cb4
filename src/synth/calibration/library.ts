import { dirname, resolve } from "node:path";
import { isPath, loadCodebook } from "../../codebook/definition/library.js";
import { parseYaml } from "../../codebook/definition/parse.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { readAsset } from "../../platform/assets.js";
import { readText } from "../../platform/small-files.js";
import { type Calibration, calibrationSchema } from "./calibration.js";
import { parseCalibration } from "./parse.js";

const SHIPPED = "synthetic-kazakhstan-2018";

/**
 * A calibration file and the codebook it names, by id or by its path from the calibration's folder; the shipped one where no
 * path is given.
 * @throws UserError where the file is unreadable or does not fit the codebook.
 * @example
 * import { calibrationFrom } from "talis-pd/synth";
 *
 * const { calibration, codebook } = calibrationFrom();
 * console.log(calibration.systems[0]?.code, codebook.id); // KAZ talis-2018-teacher
 */
export function calibrationFrom(path?: string): { calibration: Calibration; codebook: Codebook } {
	const text = path === undefined ? readAsset(`calibration/${SHIPPED}.yaml`) : readText(path);
	const file = path ?? `${SHIPPED}.yaml`;
	const named = parseYaml(text, file, calibrationSchema).codebook;
	const codebook = loadCodebook(isPath(named) ? resolve(dirname(file), named) : named);
	return { calibration: parseCalibration(text, file, codebook), codebook };
}
