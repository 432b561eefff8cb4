import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Codebook } from "../definition/schema.js";
import { type Breakdown, resolveBreakdown, SAMPLES } from "../meaning/breakdown.js";
import { type Condition, resolveCondition } from "../meaning/condition.js";
import type { SelectedItem } from "../meaning/select-items.js";
import type { SelectedMeasure } from "../meaning/select-measures.js";
import type { ItemReader } from "../recode/item-reader.js";
import type { RecodePlan } from "../recode/recoder.js";

/** What is asked of a file, by its codebook. */
export interface Question {
	plan: RecodePlan;
	/** What is estimated, in the order of plan.variables. */
	items: readonly SelectedItem[];
	/** Asked items whose columns the file lacks. */
	absent: readonly SelectedItem[];
	/** True where the breakdowns were not named but taken from the file. */
	byDefault: boolean;
	/** The items that are numbers of the file. */
	measures?: readonly SelectedMeasure[];
}

/** Settings that say of whom figures are asked. */
export type Scope = Pick<RatesSettings, "by" | "where" | "base"> & {
	/** A breakdown whose groups are compared. Rows without a value in it still tell the degrees of freedom. */
	between?: string | null;
	/** Breakdowns beside those asked for, or beside the default ones. */
	also?: readonly string[];
};

export interface Selection {
	codebook: Codebook;
	header: Header;
	picker: ColumnPicker;
	reader: ItemReader;
	items: readonly SelectedItem[];
	absent: readonly SelectedItem[];
}

/** Adds to what is asked of whom it is asked. */
export function complete(
	{ codebook, header, picker, reader, items, absent }: Selection,
	settings: Scope,
): Question {
	const { asked, between, pooled } = breakdowns(codebook, header, settings);
	const conditions = settings.where.map((text) => resolveCondition(codebook, header, text));
	const plan: RecodePlan = {
		picker,
		items: reader,
		variables: items.map(idOf),
		base: settings.base,
		breakdowns: [...asked, ...between, ...pooled],
		asked: asked.length,
		grouped: asked.length + between.length,
		conditions,
		school: schoolColumns(codebook, header.columns),
		noWeight: (codebook.design.missing ?? []).map(Number),
		undeclared: undeclaredColumns([...asked, ...between], conditions),
	};
	reserveColumns(plan.breakdowns, conditions, plan.school, picker);
	return { plan, items, absent, byDefault: settings.by === null };
}

/**
 * The asked breakdowns, the one that groups are compared by, and country and population where they are not
 * asked but would be pooled. Country and population are asked by default, but for what is compared.
 */
export function breakdowns(codebook: Codebook, header: Header, { by, between, also = [] }: Scope) {
	const standard = SAMPLES.filter((id) => {
		const variable = codebook.groups[id]?.variable;
		return variable !== undefined && columnIndex(header.columns, variable) !== undefined;
	});
	const resolve = (name: string) => resolveBreakdown(codebook, header, name);
	const compared = between === undefined || between === null ? [] : [resolve(between)];
	const isCompared = ({ id }: Breakdown) => compared.some((other) => other.id === id);
	const asked = unique([...(by ?? standard), ...also].map(resolve)).filter(
		(breakdown) => !isCompared(breakdown),
	);
	const pooled = standard
		.map(resolve)
		.filter((one) => !isCompared(one) && !asked.some((breakdown) => breakdown.id === one.id));
	return { asked, between: compared, pooled };
}

/**
 * Columns whose every code makes a group or is compared with a number, though nobody says which codes are missing. A
 * condition that names codes speaks of these alone.
 */
function undeclaredColumns(groups: readonly Breakdown[], conditions: readonly Condition[]): number[] {
	const compared = conditions.filter(({ operator }) => operator !== "=").map(({ breakdown }) => breakdown);
	return [...groups, ...compared].flatMap(({ column, undeclared }) => (undeclared ? [column] : []));
}

export function unique(breakdowns: readonly Breakdown[]): Breakdown[] {
	return [...new Map(breakdowns.map((breakdown) => [breakdown.id, breakdown])).values()];
}

/** A school number is unique only within country and population. */
export function schoolColumns(codebook: Codebook, columns: readonly string[]): number[] {
	const { country, population, school } = codebook.ids;
	const place = (name: string | undefined) => (name === undefined ? undefined : columnIndex(columns, name));
	if (place(school) === undefined) return [];
	return [country, population, school].map(place).filter((column) => column !== undefined);
}

/** Blocks hold what the picker knows before reading begins. */
export function reserveColumns(
	breakdowns: readonly Breakdown[],
	conditions: readonly Condition[],
	school: readonly number[],
	picker: ColumnPicker,
): void {
	for (const { column } of breakdowns) picker.slot(column);
	for (const { breakdown } of conditions) picker.slot(breakdown.column);
	for (const column of school) picker.slot(column);
}

export function checkBase({ bases }: Codebook, base: string | null): void {
	if (base === null || Object.hasOwn(bases, base)) return;
	throw new UserError(`"${base}" is no value of --base`, { hint: didYouMean(base, Object.keys(bases)) });
}

export function noItems(selected: readonly SelectedItem[]): UserError {
	const variables = selected.flatMap(({ item }) => (item === undefined ? [] : [item.variable]));
	return new UserError(`the file has none of the columns asked for: ${variables.slice(0, 5).join(", ")}`, {
		hint: "talis-pd inspect FILE shows what it has",
	});
}

export function idOf({ topic, key }: SelectedItem): string {
	return `${topic}:${key}`;
}
