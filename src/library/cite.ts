import { loadCodebook } from "../codebook/definition/library.js";
import { TOOL } from "../platform/package.js";
import type { ResultSet } from "../results/result-set.js";
import { oneOf } from "../settings/values.js";
import { LANGUAGES, type Language, loadLocale } from "../wording/locale.js";

/** Language and format of a citation. */
export interface CiteOptions {
	/** `text` (default) or `bibtex`. */
	format?: "text" | "bibtex" | undefined;
	/** Language of the text; English by default. */
	language?: Language | undefined;
}

/** What can be cited, by parts. */
interface Reference {
	key: string;
	author: string;
	title: string;
	/** What it is, or where it is from. */
	note: string;
	year: string;
}

/** The year of this version of the tool, as in CITATION.cff. */
const YEAR = "2026";

/**
 * How to cite the tool and, for results, their codebook, their data (file, hash and number of rows), and the
 * published figures they include.
 * @param results As returned by `readResults`; without them, only the tool is cited.
 * @returns Text, one paragraph per reference, or BibTeX.
 * @throws UserError for an unknown format or language.
 * @example
 * import { cite } from "talis-pd";
 *
 * console.log(cite().startsWith("talis-pd contributors (2026).")); // true
 */
export function cite(results?: ResultSet, { format, language }: CiteOptions = {}): string {
	const kind = oneOf("format", format ?? "text", ["text", "bibtex"]);
	const locale = loadLocale(oneOf("language", language ?? "en", LANGUAGES));
	const tool: Reference = {
		key: "talis-pd",
		author: "{talis-pd contributors}",
		title: `${TOOL.name}: ${locale.text("cite.tool")}`,
		note: locale.text("cite.version", { version: TOOL.version }),
		year: YEAR,
	};
	const all = [tool, ...(results === undefined ? [] : referencesOf(results, locale.text))];
	return all.map(kind === "text" ? asText : asBibtex).join("\n");
}

function referencesOf(
	{ source, codebook, settings }: ResultSet,
	text: ReturnType<typeof loadLocale>["text"],
): Reference[] {
	const { cycle = "" } = settings;
	const made = { author: "{talis-pd contributors}", year: YEAR };
	return [
		{
			...made,
			key: `codebook-${codebook.id}`,
			title: codebook.title,
			note: text("cite.codebook", {
				id: codebook.id,
				version: codebook.version,
				rules: (codebook.rules ?? "").slice(0, 12),
			}),
		},
		...source.map(({ file, sha256, rows, synthetic }, place) => ({
			key: `data-${place + 1}`,
			author:
				synthetic === true
					? "{talis-pd contributors}"
					: `{${publisherOf(codebook.id) ?? text("cite.publisher")}}`,
			title: file,
			note: text(synthetic === true ? "cite.synthetic" : "cite.data", { rows, sha256: sha256 ?? "" }),
			year: synthetic === true ? YEAR : String(cycle),
		})),
	];
}

/** The publisher of the survey, where an installed codebook names it. */
function publisherOf(id: string): string | undefined {
	try {
		return loadCodebook(id).publisher?.name.en;
	} catch {
		return undefined;
	}
}

function asText({ author, title, note, year }: Reference): string {
	return `${author.replace(/[{}]/g, "")} (${year}). ${title}. ${note}.\n`;
}

function asBibtex({ key, author, title, note, year }: Reference): string {
	const plain = (value: string) => value.replace(/([&%#_$])/g, "\\$1");
	return `@misc{${key},\n  author = {${plain(author)}},\n  title = {${plain(title)}},\n  note = {${plain(note)}},\n  year = {${year}}\n}\n`;
}
