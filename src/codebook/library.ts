import { UserError } from "../errors.js";
import { listAssets, readAsset, readText } from "../read/open.js";
import { didYouMean } from "../suggest.js";
import { detectCodebook } from "./detect.js";
import { parseCodebook } from "./load.js";
import type { Codebook } from "./schema.js";

const FOLDER = "codebooks";

/** Ids of the shipped codebooks. */
export function codebookIds(): string[] {
	return listAssets(FOLDER).flatMap((file) =>
		file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : [],
	);
}

/**
 * A shipped codebook by id, or one of the user's by path.
 * @throws UserError for an unknown id, an unreadable file, or one that breaks the schema.
 */
export function loadCodebook(name: string): Codebook {
	if (/\.ya?ml$/i.test(name) || name.includes("/")) return parseCodebook(readText(name), name);
	const ids = codebookIds();
	if (!ids.includes(name)) {
		throw new UserError(`there is no codebook "${name}"`, {
			hint: `${didYouMean(name, ids)}; or give the path of a YAML file`,
		});
	}
	let codebook = shipped.get(name);
	if (codebook === undefined) {
		codebook = parseCodebook(readAsset(`${FOLDER}/${name}.yaml`), `${name}.yaml`);
		shipped.set(name, codebook);
	}
	return codebook;
}

/** Parsed once a process: detection, crosswalks and labels all ask for them. */
const shipped = new Map<string, Codebook>();

/**
 * The codebook asked for, else the one the file's columns fit.
 * @throws UserError where none fits.
 */
export function chooseCodebook(asked: string | null, columns: readonly string[], file: string): Codebook {
	if (asked !== null) return loadCodebook(asked);
	return detectCodebook(columns, file, codebookIds().map(loadCodebook));
}
