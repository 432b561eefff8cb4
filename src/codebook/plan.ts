import { UserError } from "../errors.js";
import type { RatesSettings } from "../settings.js";
import { type Breakdown, resolveBreakdown } from "./breakdown.js";
import { type Condition, resolveCondition } from "./condition.js";
import { ColumnPicker } from "./frame.js";
import { ItemReader } from "./items.js";
import type { RecodePlan } from "./recode.js";
import { columnIndex, type SelectedItem, selectItems } from "./resolve.js";
import type { Codebook } from "./schema.js";

/** What is asked of a file, by its codebook. */
export interface Question {
	plan: RecodePlan;
	/** What is estimated, in the order of plan.variables. */
	items: readonly SelectedItem[];
	/** Asked items whose columns the file lacks. */
	absent: readonly SelectedItem[];
	/** True where the breakdowns were not named but taken from the file. */
	byDefault: boolean;
}

/**
 * Settings + codebook + header → what to read and how to recode it.
 * @throws UserError for unknown topics, items, groups, columns, values and answers.
 */
export function planQuestion(
	codebook: Codebook,
	columns: readonly string[],
	settings: RatesSettings,
): Question {
	const selected = selectItems(codebook, settings.topics, settings.items);
	checkAnswers(codebook, selected, settings.yes);
	const picker = new ColumnPicker();
	const items = new ItemReader(codebook, columns, picker, settings.yes);
	const idOf = ({ topic, key }: SelectedItem) => `${topic}:${key}`;
	const present = selected.filter((item) => items.has(idOf(item)));
	if (present.length === 0) throw noItems(selected);
	for (const item of present) items.prepare(idOf(item), settings.base);
	const { asked, pooled } = breakdowns(codebook, columns, settings.by);
	const conditions = settings.where.map((text) => resolveCondition(codebook, columns, text));
	const plan: RecodePlan = {
		picker,
		items,
		variables: present.map(idOf),
		base: settings.base,
		breakdowns: [...asked, ...pooled],
		asked: asked.length,
		conditions,
		school: schoolColumns(codebook, columns),
		noWeight: (codebook.design.missing ?? []).map(Number),
	};
	reserveColumns(plan.breakdowns, conditions, plan.school, picker);
	return {
		plan,
		items: present,
		absent: selected.filter((item) => !present.includes(item)),
		byDefault: settings.by === null,
	};
}

function noItems(selected: readonly SelectedItem[]): UserError {
	const variables = selected.flatMap(({ item }) => (item === undefined ? [] : [item.variable]));
	return new UserError(`the file has none of the columns asked for: ${variables.slice(0, 5).join(", ")}`, {
		hint: "talis-pd inspect FILE shows what it has",
	});
}

/** `--yes` must be answers of every asked item, or the percentages would be of something else. */
function checkAnswers(
	codebook: Codebook,
	items: readonly SelectedItem[],
	yes: readonly string[] | null,
): void {
	for (const { topic, key, item } of items) {
		if (yes === null || item === undefined) continue;
		const values = codebook.answers[item.answers ?? codebook.topics[topic]?.answers ?? ""]?.values ?? {};
		const lost = yes.find((code) => !Object.hasOwn(values, code));
		if (lost === undefined) continue;
		const known = Object.entries(values).map(([code, label]) => `${code} ${label.en}`);
		throw new UserError(`${topic}:${key} has no answer ${lost}`, {
			hint: `its answers are ${known.join(", ")}`,
		});
	}
}

/** The asked breakdowns, and country and population where they are not asked but would be pooled. */
function breakdowns(codebook: Codebook, columns: readonly string[], by: readonly string[] | null) {
	const standard = ["country", "population"].filter((id) => {
		const variable = codebook.groups[id]?.variable;
		return variable !== undefined && columnIndex(columns, variable) !== undefined;
	});
	const resolve = (name: string) => resolveBreakdown(codebook, columns, name);
	const asked = unique((by ?? standard).map(resolve));
	const pooled = standard.filter((id) => !asked.some((breakdown) => breakdown.id === id)).map(resolve);
	return { asked, pooled };
}

function unique(breakdowns: readonly Breakdown[]): Breakdown[] {
	return [...new Map(breakdowns.map((breakdown) => [breakdown.id, breakdown])).values()];
}

/** A school number is unique only within country and population. */
function schoolColumns(codebook: Codebook, columns: readonly string[]): number[] {
	const { country, population, school } = codebook.ids;
	const place = (name: string | undefined) => (name === undefined ? undefined : columnIndex(columns, name));
	if (place(school) === undefined) return [];
	return [country, population, school].map(place).filter((column) => column !== undefined);
}

/** Blocks hold what the picker knows before reading begins. */
function reserveColumns(
	breakdowns: readonly Breakdown[],
	conditions: readonly Condition[],
	school: readonly number[],
	picker: ColumnPicker,
): void {
	for (const { column } of breakdowns) picker.slot(column);
	for (const { breakdown } of conditions) picker.slot(breakdown.column);
	for (const column of school) picker.slot(column);
}
