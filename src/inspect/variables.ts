import { UserError } from "../base/errors.js";
import { inLanguage } from "../codebook/definition/in-language.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { columnMeaning } from "../codebook/meaning/column-meaning.js";
import { chooseCodebook } from "../codebook/recognise/choose.js";
import { findVariables } from "../codebook/variables/find.js";
import { knownVariable } from "../codebook/variables/library.js";
import type { Header, Source } from "../read/block.js";
import { columnIndex } from "../read/columns/column-names.js";
import type { AnalysisContext } from "../read/context.js";
import { openSource } from "../read/index.js";
import type { ListedVariable, VariableListing } from "../results/about-files.js";
import type { Language } from "../wording/locale.js";

/**
 * The columns of a survey file, and what is known of each: labels, codes, missing codes, bounds, how far a scale compares
 * between countries. No row is read.
 * @param options.words Only the columns that a name or words are about, in English, Kazakh or Russian; replicate weights
 *   are listed only by name.
 * @throws UserError where the file cannot be read or is of no known survey, or nothing is found.
 * @example
 * const { variables } = await inspectVariables("teachers.csv", { words: "self-efficacy" });
 */
export async function inspectVariables(
	path: string,
	options: { codebook?: string | undefined; language?: Language; words?: string | undefined } = {},
	{ stdin }: AnalysisContext = {},
): Promise<VariableListing> {
	const source = await openSource(path, { stdin: stdin ?? process.stdin });
	try {
		return listed(source, options);
	} finally {
		source.close?.();
	}
}

function listed(
	{ name: file, columns, variables }: Source,
	{ codebook: asked, language = "en", words = "" }: Parameters<typeof inspectVariables>[1] & object,
): VariableListing {
	const codebook = chooseCodebook(asked ?? null, columns, file);
	const header: Header = variables === undefined ? { columns } : { columns, variables };
	const places = words === "" ? allPlaces(codebook, columns) : placesAbout(codebook, header, words);
	if (places.length === 0) {
		throw new UserError(`no column of the file is about "${words}"`, {
			where: { file },
			hint: "use fewer or other words, in English, Kazakh or Russian",
		});
	}
	return {
		schema: "talis-pd/variables@1",
		file,
		codebook: { id: codebook.id, title: inLanguage(codebook.title, language) },
		variables: places.map((place) => about(codebook, header, place, language)),
	};
}

function allPlaces(codebook: Codebook, columns: readonly string[]): number[] {
	return columns.flatMap((name, place) =>
		knownVariable(codebook, name)?.kind === "replicate" ? [] : [place],
	);
}

/** What the list of variables finds, then columns that only the file itself names so. */
function placesAbout(codebook: Codebook, { columns, variables }: Header, words: string): number[] {
	const found = findVariables(codebook, words).flatMap(({ name }) => columnIndex(columns, name) ?? []);
	const wanted = words.toLowerCase();
	const named = columns.flatMap((name, place) => {
		if (knownVariable(codebook, name) !== undefined) return [];
		const texts = [name, variables?.[place]?.label ?? ""];
		return texts.some((text) => text.toLowerCase().includes(wanted)) ? [place] : [];
	});
	return [...new Set([...found, ...named])];
}

function about(codebook: Codebook, header: Header, place: number, language: Language): ListedVariable {
	const { label, kind, answers, missing, invariance, confidence } = columnMeaning(codebook, header, place);
	const known = knownVariable(codebook, header.columns[place] as string);
	const { from = "", to = "" } = missing?.range ?? {};
	const range = missing?.range === undefined ? [] : [`${from}–${to}`];
	return {
		name: (header.columns[place] as string).toUpperCase(),
		kind,
		label: inLanguage(label, language),
		answers:
			answers && Object.entries(answers).map(([code, text]) => ({ code, label: inLanguage(text, language) })),
		missing: missing && [...Object.keys(missing.codes), ...range],
		from: known?.from ?? null,
		to: known?.to ?? null,
		invariance: invariance ?? null,
		forms: known?.forms == null ? null : [...known.forms],
		populations: known?.populations == null ? null : [...known.populations],
		confidence: confidence ?? "high",
	};
}
