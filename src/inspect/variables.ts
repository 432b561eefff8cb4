import { UserError } from "../base/errors.js";
import { splitRun } from "../base/run-options.js";
import { inLanguage } from "../codebook/definition/in-language.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { columnMeaning } from "../codebook/meaning/column-meaning.js";
import { chooseCodebook } from "../codebook/recognise/choose.js";
import { findVariables } from "../codebook/variables/find.js";
import { knownVariable } from "../codebook/variables/library.js";
import type { Header, Source } from "../read/block.js";
import { columnIndex } from "../read/columns/column-names.js";
import { withSource } from "../read/index.js";
import type { SurveyData } from "../read/memory/data.js";
import type { ListedVariable, VariableListing } from "../results/about-files.js";
import { normalizeVariables, type VariablesOptions } from "../settings/file.js";
import type { Language } from "../wording/locale.js";

/**
 * The columns of a survey file, and what is known of each: labels, codes, missing codes, bounds, how far a scale compares
 * between countries. No row is read.
 * @param path One survey file; `-` is standard input.
 * @throws UserError where the file cannot be read or is of no known survey, or nothing is found.
 * @example
 * import { inspectVariables, samplePath } from "talis-pd";
 *
 * const { variables } = await inspectVariables(samplePath(), { words: "peer coaching" });
 * console.log(variables.map(({ name }) => name)); // [ 'TT3G22G' ]
 */
export async function inspectVariables(
	path: SurveyData,
	options: VariablesOptions = {},
): Promise<VariableListing> {
	const [spec, run] = splitRun(options);
	const asked = normalizeVariables(spec);
	return withSource(path, run, async (source) => listed(source, asked));
}

function listed(
	{ name: file, columns, variables }: Source,
	{ codebook: asked, language, words }: ReturnType<typeof normalizeVariables>,
): VariableListing {
	const codebook = chooseCodebook(asked, columns, file);
	const header: Header = variables === undefined ? { columns } : { columns, variables };
	const places = words === "" ? allPlaces(codebook, columns) : placesAbout(codebook, header, words);
	if (places.length === 0) {
		throw new UserError(`no column of the file is about "${words}"`, {
			where: { file },
			hint: "use fewer or other words, in any language of the labels",
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

/** Matches of the list of variables, followed by columns that only the file's own names match. */
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
