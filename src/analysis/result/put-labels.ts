import { entryOf } from "../../base/entry-of.js";
import { groupBy } from "../../base/group-by.js";
import { UNKNOWN_CODEBOOK } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { namedValues } from "../../results/conditions.js";
import { gapTopicsOf } from "../../results/gap-topics.js";
import type {
	Asked,
	AssociationRow,
	AssociationTest,
	ComparisonRow,
	EstimateRow,
	Labels,
	ModelRow,
	RelationRow,
	ResultSet,
} from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import { type Language, loadLocale } from "../../wording/locale.js";
import {
	breakdownLabel,
	codebookValueLabel,
	gridLabels,
	itemLabelOf,
	topicLabels,
} from "./codebook-labels.js";
import { labelModel, labelRelation } from "./label-models.js";
import type { Names } from "./names.js";

/** Results without names. */
export type UnlabelledResults = Asked & {
	estimates: readonly EstimateRow[];
	comparisons: readonly ComparisonRow[];
	tests?: readonly AssociationRow[];
	models?: readonly ModelRow[];
	relations?: readonly RelationRow[];
};

/**
 * Labels rows and lists the names of topics, bases, breakdowns and values in a language: the last step of every
 * question, and all of a translation.
 */
export function putLabels(
	results: UnlabelledResults,
	names: Names,
	language: Language,
): Required<Pick<ResultSet, "labels" | "estimates" | "comparisons">> &
	Pick<ResultSet, "tests" | "models" | "relations"> {
	const nameOf = itemNames(results, names, language);
	const estimates = results.estimates.map((row) => withLabel(row, nameOf(row)));
	const comparisons = results.comparisons.map((row) => withLabel(row, nameOf(row)));
	const tests = results.tests?.map((row): AssociationTest => ({ ...row, label: nameOf(row) }));
	const labels = labelsOf({ ...results, estimates, comparisons } as ResultSet, names, language);
	const models = results.models?.map((row) => labelModel(row, names, labels, language));
	const relations = results.relations?.map((row) => labelRelation(row, names, labels, language));
	return {
		...{ labels, estimates, comparisons },
		...(tests === undefined ? {} : { tests }),
		...(models === undefined ? {} : { models }),
		...(relations === undefined ? {} : { relations }),
	};
}

/** Puts the label where the row already has one, otherwise at its place in the contract. */
function withLabel<T extends EstimateRow | ComparisonRow>(row: T, label: string): T & { label: string } {
	if ("label" in row) return { ...row, label };
	const { topic, item, variable, ...rest } = row;
	return { topic, item, variable, label, ...rest } as T & { label: string };
}

/** Names of rows, each looked up once: in the codebook, the file, or the row itself. */
function itemNames(results: UnlabelledResults, { codebook, items = [] }: Names, language: Language) {
	const own = new Map(items.map(({ topic, key, label }) => [`${topic}:${key}`, label]));
	const known = new Map<string, string | undefined>();
	const find = (topic: string, item: string) => {
		const found = codebook && itemLabelOf(codebook, askedTopic(topic, results, codebook), item, language);
		const label = own.get(`${topic}:${item}`);
		return found ?? (label === undefined ? undefined : inLanguage(label, language));
	};
	return ({ topic, item, label }: Pick<EstimateRow, "topic" | "item" | "label">): string => {
		const key = `${topic}:${item}`;
		if (!known.has(key)) known.set(key, find(topic, item));
		return known.get(key) ?? label ?? item;
	};
}

/** Rows of needs and offers all use the name of the need. */
function askedTopic(topic: string, results: Asked, codebook: Codebook): string {
	const isNeed = results.kind === "gaps" || topic === gapTopicsOf(results).unmet;
	return isNeed ? needTopic(results, codebook) : topic;
}

function needTopic(results: Asked, { gaps }: Codebook): string {
	return (results.kind === "gaps" ? undefined : gaps?.needs) ?? gapTopicsOf(results).need;
}

function labelsOf(results: ResultSet, names: Names, language: Language): Labels {
	const { codebook = UNKNOWN_CODEBOOK as Codebook, saved } = names;
	const rows = [...results.estimates, ...results.comparisons];
	const { models = [], relations = [] } = results;
	const ofModels = [
		...models.map(({ outcome }) => outcome),
		...relations.flatMap(({ a, b }) => [a, b]),
	].flatMap(({ topic }) => topic ?? []);
	// The subject of a published odds ratio, which may share its name with the outcome.
	const ofTerms =
		results.kind === "published"
			? models.flatMap(({ coefficients }) =>
					coefficients.flatMap(({ term }) => /^([a-z-]+):/.exec(term)?.[1] ?? []),
				)
			: [];
	const topics = [
		...new Set([
			...rows.map(({ topic }) => topic),
			...ofModels,
			...ofTerms,
			...Object.keys(saved?.topics ?? {}),
		]),
	];
	const { yes = null, answers = false } = results.settings;
	const made = gridLabels(codebook, topics, language);
	const grids = Object.keys(made).length === 0 ? saved?.grids : made;
	const bases = Object.entries(codebook.bases).map(([base, { label }]) => [
		base,
		inLanguage(label, language),
	]);
	const topicNames = topics.map((topic) => {
		const found = topicLabels(codebook, topic, answers ? "each" : yes, language);
		return [topic, found.label === topic ? (entryOf(saved?.topics, topic) ?? found) : found];
	});
	return {
		...(grids === undefined ? {} : { grids }),
		topics: Object.fromEntries(topicNames),
		bases: { ...saved?.bases, ...Object.fromEntries(bases) },
		groups: groupLabels(results, names, codebook, language),
	};
}

/** Every breakdown and side with the values that occur, in order of appearance. */
function groupLabels(
	results: ResultSet,
	{ breakdowns = [], sides = {}, saved }: Names,
	codebook: Codebook,
	language: Language,
): Labels["groups"] {
	const { estimates, comparisons, models = [], relations = [], alphas = [], settings } = results;
	const { moderator = null } = settings.synthesis ?? {};
	const met: [id: string, value: string][] = [
		...[...estimates, ...comparisons, ...models, ...relations, ...alphas].flatMap(({ group }) =>
			Object.entries(group),
		),
		...Object.entries(sides).flatMap(([id, values]) => values.map((value): [string, string] => [id, value])),
		...comparisons.flatMap(({ between: { variable, a, b } }): [string, string][] => [
			[variable, a],
			[variable, b],
		]),
		...Object.entries(saved?.groups ?? {}).flatMap(([id, { values }]) =>
			Object.keys(values).map((value): [string, string] => [id, value]),
		),
		...models.flatMap(({ predictions = [] }) =>
			predictions.flatMap(({ at }) =>
				Object.entries(at).map(([id, value]): [string, string] => [id, String(value)]),
			),
		),
		...conditionValues(settings, codebook),
		...(moderator === null ? [] : [["moderator", moderator] satisfies [string, string]]),
	];
	const sideName = sideNames(results, codebook, language);
	const groups = [...groupBy(met, ([id]) => id)].map(([id, pairs]) => {
		const { named } = breakdowns.find((one) => one.id === id) ?? {};
		const old = entryOf(saved?.groups, id);
		const values = [...new Set(pairs.map(([, value]) => value))].map((value) => {
			const name = sideName(id, value) ?? codebookValueLabel(codebook, id, value, language);
			return [
				value,
				entryOf(named?.values, value) ?? (name === value ? (entryOf(old?.values, value) ?? name) : name),
			];
		});
		const label = breakdownLabel(codebook, id, language) ?? (named?.label || old?.label || id);
		return [id, { label, values: Object.fromEntries(values) }];
	});
	return Object.fromEntries(groups);
}

/** Values named by conditions. A column's own codes have names only if the codebook has a breakdown by it. */
function conditionValues({ where = [] }: Settings, codebook: Codebook): [id: string, value: string][] {
	const groups = { ...codebook.groups, ...codebook.profiles };
	return where.flatMap((condition) => {
		const { id = "", values = [] } = namedValues(condition) ?? {};
		return groups[id] === undefined ? [] : values.map((value): [string, string] => [id, value]);
	});
}

/** Names of compared items and topics, which are not groups of a codebook. */
function sideNames(results: ResultSet, codebook: Codebook, language: Language) {
	const rows = [...results.comparisons, ...results.estimates];
	const items = new Map(
		rows.flatMap(({ topic, item, label }) => [
			[item, label],
			[`${topic}:${item}`, label],
		]),
	);
	return (id: string, value: string): string | undefined => {
		if (id === "item") return items.get(value) ?? itemAnywhere(results, codebook, value, language);
		if (id !== "topic") return undefined;
		return loadLocale(language).text(value === needTopic(results, codebook) ? "gaps.need" : "gaps.offer");
	};
}

/** An item by `topic:item`, or by its key alone in any topic of the results. */
function itemAnywhere(results: ResultSet, codebook: Codebook, value: string, language: Language) {
	const [first = "", second] = value.split(":");
	if (second !== undefined) return itemLabelOf(codebook, first, second, language);
	const topics = new Set([...results.estimates, ...results.comparisons].map(({ topic }) => topic));
	for (const topic of topics) {
		const label = itemLabelOf(codebook, askedTopic(topic, results, codebook), first, language);
		if (label !== undefined) return label;
	}
	return undefined;
}
