import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Header } from "../../read/block.js";
import type { RatesSettings } from "../../settings/rates.js";
import { profileValueText, valuesOfProfile } from "../definition/profiles.js";
import type { Answers, Codebook, Item, Text, Topic } from "../definition/schema.js";
import { answersOf } from "../meaning/answers.js";
import { type SelectedItem, selectItems } from "../meaning/select-items.js";
import { ItemExpressions } from "./item-expressions.js";
import { checkBase, idOf, noItems, planScope, type Question, type Scope, withUndeclared } from "./scope.js";

/**
 * Settings + codebook + header → what is read, and as what.
 * @throws UserError for unknown topics, items, groups, columns, values and answers.
 */
export function planQuestion(
	codebook: Codebook,
	header: Header,
	settings: Pick<RatesSettings, "topics" | "items" | "yes" | "answers"> & Scope,
): Question {
	const selected = selectItems(codebook, settings.topics, settings.items);
	checkBase(codebook, settings.base);
	checkAnswers(codebook, selected, settings.yes);
	const made = new ItemExpressions(codebook, header, settings.yes);
	const present = selected.filter((item) => made.has(idOf(item)));
	if (present.length === 0) throw noItems(selected, header);
	const items = settings.answers
		? eachAnswer(codebook, present, settings)
		: present.flatMap((item) => eachValue(codebook, item, settings.yes) ?? [item]);
	const madeOf = ({ answer }: SelectedItem) =>
		answer === undefined ? made : new ItemExpressions(codebook, header, [answer.code], made.named);
	const variables = items.map((item) => madeOf(item).on(idOf(item), settings.base).name);
	const routed = settings.base === "all" ? items.map((item) => made.routedByAnswer(idOf(item))) : [];
	const checks = [...new Set(routed.flatMap((one) => one?.name ?? []))];
	const placeOf = (index: number) => {
		const own = routed[index];
		return own ? { routed: variables.length + checks.indexOf(own.name) } : {};
	};
	return {
		plan: {
			...{ expressions: made.named, variables: [...variables, ...checks] },
			...withUndeclared(planScope(codebook, header, settings), made.undeclared),
		},
		items: items.map((item, index) => ({ ...item, ...placeOf(index) })),
		absent: selected.filter((item) => !present.includes(item)),
	};
}

/** `--yes` must be answers of every asked item, or the percentages would be of something else. */
function checkAnswers(
	codebook: Codebook,
	items: readonly SelectedItem[],
	yes: readonly string[] | null,
): void {
	for (const { topic, key, item } of items) {
		if (yes === null || item === undefined) continue;
		if (item.option !== undefined) {
			throw new UserError(
				say`${topic}:${key} is one option of its column, so ${option("yes")} does not fit it`,
				{
					hint: say`leave out ${option("yes")}, or name other items with ${option("items")}`,
				},
			);
		}
		const { values } = answersOf(codebook, codebook.topics[topic] as Topic, item);
		const lost = yes.find((code) => !Object.hasOwn(values, code));
		if (lost === undefined) continue;
		const known = Object.entries(values).map(([code, label]) => `${code} ${label.en}`);
		throw new UserError(`${topic}:${key} has no answer ${lost}`, {
			hint: `its answers are ${known.join(", ")}`,
		});
	}
}

/**
 * Every answer of some items as a row of its own. Derived rows have no answers and are left out.
 * @throws UserError where the shares of an item's answers would not add up.
 */
function eachAnswer(
	codebook: Codebook,
	items: readonly SelectedItem[],
	{ yes, base }: Pick<RatesSettings, "yes" | "base">,
): SelectedItem[] {
	if (yes !== null) {
		throw new UserError(say`${option("answers")} shows every answer, so ${option("yes")} has none to count`, {
			code: "option",
			hint: "leave one of them out",
		});
	}
	const all = items.flatMap((item) => answersOfItem(codebook, item, base));
	if (all.length > 0) return all;
	const names = items.map(idOf).join(", ");
	throw new UserError(say`${names} is made of several items and has no answers of its own`, {
		hint: say`name items with ${option("items")}`,
	});
}

/** A row a value of a profile, whose shares add up to 100 %. */
function rowsOfProfile(selected: SelectedItem, values: readonly string[]): SelectedItem[] {
	const { key, label } = selected;
	return values.map((value) => ({
		...selected,
		...{ key: `${key}=${value}`, answer: { of: key, code: value } },
		label: labelOf(label, profileValueText(value)),
	}));
}

/** "School-based: both", in each language that the value has. */
function labelOf(label: Text, value: Text): Text {
	const texts = Object.entries(value).map(([language, text]) => [
		language,
		`${label[language] ?? label.en}: ${text}`,
	]);
	return { en: "", ...Object.fromEntries(texts) };
}

/** The rows of a profile; undefined for other rows. */
function eachValue(
	codebook: Codebook,
	item: SelectedItem,
	yes: readonly string[] | null,
): SelectedItem[] | undefined {
	const values = valuesOfProfile(codebook, item);
	if (values === undefined || yes === null) return values && rowsOfProfile(item, values);
	throw new UserError(say`${item.key} has values of its own, so ${option("yes")} does not fit it`, {
		hint: say`leave out ${option("yes")}, or name other items with ${option("items")}`,
	});
}

function answersOfItem(codebook: Codebook, selected: SelectedItem, base: string | null): SelectedItem[] {
	const { topic, key, item } = selected;
	if (item === undefined) return eachValue(codebook, selected, null) ?? [];
	const answers = answersOf(codebook, codebook.topics[topic] as Topic, item);
	const why = notShares(item, answers, base === "all" && selected.base !== "all");
	if (why !== undefined) {
		throw new UserError(say`${idOf(selected)} ${why}`, {
			hint: say`leave out ${option("answers")}, or name other items with ${option("items")}`,
		});
	}
	return Object.keys(answers.values).map((code) => ({
		...selected,
		...{ key: `${key}=${code}`, answer: { of: key, code } },
	}));
}

/** Why the shares of an item's answers would not add up to 100 %. */
function notShares(item: Item, { separator, empty }: Answers, isWidened: boolean) {
	if (item.option !== undefined || separator !== undefined) return "is itself one answer of its column";
	if (empty === "no") return "counts empty cells, which are none of its answers";
	if (!isWidened) return undefined;
	return say`has no answer of who was led past it, whom ${option("base", "all")} counts`;
}
