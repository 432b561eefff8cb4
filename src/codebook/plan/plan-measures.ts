import { UserError } from "../../base/errors.js";
import { command, option, say } from "../../base/say.js";
import type { Header } from "../../read/block.js";
import { columnIndex, columnName } from "../../read/columns/column-names.js";
import type { Codebook } from "../definition/schema.js";
import type { NumberColumn } from "../meaning/expression.js";
import type { SelectedItem } from "../meaning/select-items.js";
import { type SelectedMeasure, selectMeasures } from "../meaning/select-measures.js";
import { ItemExpressions } from "./item-expressions.js";
import { checkBase, idOf, planScope, type Question, type Scope } from "./scope.js";

/**
 * The same for numbers of the file: scales, years, the number of activity types.
 * @throws UserError for unknown columns, groups and values.
 */
export function planMeasures(
	codebook: Codebook,
	header: Header,
	settings: { variables: readonly string[]; topics: readonly string[] } & Scope,
): Question & { measures: readonly SelectedMeasure[] } {
	checkBase(codebook, settings.base);
	const made = new ItemExpressions(codebook, header, null);
	const selected = selectMeasures(codebook, header, settings.variables);
	const isAsked = ({ topic }: SelectedItem) =>
		settings.topics.length === 0 || settings.topics.includes(topic);
	for (const measure of selected.measures) refuseCodes(codebook, measure);
	const [measures, counts] = [selected.measures.filter(isAsked), selected.counts.filter(isAsked)];
	const present = counts.filter((item) => made.has(idOf(item)));
	const items = [...measures, ...present];
	if (items.length === 0) {
		throw new UserError("the file has none of the numbers the codebook lists", {
			hint: say`name columns with ${option("variables")}, or leave out ${option("topics")}`,
		});
	}
	const variables = [
		...measures.map((measure) => made.measure(idOf(measure), columnOf(measure, header), settings.base)),
		...present.map((item) => made.on(idOf(item), settings.base)),
	];
	const scope = planScope(codebook, header, settings);
	const undeclared = measures.filter(({ meaning }) => meaning.missing === null);
	return {
		plan: {
			expressions: made.named,
			variables: variables.map(({ name }) => name),
			...scope,
			undeclared: [...scope.undeclared, ...undeclared.map((measure) => columnOf(measure, header).column)],
		},
		items,
		absent: counts.filter((item) => settings.variables.length > 0 && !present.includes(item)),
		measures,
	};
}

/** @throws UserError where a column that the codebook does not list as a number holds codes without an order. */
function refuseCodes({ measures = {} }: Codebook, { key, item, meaning }: SelectedMeasure): void {
	if (meaning.kind !== "nominal" || Object.hasOwn(measures, key)) return;
	const variable = item?.variable ?? key;
	throw new UserError(`${variable} holds codes without an order, which have no mean`, {
		hint: say`${command("rates", "rates")} shows the share of each, with ${option("by", variable)} or, of items, ${option("answers")}`,
	});
}

/** How to read a measure. */
export function columnOf({ item, meaning }: SelectedMeasure, { columns }: Header): NumberColumn {
	const place = columnIndex(columns, item?.variable ?? "") as number;
	const { missing, possible } = meaning;
	return {
		is: "number",
		column: columnName(columns, place),
		missing: missing ?? { codes: {} },
		...(possible === undefined ? {} : { possible }),
	};
}
