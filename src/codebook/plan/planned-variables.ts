import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import type { Header } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { Base } from "../../results/result-set.js";
import type { NamedVariable } from "../../settings/formula.js";
import type { RatesSettings } from "../../settings/rates.js";
import { valuesOfProfile } from "../definition/profiles.js";
import type { Codebook, Topic } from "../definition/schema.js";
import { answersOf } from "../meaning/answers.js";
import { resolveBreakdown } from "../meaning/breakdown.js";
import { isWithin } from "../meaning/gate.js";
import { defaultTopics, itemsOf, OWN, type SelectedItem } from "../meaning/select-items.js";
import { type SelectedMeasure, selectMeasures } from "../meaning/select-measures.js";
import { findVariables } from "../variables/find.js";
import { knownVariable } from "../variables/library.js";
import { ItemExpressions } from "./item-expressions.js";
import { withProfileAsRow } from "./own-definitions.js";
import { columnOf } from "./plan-measures.js";
import { derivedAnswers, idOf, noItems, planScope, type Question, type Scope } from "./scope.js";

/** A variable of models, as it is read and as it is called. */
export interface PlannedVariable {
	/** As terms name it: `topic:item`, a group, a column. */
	key: string;
	/** Yes or no, a number, or one of several levels. */
	kind: "answer" | "number" | "category";
	/** Place among the plan's variables. */
	place: number;
	/** For items. */
	topic: string | null;
	item: string;
	/** Its column in capitals; null for derived rows. */
	variable: string | null;
	base: Base;
	/** For categories: the levels in order; null where the file decides them. */
	values: readonly string[] | null;
	/** Names where no codebook has them. */
	named?: { label: string; values: Readonly<Record<string, string>> };
	/** Forms of the questionnaire that have it; null for all. */
	forms: readonly string[] | null;
}

/** Variables by name, each planned once. */
export class PlannedVariables {
	private readonly items: SelectedItem[] = [];
	private readonly measures: SelectedMeasure[] = [];
	/** Columns without declared missing codes. */
	private readonly undeclared: string[] = [];
	private readonly made: ItemExpressions;
	private readonly outcomes: ItemExpressions;
	private readonly names: string[] = [];

	constructor(
		private readonly codebook: Codebook,
		private readonly header: Header,
		private readonly settings: Pick<RatesSettings, "base" | "yes">,
	) {
		this.made = new ItemExpressions(codebook, header, null);
		this.outcomes = new ItemExpressions(codebook, header, settings.yes, this.made.named);
	}

	/** The question for the requested variables and the teachers that the settings select. */
	question(settings: Scope): Question {
		const { codebook, header, items, measures, undeclared } = this;
		const scope = planScope(codebook, header, settings);
		return {
			plan: {
				expressions: this.made.named,
				variables: this.names,
				...scope,
				undeclared: [
					...new Set([
						...scope.undeclared,
						...undeclared,
						...this.made.undeclared,
						...this.outcomes.undeclared,
					]),
				],
			},
			...{ items, measures, absent: [] },
		};
	}

	/** @throws UserError where nothing has the name, or it is neither an answer nor a number. */
	outcome(name: string): PlannedVariable {
		const [, as, inside] = /^(factor|number)\((.*)\)$/.exec(name) ?? [];
		const variable = this.find(
			{ name: inside ?? name, as: as === undefined ? null : (as as "factor" | "number") },
			true,
		);
		if (variable.kind !== "category") return variable;
		throw new UserError(`${variable.key} has levels, so it cannot be an outcome`, {
			hint: "name an item, a scale or a number",
		});
	}

	/** @throws UserError where nothing has the name. */
	predictor(named: NamedVariable): PlannedVariable {
		return this.find(named, false);
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
	 * The base of a figure that needs several variables: the narrowest of theirs.
	 * @throws UserError where there is none.
	 */
	baseOf(variables: readonly PlannedVariable[]): Base {
		if (this.settings.base !== null) return this.settings.base;
		return variables.reduce<PlannedVariable>((narrow, one) => {
			if (isWithin(this.codebook, narrow.base, one.base)) return narrow;
			if (isWithin(this.codebook, one.base, narrow.base)) return one;
			throw new UserError(`${narrow.key} and ${one.key} are asked of different teachers`, {
				hint: "add --base all to count teachers who skipped a question as no",
			});
		}, variables[0] as PlannedVariable).base;
	}

	private find({ name, as }: NamedVariable, isOutcome: boolean): PlannedVariable {
		const word = name.toLowerCase();
		if (as === "number") return this.number(name);
		if (as === "factor") return this.category(name);
		const { groups, profiles = {} } = this.codebook;
		if (Object.hasOwn(groups, word) || Object.hasOwn(profiles, word)) return this.category(name);
		const item = this.item(word);
		if (item !== undefined && valuesOfProfile(this.codebook, item) !== undefined) return this.category(name);
		if (item !== undefined) return this.answer(item, isOutcome);
		const about = this.itemAbout(name);
		if (about !== undefined) return this.answer(about, isOutcome);
		this.checkSign(name);
		return this.isNumber(name) ? this.number(name) : this.category(name);
	}

	/** @throws UserError for an interaction as R writes it. */
	private checkSign(name: string): void {
		const parts = name.split(":");
		const { groups } = this.codebook;
		const isKnown = (part: string) =>
			Object.hasOwn(groups, part.toLowerCase()) || columnIndex(this.header.columns, part) !== undefined;
		if (parts.length < 2 || !parts.every(isKnown)) return;
		throw new UserError(`"${name}" is no item, and interactions are written with *`, {
			code: "option",
			hint: `write ${parts.join("*")}`,
		});
	}

	/** An item by `topic:key` or variable, or in the topics that are usually shown by its key alone. */
	private item(word: string): SelectedItem | undefined {
		const { codebook } = this;
		const within = (topics: readonly string[]) => topics.flatMap((topic) => itemsOf(codebook, topic));
		const isYesNo = ({ topic, key, item }: SelectedItem) =>
			item !== undefined ||
			["any-of", "defined"].includes(entryOf(entryOf(codebook.topics, topic)?.derived, key)?.rule ?? "");
		const everything = within(Object.keys(codebook.topics)).filter(isYesNo);
		const found =
			everything.find((one) => idOf(one) === word || one.item?.variable.toLowerCase() === word) ??
			within([OWN, ...defaultTopics(codebook)])
				.filter(isYesNo)
				.find(({ key }) => key === word);
		return found ?? everything.find(({ key }) => key === word);
	}

	/** The item whose column, and no other of the file, words are about. */
	private itemAbout(words: string): SelectedItem | undefined {
		const { columns } = this.header;
		if (columnIndex(columns, words) !== undefined) return undefined;
		const found = findVariables(this.codebook, words).filter(
			({ name }) => columnIndex(columns, name) !== undefined,
		);
		const [only] = found;
		return only === undefined || found.length > 1 ? undefined : this.item(only.name.toLowerCase());
	}

	private answer(item: SelectedItem, isOutcome: boolean): PlannedVariable {
		const id = idOf(item);
		const made = isOutcome ? this.outcomes : this.made;
		if (!made.has(id)) throw noItems([item], this.header);
		if (isOutcome) this.checkYes(item);
		return this.planned(made.on(id, this.settings.base).name, {
			...{ key: id, kind: "answer", topic: item.topic, item: item.key, values: null },
			variable: item.item?.variable.toUpperCase() ?? null,
			base: this.settings.base ?? item.base,
			forms: made.formsOf(id),
			selected: item,
		});
	}

	private checkYes({ topic, key, item }: SelectedItem): void {
		const { yes } = this.settings;
		if (yes === null || item === undefined) return;
		const { values } = answersOf(this.codebook, entryOf(this.codebook.topics, topic) as Topic, item);
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
		throw new UserError(`it is not known whether ${name} holds numbers or codes`, {
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
			if (!this.made.has(id)) throw noItems([count], header);
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
					forms: entryOf(codebook.topics, count.topic)?.forms ?? null,
				},
				selected: count,
			});
		}
		const measure = measures[0] as SelectedMeasure;
		const variable = measure.item?.variable.toUpperCase() as string;
		const column = columnOf(measure, header);
		if (measure.meaning.missing === null) this.undeclared.push(column.column);
		this.measures.push(measure);
		return this.planned(this.made.measure(idOf(measure), column, settings.base).name, {
			...{ key: variable, kind: "number", topic: null, item: measure.key, variable, values: null },
			base: settings.base ?? measure.base,
			forms: knownVariable(codebook, variable)?.forms ?? null,
			selected: measure,
		});
	}

	/** @throws UserError where there is no such group or column. */
	private category(name: string): PlannedVariable {
		const derived = derivedAnswers(this.codebook, this.header);
		const breakdown = resolveBreakdown(this.codebook, this.header, name, derived);
		const { id, of } = breakdown;
		const column = "column" in of ? of.column : null;
		const known = column === null ? undefined : knownVariable(this.codebook, column);
		if (breakdown.undeclared && column !== null) this.undeclared.push(column);
		const expression = `factor ${id}`;
		this.made.named[expression] ??= of;
		return this.planned(expression, {
			...{ key: id, kind: of.is === "codes" ? "answer" : "category", topic: null },
			...{ item: id, variable: column?.toUpperCase() ?? null },
			values: breakdown.values,
			...{ base: "all", forms: known?.forms ?? null, ...this.askedOf(id) },
			...(this.settings.base === null ? {} : { base: this.settings.base }),
			...(breakdown.named === undefined ? {} : { named: breakdown.named }),
		});
	}

	/** The base and forms of a category that is an item or is made of items. */
	private askedOf(id: string): Partial<Pick<PlannedVariable, "base" | "forms">> {
		const profile = entryOf(this.codebook.profiles, id);
		const codebook = profile === undefined ? this.codebook : withProfileAsRow(this.codebook, id, profile);
		const [topic = "", key = ""] = id.includes(":") ? id.split(":") : [OWN, id];
		const item = itemsOf(codebook, topic).find((one) => one.key === key);
		if (item === undefined) return {};
		const made = new ItemExpressions(codebook, this.header, null);
		return { base: item.base, forms: made.formsOf(idOf(item)) };
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
