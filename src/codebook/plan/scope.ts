import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { command, option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import { columnIndex, columnName } from "../../read/columns/column-names.js";
import { otherSheets } from "../../read/columns/other-sheets.js";
import { SAMPLES } from "../../results/samples.js";
import type { RatesSettings } from "../../settings/rates.js";
import { noValue } from "../../settings/values.js";
import type { Codebook } from "../definition/schema.js";
import { type Breakdown, type DerivedAnswer, resolveBreakdown } from "../meaning/breakdown.js";
import { resolveCondition } from "../meaning/condition.js";
import type { AnswerExpression, Named } from "../meaning/expression.js";
import { OWN, type SelectedItem } from "../meaning/select-items.js";
import type { SelectedMeasure } from "../meaning/select-measures.js";
import { ItemExpressions } from "./item-expressions.js";
import { withProfileAsRow } from "./own-definitions.js";
import type { Plan, PlannedGroup } from "./plan.js";

/** The question put to a file, in terms of its codebook. */
export interface Question {
	plan: Plan;
	/** The estimates requested, in the order of plan.variables. */
	items: readonly SelectedItem[];
	/** Asked items whose columns the file lacks. */
	absent: readonly SelectedItem[];
	/** The items that are numbers of the file. */
	measures?: readonly SelectedMeasure[];
}

/** Settings that say of whom figures are asked. */
export type Scope = Pick<RatesSettings, "by" | "pool" | "where" | "base"> & {
	/** A breakdown whose groups are compared. Rows without a value in it still tell the degrees of freedom. */
	between?: string | null;
	/** Breakdowns beside those asked for. */
	also?: readonly string[];
};

/** Of whom something is asked: the part of a plan that says which rows are counted, and in which groups. */
export function planScope(
	codebook: Codebook,
	header: Header,
	settings: Scope,
): Pick<Plan, "groups" | "conditions" | "school" | "undeclared"> {
	const derived = derivedAnswers(codebook, header);
	const groups = planGroups(codebook, header, settings, derived);
	const conditions = settings.where.map((text) => resolveCondition(codebook, header, text, derived));
	return {
		groups: groups.map(({ undeclared: _, ...group }) => group),
		conditions: conditions.map(({ undeclared: _, ...condition }) => condition),
		school: schoolColumns(codebook, header.columns),
		undeclared: [
			...groups.flatMap(({ of, undeclared }) => (undeclared && "column" in of ? [of.column] : [])),
			...conditions.flatMap(({ undeclared }) => undeclared ?? []),
		],
	};
}

/** What derived rows are made of, written out, as groups and conditions have no names to refer to. */
export function derivedAnswers(codebook: Codebook, header: Header): DerivedAnswer {
	return (id) => {
		const [, key = ""] = id.split(":");
		const profile = id.startsWith(`${OWN}:`) ? entryOf(codebook.profiles, key) : undefined;
		const own = profile === undefined ? codebook : withProfileAsRow(codebook, key, profile);
		const made = new ItemExpressions(own, header, null);
		if (!made.has(id)) return undefined;
		return writtenOut(made.profile(id) ?? made.on(id, null), made.named) as AnswerExpression;
	};
}

/** An expression without names. */
function writtenOut(value: unknown, named: Readonly<Record<string, unknown>>): unknown {
	if (Array.isArray(value)) return value.map((one) => writtenOut(one, named));
	if (typeof value !== "object" || value === null) return value;
	if ("is" in value && value.is === "named") return writtenOut(named[(value as Named).name], named);
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, writtenOut(one, named)]));
}

/** The same with columns that only items are made of. */
export function withUndeclared<S extends Pick<Plan, "undeclared">>(scope: S, columns: readonly string[]): S {
	return { ...scope, undeclared: [...new Set([...scope.undeclared, ...columns])] };
}

/** A breakdown and the part it has. */
type ScopedGroup = Omit<Breakdown, "number" | "answers"> & Pick<PlannedGroup, "role">;

/**
 * Country and population, each value of which is a sample of its own, unless they are requested, compared or pooled;
 * then the asked breakdowns, and the one that groups are compared by.
 */
function planGroups(
	codebook: Codebook,
	header: Header,
	{ by, pool, between, also = [] }: Scope,
	derived: DerivedAnswer,
): ScopedGroup[] {
	const groups = new Map<string, ScopedGroup>();
	const add = (role: PlannedGroup["role"], names: readonly string[]) => {
		for (const name of names) {
			const { number: _, answers: __, ...breakdown } = resolveBreakdown(codebook, header, name, derived);
			if (!groups.has(breakdown.id)) groups.set(breakdown.id, { ...breakdown, role });
		}
	};
	add("compared", between === undefined || between === null ? [] : [between]);
	add("asked", [...(by ?? []), ...also]);
	const own = [...groups.values()];
	const samples = SAMPLES.flatMap((id) => {
		const { variable = "" } = entryOf(codebook.groups, id) ?? {};
		// Also under the name of its column.
		const column = variable.toUpperCase();
		const isIt = (name: string) =>
			[id, column].includes(name) || entryOf(codebook.groups, name)?.variable.toUpperCase() === column;
		const kept = own.find((group) => isIt(group.id));
		return columnIndex(header.columns, variable) === undefined ? [] : [{ id, kept }];
	});
	for (const { id, kept } of samples) {
		if (kept !== undefined && pool.includes(id)) throw pooledAndKept(id, kept);
		if (kept === undefined && !pool.includes(id)) add("standard", [id]);
	}
	add("pooled", [...samples.map(({ id }) => id), ...markingGroups(codebook, header)]);
	const ofRole = (role: PlannedGroup["role"]) => [...groups.values()].filter((group) => group.role === role);
	return [...ofRole("standard"), ...ofRole("asked"), ...ofRole("compared"), ...ofRole("pooled")];
}

function pooledAndKept(id: (typeof SAMPLES)[number], kept: ScopedGroup): UserError {
	const apart = option(kept.role === "compared" ? "between" : "by", kept.id);
	return new UserError(say`${option("pool", id)} puts together what ${apart} keeps apart`, {
		hint: "leave one of them out",
	});
}

/** Groups whose values tell which systems bear a mark of caution. */
function markingGroups({ groups }: Codebook, { columns }: Header): string[] {
	return Object.entries(groups).flatMap(([id, { variable, values, file }]) => {
		const marks = values !== "systems" && Object.values(values).some(({ caution }) => caution !== undefined);
		return marks && file === undefined && columnIndex(columns, variable) !== undefined ? [id] : [];
	});
}

/** A school number is unique only within country and population. */
function schoolColumns(codebook: Codebook, columns: readonly string[]): string[] {
	const { country, population, school } = codebook.ids;
	const place = (name: string | undefined) => (name === undefined ? undefined : columnIndex(columns, name));
	if (place(school) === undefined) return [];
	return [country, population, school]
		.map(place)
		.filter((column) => column !== undefined)
		.map((column) => columnName(columns, column));
}

export function checkBase({ bases }: Codebook, base: string | null): void {
	if (base === null || Object.hasOwn(bases, base)) return;
	throw noValue("base", `"${base}"`, didYouMean(base, Object.keys(bases)));
}

/** A file without a column of what is asked, or a sheet of a workbook whose others may have them. */
export function noItems(selected: readonly SelectedItem[], { sheets }: Header): UserError {
	const variables = selected.flatMap(({ item }) => (item === undefined ? [] : [item.variable]));
	const asked = [...new Set(variables)].slice(0, MOST_NAMED).join(", ");
	if (selected.length === 0) {
		return new UserError("the codebook has no items to count", {
			hint: say`${command("means", "means FILE")} shows the numbers it lists`,
		});
	}
	if (sheets === undefined) {
		return new UserError(`the file has none of the columns asked for: ${asked}`, {
			hint: say`${command("inspect", "inspect FILE")} shows what it has`,
		});
	}
	return new UserError(`the sheet "${sheets.read}" has none of the columns asked for: ${asked}`, {
		hint: otherSheets(sheets),
	});
}

/** Columns that are named of those that are missing. */
const MOST_NAMED = 3;

/** The row of the codebook that it is, or is an answer of. */
export function idOf({ topic, key, answer }: SelectedItem): string {
	return `${topic}:${answer?.of ?? key}`;
}
