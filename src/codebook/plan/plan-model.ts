import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { Base } from "../../results/result-set.js";
import type { ModelFormula, NamedVariable } from "../../settings/formula.js";
import type { ModelSettings } from "../../settings/model.js";
import type { Codebook, Topic } from "../definition/schema.js";
import { answersOf } from "../meaning/answers.js";
import { resolveBreakdown } from "../meaning/breakdown.js";
import { isWithin } from "../meaning/gate.js";
import { defaultTopics, itemsOf, type SelectedItem } from "../meaning/select-items.js";
import { type SelectedMeasure, selectMeasures } from "../meaning/select-measures.js";
import { knownVariable } from "../variables/library.js";
import { ItemExpressions } from "./item-expressions.js";
import { columnOf } from "./plan-measures.js";
import { checkBase, idOf, noItems, planScope, type Question } from "./scope.js";

/** A variable of models, as it is read and as it is called. */
export interface PlannedVariable {
	/** As terms name it: `topic:item`, a group, a column. */
	key: string;
	/** Yes or no, a number, or one of several levels. */
	kind: "answer" | "number" | "category";
	/** Place among the plan's variables. */
	place: number;
	/** Of an item. */
	topic: string | null;
	item: string;
	/** Its column in capitals; null for derived rows. */
	variable: string | null;
	base: Base;
	/** Of a category: its levels in order; null where the file decides them. */
	values: readonly string[] | null;
	/** Names where no codebook has them. */
	named?: { label: string; values: Readonly<Record<string, string>> };
	/** Forms of the questionnaire that have it; null for all. */
	forms: readonly string[] | null;
}

/** A model that is asked for: a name, or none, and its terms by the places of their variables. */
export interface PlannedModel {
	name: string | null;
	terms: readonly (readonly number[])[];
}

/** Models with the same outcome, which are fitted to the same teachers. */
export interface PlannedSet {
	family: "linear" | "logistic";
	/** The outcome first. */
	variables: readonly PlannedVariable[];
	models: readonly PlannedModel[];
	base: Base;
	/** By variable, its reference level; null takes the first that is met. */
	references: readonly (string | null)[];
}

export interface ModelQuestion extends Question {
	sets: readonly PlannedSet[];
	/** Numbers of which nobody knows what codes of theirs are no values. */
	undeclared: readonly string[];
}

/**
 * Settings + codebook + header → what is read for models.
 * @throws UserError for unknown variables, levels and bases, an outcome among its predictors, and variables that no teacher
 *   was asked together.
 */
export function planModel(codebook: Codebook, header: Header, settings: ModelSettings): ModelQuestion {
	checkBase(codebook, settings.base);
	const known = new Variables(codebook, header, settings);
	const sets = settings.outcomes.flatMap((name) => {
		const outcome = known.outcome(name);
		const groups = settings.eachOwn ? settings.models.map((model) => [model]) : [settings.models];
		return groups.map((models) => setOf(outcome, models, known));
	});
	const { plan, absent, items, undeclared } = known;
	return {
		plan: { ...plan(), ...planScope(codebook, header, settings) },
		...{ sets, items, absent, undeclared },
	};
}

function setOf(outcome: PlannedVariable, models: readonly ModelFormula[], known: Variables): PlannedSet {
	const variables = [outcome];
	const placeOf = (named: NamedVariable) => {
		const variable = known.predictor(named);
		if (isSame(variable, outcome)) {
			throw new UserError(`${variable.key} is the outcome, so it cannot be a predictor`, {
				hint: "leave it out of one of them",
			});
		}
		const place = variables.findIndex((other) => other.key === variable.key && other.kind === variable.kind);
		return place >= 0 ? place : variables.push(variable) - 1;
	};
	const planned = models.map(({ name, terms }): PlannedModel => {
		return { name, terms: terms.map((term) => term.map(placeOf)) };
	});
	known.checkAsked(variables);
	return {
		family: known.familyOf(outcome),
		variables,
		models: planned,
		base: known.baseOf(variables),
		references: variables.map((variable) => known.referenceOf(variable)),
	};
}

/** The same column, whatever it is read as. */
function isSame(a: PlannedVariable, b: PlannedVariable): boolean {
	return a.variable === null ? a.key === b.key : a.variable === b.variable && a.item === b.item;
}

/** Variables by name, each planned once. */
class Variables {
	readonly items: SelectedItem[] = [];
	readonly absent: SelectedItem[] = [];
	readonly undeclared: string[] = [];
	private readonly made: ItemExpressions;
	private readonly outcomes: ItemExpressions;
	private readonly names: string[] = [];

	constructor(
		private readonly codebook: Codebook,
		private readonly header: Header,
		private readonly settings: ModelSettings,
	) {
		this.made = new ItemExpressions(codebook, header.columns, null);
		this.outcomes = new ItemExpressions(codebook, header.columns, settings.yes, this.made.named);
		this.plan = () => ({ expressions: this.made.named, variables: this.names });
	}

	readonly plan: () => { expressions: ItemExpressions["named"]; variables: readonly string[] };

	/** @throws UserError where nothing has the name, or it is neither an answer nor a number. */
	outcome(name: string): PlannedVariable {
		const [, as, inside] = /^(factor|number)\((.*)\)$/.exec(name) ?? [];
		const variable = this.find(
			{ name: inside ?? name, as: as === undefined ? null : (as as "factor" | "number") },
			true,
		);
		if (variable.kind !== "category") return variable;
		throw new UserError(`${variable.key} has levels, so it is no outcome`, {
			hint: "name an item, a scale or a number",
		});
	}

	/** @throws UserError where nothing has the name. */
	predictor(named: NamedVariable): PlannedVariable {
		return this.find(named, false);
	}

	/** @throws UserError where the family does not fit the outcome. */
	familyOf({ kind, key }: PlannedVariable): PlannedSet["family"] {
		const { modelFamily } = this.settings;
		if (modelFamily === "auto") return kind === "answer" ? "logistic" : "linear";
		if (modelFamily === "linear" || kind === "answer") return modelFamily;
		throw new UserError(`${key} is a number, so a logistic model does not fit it`, {
			hint: "leave out --family, or name an item",
		});
	}

	/** @throws UserError where a level is named that the variable does not have. */
	referenceOf({ key, item, kind, values }: PlannedVariable): string | null {
		const asked = this.settings.references.find(({ variable }) =>
			[key, item].some((name) => name.toLowerCase() === variable.toLowerCase()),
		);
		if (asked === undefined) return kind === "answer" ? "no" : null;
		const known = kind === "answer" ? ["no", "yes"] : values;
		if (known !== null && !known.includes(asked.level)) {
			throw new UserError(`${key} has no level "${asked.level}"`, {
				hint: didYouMean(asked.level, [...known]),
			});
		}
		return asked.level;
	}

	/** @throws UserError where forms of the questionnaire had some of the variables, and none had all. */
	checkAsked(variables: readonly PlannedVariable[]): void {
		let common: readonly string[] | null = null;
		for (const { key, forms } of variables) {
			if (forms === null) continue;
			const left: readonly string[] =
				common === null ? forms : forms.filter((form) => common?.includes(form));
			if (left.length === 0) {
				const other = variables.find(
					(one) => one.forms !== null && !one.forms.some((form) => forms.includes(form)),
				);
				throw new UserError(
					`no teacher was asked both ${other?.key} and ${key}: they stand on different forms`,
					{
						hint: "use variables of one form, or of all",
					},
				);
			}
			common = left;
		}
	}

	/**
	 * Of whom a model is: the narrowest base of its variables.
	 * @throws UserError where there is none.
	 */
	baseOf(variables: readonly PlannedVariable[]): Base {
		if (this.settings.base !== null) return this.settings.base;
		return variables.reduce<PlannedVariable>((narrow, one) => {
			if (isWithin(this.codebook, narrow.base, one.base)) return narrow;
			if (isWithin(this.codebook, one.base, narrow.base)) return one;
			throw new UserError(`${narrow.key} and ${one.key} are asked of different teachers`, {
				hint: "count who was led past a question as a no with --base all",
			});
		}, variables[0] as PlannedVariable).base;
	}

	private find({ name, as }: NamedVariable, isOutcome: boolean): PlannedVariable {
		const word = name.toLowerCase();
		if (as === "number") return this.number(name);
		if (as === "factor") return this.category(name);
		if (Object.hasOwn(this.codebook.groups, word)) return this.category(name);
		const item = this.item(word);
		if (item !== undefined) return this.answer(item, isOutcome);
		return this.isNumber(name) ? this.number(name) : this.category(name);
	}

	/** An item by `topic:key` or variable, or in the topics that are usually shown by its key alone. */
	private item(word: string): SelectedItem | undefined {
		const { codebook } = this;
		const within = (topics: readonly string[]) => topics.flatMap((topic) => itemsOf(codebook, topic));
		const isYesNo = ({ topic, key, item }: SelectedItem) =>
			item !== undefined || codebook.topics[topic]?.derived?.[key]?.rule === "any-of";
		const everything = within(Object.keys(codebook.topics)).filter(isYesNo);
		const found =
			everything.find((one) => idOf(one) === word || one.item?.variable.toLowerCase() === word) ??
			within(defaultTopics(codebook))
				.filter(isYesNo)
				.find(({ key }) => key === word);
		return found ?? everything.find(({ key }) => key === word);
	}

	private answer(item: SelectedItem, isOutcome: boolean): PlannedVariable {
		const id = idOf(item);
		const made = isOutcome ? this.outcomes : this.made;
		if (!made.has(id)) throw noItems([item]);
		if (isOutcome) this.checkYes(item);
		const topic = this.codebook.topics[item.topic] as Topic;
		return this.planned(made.on(id, this.settings.base).name, {
			...{ key: id, kind: "answer", topic: item.topic, item: item.key, values: null },
			variable: item.item?.variable.toUpperCase() ?? null,
			base: this.settings.base ?? item.base,
			forms: topic.forms ?? null,
			selected: item,
		});
	}

	private checkYes({ topic, key, item }: SelectedItem): void {
		const { yes } = this.settings;
		if (yes === null || item === undefined) return;
		const { values } = answersOf(this.codebook, this.codebook.topics[topic] as Topic, item);
		const lost = item.option === undefined ? yes.find((code) => !Object.hasOwn(values, code)) : yes[0];
		if (lost === undefined) return;
		throw new UserError(`${topic}:${key} has no answer ${lost} that --yes could count`, {
			hint: `its answers are ${Object.keys(values).join(", ")}`,
		});
	}

	/** Whether a column that is no group and no item is a number. */
	private isNumber(name: string): boolean {
		const { codebook, header } = this;
		const word = name.toLowerCase();
		const isMeasure = Object.entries(codebook.measures ?? {}).some(
			([key, { variable }]) => key === word || variable.toLowerCase() === word,
		);
		const isCount = Object.values(codebook.topics).some(({ derived = {} }) => Object.hasOwn(derived, word));
		if (isMeasure || isCount || word.includes(":")) return true;
		if (columnIndex(header.columns, name) === undefined) return false;
		const kind = knownVariable(codebook, name)?.kind;
		if (kind === "number" || kind === "scale") return true;
		if (kind === "nominal") return false;
		throw new UserError(`nobody knows whether ${name} holds numbers or codes`, {
			hint: `say number(${name}) or factor(${name})`,
		});
	}

	/** @throws UserError where there is no such number. */
	private number(name: string): PlannedVariable {
		const { codebook, header, settings } = this;
		const { measures, counts } = selectMeasures(codebook, header, [name]);
		const [count] = counts;
		if (count !== undefined) {
			const id = idOf(count);
			if (!this.made.has(id)) throw noItems([count]);
			return this.planned(this.made.on(id, settings.base).name, {
				...{
					key: id,
					kind: "number",
					topic: count.topic,
					item: count.key,
					variable: null,
					label: count.label,
				},
				...{
					base: settings.base ?? count.base,
					values: null,
					forms: codebook.topics[count.topic]?.forms ?? null,
				},
				selected: count,
			});
		}
		const measure = measures[0] as SelectedMeasure;
		const variable = measure.item?.variable.toUpperCase() as string;
		const known = knownVariable(codebook, variable);
		if (measure.meaning.missing === null) this.undeclared.push(variable);
		const read = columnOf(measure, header);
		return this.planned(this.made.measure(idOf(measure), read, settings.base).name, {
			...{ key: variable, kind: "number", topic: null, item: measure.key, variable, values: null },
			...{
				label: known?.label ?? measure.label,
				base: settings.base ?? measure.base,
				forms: known?.forms ?? null,
			},
			selected: measure,
		});
	}

	/** @throws UserError where there is no such group or column. */
	private category(name: string): PlannedVariable {
		const breakdown = resolveBreakdown(this.codebook, this.header, name);
		const known = knownVariable(this.codebook, breakdown.of.column);
		const expression = `factor ${breakdown.id}`;
		this.made.named[expression] ??= breakdown.of;
		return this.planned(expression, {
			...{ key: breakdown.id, kind: breakdown.of.is === "codes" ? "answer" : "category", topic: null },
			...{
				item: breakdown.id,
				variable: breakdown.of.column.toUpperCase(),
				base: this.settings.base ?? "all",
			},
			...{ values: breakdown.values, forms: known?.forms ?? null },
			...(breakdown.named === undefined ? {} : { named: breakdown.named }),
		});
	}

	private planned(
		name: string,
		{ selected, ...variable }: Omit<PlannedVariable, "place"> & { selected?: SelectedItem },
	): PlannedVariable {
		const known = this.names.indexOf(name);
		if (known < 0 && selected !== undefined) this.items.push(selected);
		return { ...variable, place: known >= 0 ? known : this.names.push(name) - 1 };
	}
}
