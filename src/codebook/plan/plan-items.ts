import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Header } from "../../read/block.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Codebook, Topic } from "../definition/schema.js";
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
	settings: Pick<RatesSettings, "topics" | "items" | "yes"> & Scope,
): Question {
	const selected = selectItems(codebook, settings.topics, settings.items);
	checkBase(codebook, settings.base);
	checkAnswers(codebook, selected, settings.yes);
	const made = new ItemExpressions(codebook, header, settings.yes);
	const items = selected.filter((item) => made.has(idOf(item)));
	if (items.length === 0) throw noItems(selected);
	const variables = items.map((item) => made.on(idOf(item), settings.base).name);
	return {
		plan: {
			...{ expressions: made.named, variables },
			...withUndeclared(planScope(codebook, header, settings), made.undeclared),
		},
		items,
		absent: selected.filter((item) => !items.includes(item)),
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
