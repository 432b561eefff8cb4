import { entryOf } from "../../base/entry-of.js";
import { UNKNOWN_CODEBOOK } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { knownVariable } from "../../codebook/variables/library.js";
import type { Model, ModelOutcome, ModelRow } from "../../results/models.js";
import { INTERCEPT } from "../../results/models.js";
import type { Relation, RelationRow } from "../../results/relations.js";
import type { Labels } from "../../results/result-set.js";
import { TIMES } from "../../settings/formula.js";
import { type Language, loadLocale } from "../../wording/locale.js";
import { breakdownLabel, codebookValueLabel, itemLabelOf } from "./codebook-labels.js";
import type { Names } from "./names.js";

/** Labels a model's outcome and coefficients. */
export function labelModel(row: ModelRow, names: Names, labels: Labels, language: Language): Model {
	const { outcome, coefficients, references } = row;
	const named = (term: string, saved: string | undefined) => termLabel(term, saved, names, labels, language);
	return {
		...(row as Omit<ModelRow, "references">),
		outcome: labelOutcome(outcome, names, labels, language),
		coefficients: coefficients.map((one) => {
			const { term, variable: column, level, label: saved, ...numbers } = one;
			return {
				term,
				variable: column,
				level,
				label: named(term, saved),
				...numbers,
			};
		}),
		...(references === undefined
			? {}
			: { references: references.map(({ term, label }) => ({ term, label: named(term, label) })) }),
	};
}

/** Labels the variables of a correlation. */
export function labelRelation(row: RelationRow, names: Names, labels: Labels, language: Language): Relation {
	const name = (one: RelationRow["a"]) => {
		const named = labelOutcome(one, names, labels, language);
		return { ...named, label: `${topicBefore(one, names.codebook, language)}${named.label}` };
	};
	return { ...row, a: name(row.a), b: name(row.b) };
}

/** The topic of an item whose label also occurs in other topics, such as needs and offers. */
function topicBefore(
	{ topic, item }: RelationRow["a"],
	codebook: Codebook | undefined,
	language: Language,
): string {
	const own = topic === null ? undefined : entryOf(codebook?.topics, topic);
	const label = entryOf(own?.items, item)?.label.en;
	if (own === undefined || label === undefined) return "";
	const alike = Object.values(codebook?.topics ?? {}).filter(({ items }) =>
		Object.values(items).some((other) => other.label.en === label),
	);
	return alike.length < 2 ? "" : `${inLanguage(own.label, language)}: `;
}

function labelOutcome(
	{ topic, item, variable, statistic, label }: RelationRow["a"],
	names: Names,
	labels: Labels,
	language: Language,
): ModelOutcome {
	const key = topic === null ? (variable ?? item) : `${topic}:${item}`;
	const name = variableName(key, names, labels, language) ?? label ?? key;
	return { topic, item, variable, statistic, label: name };
}

/** "Gender: Male", or several of them. */
function termLabel(
	term: string,
	saved: string | undefined,
	names: Names,
	labels: Labels,
	language: Language,
): string {
	const locale = loadLocale(language);
	if (term === INTERCEPT) return locale.text("model.intercept");
	const parts = term.split(TIMES).map((part) => {
		const [, key = part, level] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
		const name = variableName(key, names, labels, language);
		if (level === undefined) return name;
		return `${name ?? key}: ${levelName(key, level, names, labels, language)}`;
	});
	if (parts.every((part) => part !== undefined)) return parts.join(" × ");
	return saved ?? parts.map((part, i) => part ?? term.split(TIMES)[i]).join(" × ");
}

/** Undefined if it has no name. */
function variableName(key: string, names: Names, labels: Labels, language: Language): string | undefined {
	const { codebook = UNKNOWN_CODEBOOK as Codebook, items = [], breakdowns = [] } = names;
	// Tables of means call the column so, too.
	const measure = Object.values(codebook.measures ?? {}).find(
		({ variable }) => variable.toUpperCase() === key,
	);
	if (measure !== undefined) return inLanguage(measure.label, language);
	const [topic = "", item = ""] = key.split(":");
	const known = itemLabelOf(codebook, topic, item, language) ?? breakdownLabel(codebook, key, language);
	if (known !== undefined) return known;
	const column = knownVariable(codebook, key);
	if (column !== undefined) return inLanguage(column.label, language);
	const own = items.find(
		(one) => one.item?.variable.toUpperCase() === key || `${one.topic}:${one.key}` === key,
	);
	if (own !== undefined) return inLanguage(own.label, language);
	return (
		breakdowns.find(({ id, named }) => id === key && named?.label)?.named?.label ??
		entryOf(labels.groups, key)?.label
	);
}

function levelName(key: string, level: string, names: Names, labels: Labels, language: Language): string {
	const { codebook = UNKNOWN_CODEBOOK as Codebook, breakdowns = [] } = names;
	const { named } = breakdowns.find(({ id }) => id === key) ?? {};
	const own =
		named !== undefined && Object.hasOwn(named.values, level) ? entryOf(named.values, level) : undefined;
	const answer = knownVariable(codebook, key)?.answers?.[level];
	if (answer !== undefined) return inLanguage(answer, language);
	return (
		own ??
		entryOf(entryOf(labels.groups, key)?.values, level) ??
		codebookValueLabel(codebook, key, level, language)
	);
}
