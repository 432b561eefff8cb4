import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Header } from "../../read/block.js";
import { columnIndex, columnName, usedColumn } from "../../read/columns/column-names.js";
import type { Base } from "../../results/result-set.js";
import {
	type Comparator,
	type Formula,
	itemsIn,
	parseFormula,
	profileValues,
} from "../../settings/definition.js";
import { gateItem } from "../definition/gate-item.js";
import { type Profile, profileIn } from "../definition/profiles.js";
import type { Codebook, Item, Topic } from "../definition/schema.js";
import { answersOf, codesOf, yesOf } from "../meaning/answers.js";
import { resolveBreakdown } from "../meaning/breakdown.js";
import { resolveCondition } from "../meaning/condition.js";
import type {
	AnswerExpression,
	Band,
	CountOf,
	EmptyCell,
	Expression,
	Named,
	NumberColumn,
	PossibleForms,
	Restricted,
} from "../meaning/expression.js";
import { gateOf } from "../meaning/gate.js";
import { itemNamed, type SelectedItem } from "../meaning/select-items.js";

/** Name of the forms a teacher may have had. */
const FORMS = "forms";

/** The expressions of a codebook's items and derived rows in a file. */
export class ItemExpressions {
	/** Columns without declared missing codes. */
	readonly undeclared: string[] = [];
	/** Routing never depends on which answers count as yes. */
	private readonly gates: ItemExpressions;

	/**
	 * @param yes Answers that count as yes, instead of the codebook's.
	 * @param named Takes what is asked for, and what that is made of.
	 */
	constructor(
		private readonly codebook: Codebook,
		private readonly header: Header,
		private readonly yes: readonly string[] | null,
		readonly named: Record<string, Expression> = {},
	) {
		this.gates = yes === null ? this : new ItemExpressions(codebook, header, null, named);
	}

	/**
	 * Whether the file has the item's column, or for a derived row the columns of all its items.
	 * @throws UserError where several columns have its name.
	 */
	has(id: string): boolean {
		const { topic, item } = this.find(id);
		if (topic === undefined) return false;
		if (item !== undefined) return usedColumn(this.header.columns, item.variable) !== undefined;
		const parts = this.partsOf(id);
		// A formula of numbers and groups alone is checked where it is read.
		return (parts.length > 0 || this.formulaOf(id) !== "") && parts.every((part) => this.has(part));
	}

	/** Forms of the questionnaire that have all it is made of; null for all. */
	formsOf(id: string): readonly string[] | null {
		if (this.formulaOf(id) === "") return this.find(id).topic?.forms ?? null;
		const forms = this.partsOf(id).flatMap((part) =>
			[this.formsOf(part) ?? []].filter((own) => own.length > 0),
		);
		return forms.length === 0 ? null : forms.reduce((a, b) => a.filter((one) => b.includes(one)));
	}

	/**
	 * The item on a base, by its name.
	 * @param requested Null takes the item's own.
	 * @throws UserError where the file lacks a column, or the base cannot be asked of the item.
	 */
	on(id: string, requested: Base | null): Named {
		if (!this.has(id)) throw lacking(id);
		if (this.profileOf(id) !== undefined && this.yes === null) throw notYesNo(id);
		if (this.formulaOf(id) !== "") return this.defined(id, requested);
		const own = this.baseOf(id);
		const parts = this.isDerived(id) ? this.partsOf(id) : [];
		for (const part of parts) this.on(part, requested);
		const gate = this.gateOf(id, own, requested);
		const isRoutedAsNo = requested === "all" && own !== "all";
		if (gate === null && !isRoutedAsNo) return this.own(id);
		if (parts.length > 0) return this.derived(id, requested);
		return this.define(this.nameOf(id, requested), () => {
			const of = this.own(id);
			if (gate === null) return { is: "routed-as-no", of };
			return gate.widen ? { is: "widened", of, gate: gate.of } : { is: "restricted", of, gate: gate.of };
		});
	}

	/** A profile as a category; undefined for what is none. */
	profile(id: string, requested: Base | null = null): Named | undefined {
		// What is counted as yes is one of its values, never an answer of its parts.
		if (this.yes !== null) return this.gates.profile(id, requested);
		const profile = this.profileOf(id);
		if (profile === undefined) return undefined;
		if (!this.has(id)) throw lacking(id);
		return this.define(`${id} as values${requested === null ? "" : ` on ${requested}`}`, () => {
			const base = requested ?? this.baseOf(id);
			return this.asked(id, this.banded(profile, id, base));
		});
	}

	/**
	 * The item on the base of all, where teachers who skipped it count as no only if the item that decides was
	 * answered; null where no item decides.
	 */
	routedByAnswer(id: string): Named | null {
		if (this.isDerived(id)) return null;
		const item = gateItem(this.codebook, this.baseOf(id), keyOf(id));
		if (item === undefined || !this.gates.has(item)) return null;
		return this.define(`${this.nameOf(id, "all")} by ${item}`, () => {
			const gate = this.gates.own(item);
			// A no wherever there is an answer, whichever it is.
			const answered: AnswerExpression = { is: "all-of", of: [gate, { is: "not", of: gate }] };
			return { is: "widened", of: this.own(id), gate: answered };
		});
	}

	/**
	 * A number of everybody, on a base.
	 * @throws UserError where the base cannot be asked.
	 */
	measure(id: string, column: NumberColumn, requested: Base | null): Named {
		const gate = this.gateOf(id, "all", requested);
		const of = this.define(id, () => column);
		if (gate === null) return of;
		return this.define(this.nameOf(id, requested), () => ({ is: "restricted", of, gate: gate.of }));
	}

	/** The gate that decides who was asked an item, on a base other than its own. */
	private gateOf(id: string, own: Base, requested: Base | null): { of: Named; widen: boolean } | null {
		const gate = gateOf(this.codebook, keyOf(id), own, requested ?? own);
		if (gate === null) return null;
		if (gate === "unrelated") {
			const { label } = entryOf(this.codebook.bases, own) ?? {};
			throw new UserError(
				say`${id} is asked of ${String(label?.en)}, so ${option("base", String(requested))} does not fit it`,
				{
					hint: say`leave out ${option("base")}, or use ${option("base", "all")}`,
				},
			);
		}
		if (!this.gates.has(gate.item)) throw lacking(gate.item);
		return { of: this.gates.own(gate.item), widen: gate.widen };
	}

	/** An item with its own base: for teachers who skipped it, it is not applicable. */
	private own(id: string): Named {
		if (this.formulaOf(id) !== "") return this.defined(id, null);
		if (this.isDerived(id)) return this.derived(id);
		const { decides } = entryOf(this.codebook.bases, this.baseOf(id)) ?? {};
		const gate = gateItem(this.codebook, this.baseOf(id), keyOf(id));
		if (decides === undefined || gate === undefined) {
			return this.define(this.nameOf(id), () => this.codes(id));
		}
		if (!this.gates.has(gate)) throw lacking(gate);
		return this.define(this.nameOf(id), () => ({
			is: "restricted",
			of: this.define(`${this.nameOf(id)} as written`, () => this.codes(id)),
			gate: this.gates.own(gate),
		}));
	}

	private define(name: string, make: () => Expression): Named {
		if (!Object.hasOwn(this.named, name)) this.named[name] = make();
		return { is: "named", name };
	}

	/** A name tells what is not as the codebook has it: the answers that are counted as yes, the base. */
	private nameOf(id: string, requested: Base | null = null): string {
		const counted = this.yes === null ? id : `${id} = ${this.yes.join("|")}`;
		return requested === null ? counted : `${counted} on ${requested}`;
	}

	private find(id: string): { topic?: Topic; item?: Item } {
		const [name = "", key = ""] = id.split(":");
		const topic = entryOf(this.codebook.topics, name);
		if (topic === undefined) return {};
		const item = entryOf(topic.items, key);
		if (item !== undefined) return { topic, item };
		return entryOf(topic.derived, key) === undefined ? {} : { topic };
	}

	private isDerived(id: string): boolean {
		const { topic, item } = this.find(id);
		return topic !== undefined && item === undefined;
	}

	private baseOf(id: string): Base {
		const { topic, item } = this.find(id);
		return item?.base ?? entryOf(topic?.derived, keyOf(id))?.base ?? (topic as Topic).base;
	}

	private codes(id: string): AnswerExpression {
		const { topic, item } = this.find(id) as { topic: Topic; item: Item };
		const place = usedColumn(this.header.columns, item.variable);
		if (place === undefined) throw lacking(id);
		const answers = answersOf(this.codebook, topic, item);
		const codes = codesOf(
			columnName(this.header.columns, place),
			answers,
			yesOf(id, item, answers, this.yes),
		);
		return this.codebook.emptyCells === "inferred"
			? { ...codes, empty: this.emptyCell(id, codes.empty) }
			: codes;
	}

	private emptyCell(id: string, asked: unknown): EmptyCell {
		const { topic, item } = this.find(id) as { topic: Topic; item: Item };
		const elsewhere = item.populations && this.otherThan(item.populations);
		const gate = gateItem(this.codebook, this.baseOf(id), keyOf(id));
		return {
			...(elsewhere === undefined ? {} : { elsewhere }),
			...(topic.forms === undefined || this.codebook.forms === undefined
				? {}
				: { offForm: { is: "off-form", of: this.forms(), forms: topic.forms } }),
			...(gate === undefined || !this.gates.has(gate) ? {} : { gate: this.gates.own(gate) }),
			asked: asked === "no" ? "no" : "omitted",
		};
	}

	/** Teachers who are known to be of none of some populations. */
	private otherThan(populations: readonly string[]): AnswerExpression | undefined {
		const { codebook } = this;
		const { columns } = this.header;
		if (columnIndex(columns, codebook.groups.population?.variable ?? "") === undefined) return undefined;
		const { of } = resolveBreakdown(codebook, { columns }, "population");
		return { is: "not", of: { is: "in", of, values: populations } };
	}

	private forms(): Named {
		return this.define(FORMS, () => {
			const { variable, codes } = this.codebook.forms as NonNullable<Codebook["forms"]>;
			const place = columnIndex(this.header.columns, variable);
			const all = Object.keys(codes);
			if (place === undefined) return { is: "possible-forms", all, by: "answers", evidence: this.answered() };
			const leaves = Object.fromEntries(Object.entries(codes).map(([form, code]) => [code, [form]]));
			const column = columnName(this.header.columns, place);
			return { is: "possible-forms", all, by: "form", evidence: [{ column, codes: leaves }] };
		});
	}

	/** Questions that only some forms have: an answer to one, or having skipped it, identifies the form. */
	private answered(): PossibleForms["evidence"] {
		const { codebook } = this;
		const { columns } = this.header;
		const evidence = new Map<string, Record<string, readonly string[]>>();
		for (const topic of Object.values(codebook.topics)) {
			const { forms, items } = topic;
			if (forms === undefined) continue;
			for (const item of Object.values(items)) {
				const place = columnIndex(columns, item.variable);
				const answers = entryOf(codebook.answers, item.answers ?? topic.answers);
				if (place === undefined || answers === undefined) continue;
				const routed = Object.keys(answers.missing).filter(
					(code) => entryOf(answers.missing, code) === "not-applicable",
				);
				const tells = [...Object.keys(answers.values), ...routed];
				evidence.set(columnName(columns, place), Object.fromEntries(tells.map((code) => [code, forms])));
			}
		}
		return [...evidence].map(([column, codes]) => ({ column, codes }));
	}

	/** Items that a formula is made of. */
	private namesIn(formula: Formula, id: string): string[] {
		if (formula.is === "item") return [this.partNamed(formula.name, id)];
		if (formula.is === "value") return [];
		if (formula.is !== "compared") return [formula.of].flat().flatMap((part) => this.namesIn(part, id));
		const part = itemNamed(this.codebook, formula.name, topicOf(id));
		return part !== undefined && this.isCount(idOf(part)) ? this.partsOf(idOf(part)) : [];
	}

	/**
	 * A row that is made of the items of its topic.
	 * @param requested Base of all of them; undefined takes each one's own.
	 */
	private derived(id: string, requested?: Base | null): Named {
		const [topic = "", key = ""] = id.split(":");
		const rule = entryOf(entryOf(this.codebook.topics, topic)?.derived, key)?.rule;
		return this.define(this.nameOf(id, requested), () => {
			const of = this.partsOf(id).map((part) =>
				requested === undefined ? this.own(part) : this.on(part, requested),
			);
			return { is: rule === "any-of" ? rule : "count-of", of };
		});
	}

	/** An answer that is defined by a formula. */
	private defined(id: string, requested: Base | null): Named {
		const base = requested ?? this.baseOf(id);
		return this.define(this.nameOf(id, requested), () => {
			const profile = this.profile(id, base);
			if (profile !== undefined) return { is: "in", of: profile, values: this.yes ?? [] };
			return this.asked(id, this.whole(parseFormula(this.formulaOf(id)), id, base));
		});
	}

	/**
	 * What is made of several questions, of those who had all of them.
	 * @throws UserError where no form of the questionnaire has all.
	 */
	private asked<E extends AnswerExpression | Band>(id: string, of: E): E | Restricted<E> {
		const forms = this.formsOf(id);
		if (forms?.length === 0) {
			const parts = this.partsOf(id).join(", ");
			throw new UserError(`no teacher was asked all that "${keyOf(id)}" is made of: ${parts}`, {
				hint: "they stand on different forms: define it of questions of one form",
			});
		}
		if (forms === null || this.codebook.forms === undefined) return of;
		// Who had another form was not asked, whatever else was answered.
		const gate: AnswerExpression = { is: "not", of: { is: "off-form", of: this.forms(), forms } };
		return { is: "restricted", of, gate };
	}

	/** A formula of teachers who were administered all that it names: without a part, it would be another concept. */
	private whole(formula: Formula, id: string, base: Base): AnswerExpression {
		const of = this.formula(formula, id, base);
		const parts = this.administered(formula, id, base);
		return parts.length < 2 ? of : { is: "jointly", of, with: parts };
	}

	/** For each item that a formula names, whether it was administered. */
	private administered(formula: Formula, id: string, base: Base): AnswerExpression[] {
		const parts = [...new Set(itemsIn(formula).map((name) => this.partNamed(name, id)))];
		return parts.map((part): AnswerExpression => ({ is: "administered", of: this.on(part, base) }));
	}

	/** The four values of a profile: the first counts twice, so that the number of yes tells which. */
	private banded(profile: Profile, id: string, base: Base): Band {
		const [first, second] = profile.of.map((part) => this.formula(part, id, base)) as [
			AnswerExpression,
			AnswerExpression,
		];
		const bands = profileValues(profile.of).map((value, place) => ({
			value,
			from: 3 - place,
			to: 3 - place,
		}));
		const count: CountOf = { is: "count-of", of: [first, first, second] };
		return {
			is: "band",
			of: { is: "jointly", of: count, with: this.administered(profile, id, base) },
			bands,
		};
	}

	private formula(formula: Formula, id: string, base: Base): AnswerExpression {
		const all = (of: readonly Formula[]) => of.map((part) => this.formula(part, id, base));
		switch (formula.is) {
			case "item": {
				const part = this.partNamed(formula.name, id);
				if (!this.isCount(part)) return this.on(part, base);
				throw new UserError(`"${formula.name}" is a number, so a definition compares it`, {
					hint: `write ${formula.name} >= 3`,
				});
			}
			case "any":
				return { is: "any-of", of: all(formula.of) };
			case "all":
				return { is: "all-of", of: all(formula.of) };
			case "not":
				return { is: "not", of: this.formula(formula.of, id, base) };
			case "profile":
				throw new UserError(`"${keyOf(id)}" has a profile inside, which is not a yes or no`, {
					hint: "write profile(a, b) alone",
				});
			case "count":
				return counted(all(formula.of), formula.by, formula.bound);
			case "compared": {
				const part = itemNamed(this.codebook, formula.name, topicOf(id));
				if (part !== undefined && this.isCount(idOf(part))) {
					const of = this.partsOf(idOf(part)).map((one) => this.on(one, base));
					return counted(of, formula.by, formula.bound);
				}
				return this.condition(`${formula.name}${formula.by}${formula.bound}`);
			}
			case "value":
				return this.condition(`${formula.name}=${formula.values.join(",")}`);
		}
	}

	private condition(text: string): AnswerExpression {
		const { holds, undeclared } = resolveCondition(this.codebook, this.header, text);
		if (undeclared !== undefined) this.undeclared.push(undeclared);
		return holds;
	}

	private isCount(id: string): boolean {
		const { topic, item } = this.find(id);
		return item === undefined && entryOf(topic?.derived, keyOf(id))?.rule === "count";
	}

	private formulaOf(id: string): string {
		return this.find(id).topic?.derived?.[keyOf(id)]?.define ?? "";
	}

	private profileOf(id: string): Profile | undefined {
		const define = this.formulaOf(id);
		return define === "" ? undefined : profileIn(define);
	}

	private partNamed(name: string, id: string): string {
		const found = itemNamed(this.codebook, name, topicOf(id));
		if (found !== undefined && idOf(found) !== id) return idOf(found);
		throw new UserError(`"${keyOf(id)}" is made of "${name}", which is not an item`);
	}

	private partsOf(id: string): string[] {
		const define = this.formulaOf(id);
		if (define !== "") return this.namesIn(parseFormula(define), id);
		const [name = "", key = ""] = id.split(":");
		const topic = entryOf(this.codebook.topics, name) as Topic;
		const of = entryOf(topic.derived, key)?.of ?? Object.keys(topic.items);
		// A file of one population has no column for questions that its questionnaire does not have.
		const isOptional = (item: string) => entryOf(topic.items, item)?.populations !== undefined;
		return of
			.map((item) => ({ item, part: `${name}:${item}` }))
			.filter(({ item, part }) => !isOptional(item) || this.has(part))
			.map(({ part }) => part);
	}
}

function notYesNo(id: string): UserError {
	return new UserError(`"${keyOf(id)}" is a profile with four values, not a yes or no`, {
		hint: say`use it as an item of rates, a group (${option("by", keyOf(id))}), a condition or a predictor`,
	});
}

function lacking(id: string): UserError {
	return new UserError(`the file has no column for ${id}`);
}

function topicOf(id: string): string {
	return id.slice(0, id.indexOf(":"));
}

function idOf({ topic, key }: SelectedItem): string {
	return `${topic}:${key}`;
}

/** Number of yes answers in a list, where missing answers cannot change it. */
function counted(of: readonly AnswerExpression[], by: Comparator, bound: number): AnswerExpression {
	const least = (n: number): AnswerExpression => ({ is: "at-least", least: n, of });
	const below = (n: number): AnswerExpression => ({ is: "not", of: least(n) });
	if (by === ">=") return least(bound);
	if (by === ">") return least(bound + 1);
	if (by === "<") return below(bound);
	if (by === "<=") return below(bound + 1);
	return { is: "all-of", of: [least(bound), below(bound + 1)] };
}

function keyOf(id: string): string {
	return id.slice(id.indexOf(":") + 1);
}
