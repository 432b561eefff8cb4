import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Base } from "../../results/result-set.js";
import {
	type Definition,
	type Formula,
	itemsIn,
	levelName,
	type NamedRange,
	parseDefinition,
	parseFormula,
} from "../../settings/definition.js";
import type { Codebook, GroupDefinition, ProfileGroup, Text, Topic } from "../definition/schema.js";
import { isWithin } from "../meaning/gate.js";
import { itemNamed, itemsOf, OWN } from "../meaning/select-items.js";

/**
 * A codebook with your own definitions: derived items in a topic of their own, or groups made from a column.
 * @param label What the topic is called.
 * @throws UserError where a definition cannot be read, or uses an unknown name.
 */
export function withDefinitions(codebook: Codebook, texts: readonly string[], label: Text): Codebook {
	return texts
		.map(parseDefinition)
		.reduce((own, definition) => withDefinition(own, definition, label), codebook);
}

/** The codebook with a group that is a profile as a derived row, which it is read as. */
export function withProfileAsRow(codebook: Codebook, id: string, { define, label }: ProfileGroup): Codebook {
	return withRow(codebook, id, parseFormula(define), define, label);
}

function withDefinition(codebook: Codebook, definition: Definition, label: Text): Codebook {
	const { name } = definition;
	const { groups, profiles = {} } = codebook;
	const isTaken =
		Object.hasOwn(groups, name) || Object.hasOwn(profiles, name) || itemNamed(codebook, name) !== undefined;
	if (isTaken) {
		throw new UserError(`"${name}" is the name of something that the codebook has`, {
			code: "option",
			hint: "define it under another name",
		});
	}
	if (!("formula" in definition)) {
		const group = groupOf(definition.column, definition.levels);
		return { ...codebook, groups: { ...codebook.groups, [name]: { ...group, label: { en: name } } } };
	}
	const define = definition.text.slice(definition.text.indexOf("=") + 1).trim();
	return withRow(codebook, name, definition.formula, define, label);
}

function withRow(codebook: Codebook, name: string, formula: Formula, define: string, label: Text): Codebook {
	const base = baseOf(codebook, formula, name);
	const own = codebook.topics[OWN] ?? ownTopic(codebook, base, label);
	const derived = { ...own.derived, [name]: { label: { en: name }, rule: "defined" as const, define, base } };
	return { ...codebook, topics: { ...codebook.topics, [OWN]: { ...own, derived } } };
}

function ownTopic(codebook: Codebook, base: Base, label: Text): Topic {
	const answers = Object.keys(codebook.answers)[0] as string;
	return { label, title: label, question: "", answers, base, items: {} };
}

/** Levels of a column, each of one range or several. */
function groupOf(variable: string, levels: readonly NamedRange[]): Omit<GroupDefinition, "label"> {
	const values = Object.fromEntries(
		levels.map((level) => [level.value, { label: { en: levelName(level) } }]),
	);
	return { variable, values, ranges: [...levels] };
}

/**
 * The base of a concept: the narrowest of its parts'.
 * @throws UserError for unknown parts, and for parts that are asked of different teachers.
 */
function baseOf(codebook: Codebook, formula: Formula, name: string): Base {
	return itemsIn(formula).reduce<Base>((narrow, part) => {
		const item = itemNamed(codebook, part);
		if (item === undefined) throw unknownPart(codebook, part, name);
		if (isWithin(codebook, narrow, item.base)) return narrow;
		if (isWithin(codebook, item.base, narrow)) return item.base;
		throw new UserError(`the parts of "${name}" are asked of different teachers: ${part} of ${item.base}`, {
			code: "option",
			hint: "define it of parts that some teachers were all asked",
		});
	}, "all");
}

function unknownPart(codebook: Codebook, part: string, name: string): UserError {
	const keys = Object.keys(codebook.topics).flatMap((topic) =>
		itemsOf(codebook, topic).map(({ key }) => key),
	);
	return new UserError(`"${name}" is made of "${part}", which is not an item`, {
		code: "option",
		hint: didYouMean(part, [...new Set(keys)]),
	});
}
