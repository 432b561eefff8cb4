import { UserError } from "../../base/errors.js";
import type { Header } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { Codebook } from "../definition/schema.js";
import type { SelectedItem } from "../meaning/select-items.js";
import { type SelectedMeasure, selectMeasures } from "../meaning/select-measures.js";
import { ItemReader } from "../recode/item-reader.js";
import { measureMaker } from "../recode/measure-maker.js";
import { checkBase, complete, idOf, type Question, type Scope } from "./scope.js";

/**
 * The same for numbers of the file: scales, years, the number of activity types.
 * @throws UserError for unknown columns, groups and values.
 */
export function planMeasures(
	codebook: Codebook,
	header: Header,
	settings: { variables: readonly string[]; topics: readonly string[] } & Scope,
	picker: ColumnPicker,
): Question & { measures: readonly SelectedMeasure[] } {
	const reader = new ItemReader(codebook, header.columns, picker, null);
	checkBase(codebook, settings.base);
	const selected = selectMeasures(codebook, header, settings.variables);
	const isAsked = ({ topic }: SelectedItem) =>
		settings.topics.length === 0 || settings.topics.includes(topic);
	const [measures, counts] = [selected.measures.filter(isAsked), selected.counts.filter(isAsked)];
	for (const measure of measures) {
		const slot = picker.slot(columnIndex(header.columns, measure.item?.variable ?? "") as number);
		reader.define(idOf(measure), measureMaker(slot, measure.meaning));
	}
	const present = counts.filter((item) => reader.has(idOf(item)));
	const items = [...measures, ...present];
	if (items.length === 0) {
		throw new UserError("the file has none of the numbers the codebook lists", {
			hint: "name columns with --variable, or leave out --topic",
		});
	}
	for (const item of items) reader.prepare(idOf(item), settings.base);
	const absent = counts.filter((item) => settings.variables.length > 0 && !present.includes(item));
	const question = complete({ codebook, header, picker, reader, items, absent }, settings);
	const undeclared = measures
		.filter(({ meaning }) => meaning.missing === null)
		.map(({ item }) => columnIndex(header.columns, item?.variable ?? "") as number);
	const plan = { ...question.plan, undeclared: [...question.plan.undeclared, ...undeclared] };
	return { ...question, plan, measures };
}
