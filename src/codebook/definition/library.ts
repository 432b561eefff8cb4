import { dirname, isAbsolute, join } from "node:path";
import { UserError } from "../../base/errors.js";
import { say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import { listYaml, readAsset } from "../../platform/assets.js";
import { isThere, readText } from "../../platform/small-files.js";
import type { ListedCodebook } from "../../results/about-files.js";
import type { Language } from "../../wording/locale.js";
import { compile, readCompiled } from "./compiled.js";
import { inLanguage } from "./in-language.js";
import { parseCodebook } from "./parse.js";
import type { Codebook, Publisher } from "./schema.js";
import { bare } from "./without-prototypes.js";

const FOLDER = "codebooks";

/** Ids of the shipped codebooks. */
export function codebookIds(): string[] {
	return listYaml(FOLDER);
}

/**
 * A shipped codebook by id, or one of the user's by path.
 * @throws UserError for an unknown id, an unreadable file, or one that breaks the schema.
 * @example
 * import { codebooks } from "talis-pd";
 *
 * console.log(Object.keys(codebooks.load("talis-2024-teacher").topics).length); // 10
 */
export function loadCodebook(name: string): Codebook {
	if (isPath(name)) {
		const folder = dirname(name);
		const beside = (base: string) => (isPath(base) && !isAbsolute(base) ? join(folder, base) : base);
		const textOf = (base: string) => ({ text: codebookText(beside(base)), file: beside(base) });
		return bare(fromFolder(parseCodebook(readText(name), name, textOf), folder));
	}
	const ids = codebookIds();
	if (!ids.includes(name)) {
		throw new UserError(`there is no codebook "${name}"`, {
			hint: say`${didYouMean(name, ids)}; or give the path of a YAML file`,
		});
	}
	let codebook = shipped.get(name);
	if (codebook === undefined) {
		codebook = bare(readCompiled(`${FOLDER}/${name}`, parseCodebook));
		shipped.set(name, codebook);
	}
	return codebook;
}

/**
 * The text of a codebook's file, to read or copy.
 * @throws UserError for an unknown id or an unreadable file.
 * @example
 * import { codebooks } from "talis-pd";
 *
 * console.log(codebooks.text("talis-2018-teacher").split("\n").find((line) => line.startsWith("id:"))); // id: talis-2018-teacher
 */
export function codebookText(id: string): string {
	return isPath(id) ? readText(id) : readAsset(`${FOLDER}/${loadCodebook(id).id}.yaml`);
}

/**
 * The shipped codebooks, in alphabetical order.
 * @example
 * import { codebooks } from "talis-pd";
 *
 * const own = codebooks.list("en").find(({ id }) => id === "national-pd-survey");
 * console.log(own?.title, own?.method); // National survey of professional development 2026, teachers taylor
 */
export function listCodebooks(language: Language = "en"): ListedCodebook[] {
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

/** Files that a codebook of the user's names lie beside it; others ship. */
function fromFolder(codebook: Codebook, folder: string): Codebook {
	const { publisher, variables } = codebook;
	const lists = variables?.map((name) => (isPath(name) && !isAbsolute(name) ? join(folder, name) : name));
	return {
		...codebook,
		...(lists === undefined ? {} : { variables: lists }),
		...(publisher === undefined ? {} : { publisher: withTables(publisher, folder) }),
	};
}

/** A copy of a shipped codebook names tables that ship. */
function withTables(publisher: Publisher, folder: string): Publisher {
	const place = (file: string) => (isThere(join(folder, file)) ? join(folder, file) : file);
	const { figures } = publisher;
	const placed = (tables: Record<string, string>) =>
		Object.fromEntries(Object.entries(tables).map(([population, file]) => [population, place(file)]));
	return {
		...publisher,
		codebooks: publisher.codebooks.map(place),
		...(figures === undefined
			? {}
			: {
					figures: { ...figures, tables: placed(figures.tables), oddsRatios: placed(figures.oddsRatios) },
				}),
	};
}

/** Whether a codebook is named by the path of its file. */
export function isPath(name: string): boolean {
	return /\.ya?ml$/i.test(name) || name.includes("/");
}

/** Loaded once a process: detection, crosswalks and labels all ask for them. */
const shipped = new Map<string, Codebook>();

/** JSON that a later start reads instead of the YAML. */
export function compileCodebook(id: string): string {
	return compile(`${FOLDER}/${id}`, parseCodebook);
}
