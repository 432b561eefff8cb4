import { UserError } from "../errors.js";
import type { Language } from "../locale.js";
import { listAssets, readAsset, readText } from "../read/open.js";
import type { ListedCodebook } from "../results.js";
import { didYouMean } from "../suggest.js";
import { detectCodebook } from "./detect.js";
import { parseCodebook } from "./load.js";
import { inLanguage } from "./resolve.js";
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
	if (isPath(name)) return parseCodebook(readText(name), name);
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

/**
 * A codebook as it stands in its file, to be read or copied.
 * @throws UserError for an unknown id or an unreadable file.
 */
export function codebookText(id: string): string {
	return isPath(id) ? readText(id) : readAsset(`${FOLDER}/${loadCodebook(id).id}.yaml`);
}

/** The shipped codebooks, in alphabetical order. */
export function listCodebooks(language: Language): ListedCodebook[] {
	return codebookIds().map((id) => {
		const { title, cycle, topics, design } = loadCodebook(id);
		const items = Object.values(topics).reduce((sum, topic) => sum + Object.keys(topic.items).length, 0);
		const method = design.method;
		return {
			id,
			title: inLanguage(title, language),
			cycle,
			topics: Object.keys(topics).length,
			items,
			method,
		};
	});
}

function isPath(name: string): boolean {
	return /\.ya?ml$/i.test(name) || name.includes("/");
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
