import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import { listYaml } from "../../platform/assets.js";
import { readText } from "../../platform/small-files.js";
import { compile, readCompiled } from "../definition/compiled.js";
import { parseYaml } from "../definition/parse.js";
import type { Codebook, NoAnswer, Text } from "../definition/schema.js";
import { type Questionnaire, type VariableKind, type VariablesFile, variablesSchema } from "./schema.js";

const FOLDER = "variables";

/** What is known of one column of a survey file. */
export interface KnownVariable {
	/** As the publisher writes it, in capitals. */
	name: string;
	kind: VariableKind;
	questionnaire: Questionnaire;
	/** With the question it is an item of, if it is one. */
	label: Text;
	/** The question alone, … */
	question: Text | null;
	/** … and the label without it. */
	item: Text;
	/** Valid codes with their labels; null where any number within the bounds is valid. */
	answers: Readonly<Record<string, Text>> | null;
	/** Codes that are not answers, and why. */
	missing: Readonly<Record<string, NoAnswer>>;
	/** Bounds that no value can leave, inclusive, in the column's unit. */
	from: number | null;
	to: number | null;
	/** Level of invariance between countries, where the publisher says one. */
	invariance: VariablesFile["columns"][string]["invariance"] | null;
	/** Forms of the questionnaire that have it; null for all, or where nothing is known. */
	forms: readonly string[] | null;
	/** The forms were not seen, but inferred. */
	formsInferred: boolean;
	/** Levels of education that have it; null for all, or where nothing is known. */
	populations: readonly string[] | null;
	/** How sure all this is. */
	confidence: "high" | "medium" | "low";
}

/** Ids of the shipped lists of variables. */
export function variablesIds(): string[] {
	return listYaml(FOLDER);
}

/** Loaded once a process, when a column is asked for that no codebook has. */
const loaded = new Map<string, ReadonlyMap<string, KnownVariable>>();

/**
 * A list of variables by id, or one of the user's by path: name in capitals → variable, in the order of the file.
 * @throws UserError for an unknown id, an unreadable file, or one that breaks the schema.
 */
function loadVariables(id: string): ReadonlyMap<string, KnownVariable> {
	let variables = loaded.get(id);
	if (variables === undefined) {
		variables = new Map(resolve(fileOf(id)).map((variable) => [variable.name, variable]));
		loaded.set(id, variables);
	}
	return variables;
}

function fileOf(id: string): VariablesFile {
	if (/\.ya?ml$/i.test(id)) return parseVariables(readText(id), id);
	const ids = variablesIds();
	if (ids.includes(id)) return readCompiled(`${FOLDER}/${id}`, parseVariables);
	throw new UserError(`there is no list of variables "${id}"`, { hint: didYouMean(id, ids) });
}

/** JSON that a later start reads instead of the YAML. */
export function compileVariables(id: string): string {
	return compile(`${FOLDER}/${id}`, parseVariables);
}

/**
 * The columns that a survey's files have, as far as they are known, in the order of the files.
 * @param questionnaire Whose answers the file has; all where absent.
 * @example
 * import { codebooks } from "talis-pd";
 *
 * console.log(codebooks.variables(codebooks.load("talis-2018-teacher"), "teacher").length); // 494
 */
export function variablesOf(
	codebook: Pick<Codebook, "variables">,
	questionnaire?: Questionnaire,
): KnownVariable[] {
	const all = (codebook.variables ?? []).flatMap((id) => [...loadVariables(id).values()]);
	return all.filter((one) => questionnaire === undefined || one.questionnaire === questionnaire);
}

/**
 * What is known of a column, whatever the case its name is written in; undefined where nothing is. An item that a
 * country has added to a question has the codes of that question.
 * @example
 * import { codebooks } from "talis-pd";
 *
 * const known = codebooks.variable(codebooks.load("talis-2018-teacher"), "t3self");
 * console.log(known?.label.en); // Teacher self-efficacy, overall
 */
export function knownVariable(
	codebook: Pick<Codebook, "variables">,
	name: string,
): KnownVariable | undefined {
	const wanted = name.toUpperCase();
	for (const id of codebook.variables ?? []) {
		const found = loadVariables(id).get(wanted);
		if (found !== undefined) return found;
	}
	return nationalItem(codebook, wanted);
}

/** An item that a country has added to a question, such as `TT3G23O1_USA2` to TT3G23. */
const NATIONAL = /^([A-Z]{2}\d[A-Z]\d{2})[A-Z]*\d*_([A-Z]{3})[A-Z]?\d*$/;

/** What is known of it: the codes of its question, where all items of that have the same; its text is not known. */
function nationalItem(codebook: Pick<Codebook, "variables">, name: string): KnownVariable | undefined {
	const [, question, country] = NATIONAL.exec(name) ?? [];
	if (question === undefined || country === undefined) return undefined;
	const items = variablesOf(codebook).filter((one) => one.name.replace(/[A-Z]\d*$/, "") === question);
	const [first] = items;
	const codesOf = ({ answers, missing }: KnownVariable) =>
		JSON.stringify([Object.keys(answers ?? {}), Object.keys(missing)]);
	if (first?.question == null || items.some((one) => codesOf(one) !== codesOf(first))) return undefined;
	const item = everyLanguage(first.question, () => `${name} (${country})`);
	return { ...first, name, item, label: joined(first.question, item), invariance: null, confidence: "low" };
}

/**
 * YAML → a list of variables, checked key by key.
 * @throws UserError naming file, line and key of the first thing that is wrong.
 */
export function parseVariables(text: string, file: string): VariablesFile {
	const variables = parseYaml(text, file, variablesSchema);
	for (const [name, column] of Object.entries(variables.columns)) {
		for (const part of ["question", "answers", "missing"] as const) {
			const set = column[part];
			const sets = variables[part === "question" ? "questions" : part];
			if (set === undefined || Object.hasOwn(sets, set)) continue;
			throw new UserError(`columns.${name}.${part}: there is no "${set}"`, { where: { file } });
		}
	}
	return variables;
}

function resolve({ questionnaire, missing, answers, questions, columns }: VariablesFile): KnownVariable[] {
	return Object.entries(columns).flatMap(([name, column]) => {
		const question = column.question === undefined ? null : (questions[column.question] ?? null);
		const variable: KnownVariable = {
			name: name.toUpperCase(),
			kind: column.kind,
			questionnaire,
			label: question === null ? column.label : joined(question, column.label),
			question,
			item: column.label,
			answers: column.answers === undefined ? null : (entryOf(answers, column.answers) ?? null),
			missing: column.missing === undefined ? {} : (entryOf(missing, column.missing) ?? {}),
			from: column.from ?? null,
			to: column.to ?? null,
			invariance: column.invariance ?? null,
			forms: column.forms ?? null,
			formsInferred: column.formsInferred ?? false,
			populations: column.populations ?? null,
			confidence: column.confidence ?? "high",
		};
		if (column.count === undefined) return [variable];
		return Array.from({ length: column.count }, (_, index) => ({
			...variable,
			name: `${variable.name}${index + 1}`,
			label: numbered(column.label, index + 1),
		}));
	});
}

/** In the languages that both texts exist in, so that no label is in two. */
function joined(question: Text, item: Text): Text {
	return everyLanguage(item, (text, language) =>
		question[language] === undefined ? undefined : `${question[language]}: ${text}`,
	);
}

function numbered(label: Text, number: number): Text {
	return everyLanguage(label, (text) => `${text} ${number}`);
}

function everyLanguage(text: Text, change: (text: string, language: keyof Text) => string | undefined): Text {
	const entries = Object.entries(text) as [keyof Text, string][];
	return Object.fromEntries(entries.map(([language, words]) => [language, change(words, language)])) as Text;
}
