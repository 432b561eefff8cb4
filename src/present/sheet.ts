import type { Locale } from "../locale.js";
import type { Estimate, Group, Note, ResultSet } from "../results.js";

/** The estimates of one topic on one base. */
export interface Section {
	title: string;
	base: string;
	rows: ItemRow[];
}

/** One item with its estimates by group key. */
export interface ItemRow {
	item: string;
	label: string;
	statistic: Estimate["statistic"];
	cells: ReadonlyMap<string, Estimate>;
	counts: ReadonlyMap<string, Estimate>;
}

export interface Column {
	key: string;
	/** The names of its values, joined. */
	label: string;
	values: string[];
}

/** Groups in the order of the results, with their names. */
export function columnsOf({ estimates, labels }: ResultSet): Column[] {
	const groups = new Map(estimates.map(({ group }) => [groupKey(group), group]));
	return [...groups].map(([key, group]) => {
		const values = Object.entries(group).map(([id, value]) => labels?.groups[id]?.values[value] ?? value);
		return { key, label: values.join(" · "), values };
	});
}

/** Whether a source says of itself that its teachers are made up. */
export function isSynthetic({ source }: ResultSet): boolean {
	return source.some(({ synthetic }) => synthetic === true);
}

/** "France: " before a note on one group, nothing before the others. */
export function noteGroup({ group }: Note, columns: readonly Column[]): string {
	if (group === undefined) return "";
	const label = columns.find(({ key }) => key === groupKey(group))?.label ?? "";
	return label === "" ? "" : `${label}: `;
}

/** Divides the estimates by topic and base, items in the order of the results. */
export function sectionsOf({ estimates, labels }: ResultSet): Section[] {
	const parts = groupBy(estimates, ({ topic, base }) => `${topic} ${base}`);
	return [...parts.values()].map((part) => {
		const { topic, base } = part[0] as Estimate;
		return {
			title: labels?.topics[topic]?.title ?? topic,
			base: labels?.bases[base] ?? base,
			rows: itemRows(part),
		};
	});
}

function itemRows(estimates: readonly Estimate[]): ItemRow[] {
	return [...groupBy(estimates, ({ item }) => item).values()].map((rows) => {
		const { item, label } = rows[0] as Estimate;
		const byGroup = (chosen: Estimate[]) => new Map(chosen.map((row) => [groupKey(row.group), row]));
		const main = rows.filter(({ statistic }) => statistic !== "count");
		const counts = rows.filter(({ statistic }) => statistic === "count");
		return {
			item,
			label,
			statistic: main[0]?.statistic ?? "count",
			cells: byGroup(main),
			counts: byGroup(counts),
		};
	});
}

function groupKey(group: Group): string {
	return JSON.stringify(group);
}

/** Decimals a statistic is printed with. */
export function digitsOf(statistic: Estimate["statistic"]): number {
	if (statistic === "count") return 0;
	return statistic === "mean" ? 2 : 1;
}

/** Number, bracketed error and mark; undefined where the number is hidden. */
export function figureParts(row: Estimate, locale: Locale) {
	if (row.estimate === null) return undefined;
	const digits = digitsOf(row.statistic);
	return {
		number: locale.number(row.estimate, digits),
		error: row.se === null ? "(–)" : `(${locale.number(row.se, digits)})`,
		mark: row.status === "ok" ? "" : " !",
	};
}

/** "94.0 (0.6)", a status where the number is hidden, both where it is shown in spite of its status. */
export function figure(row: Estimate | undefined, locale: Locale): string {
	if (row === undefined) return "";
	const parts = figureParts(row, locale);
	if (parts === undefined) return locale.text(`status.${row.status}`);
	return `${parts.number} ${parts.error}${parts.mark}`;
}

/** How intervals and errors were made, in a line. */
export function designLine({ design, settings }: ResultSet, locale: Locale): string {
	const level = settings.level as number;
	return locale.text("table.design", {
		method: design.method === "fay-brr" ? "Fay-BRR" : design.method,
		replicates: design.replicates,
		level: percentText(level, locale),
		ci: String(settings.ci),
	});
}

/** "95%" from 0.95, as the language writes it. */
export function percentText(share: number, locale: Locale): string {
	const percent = 100 * share;
	const text = locale.number(percent, Number.isInteger(Math.round(percent * 1e6) / 1e6) ? 0 : 1);
	return locale.language === "en" ? `${text}%` : `${text} %`;
}

/** Statuses that stand beside a number in these results, for the legend of "!". */
export function markedStatuses({ estimates }: ResultSet, locale: Locale): string {
	const marked = estimates.filter(({ estimate, status }) => estimate !== null && status !== "ok");
	return [...new Set(marked.map(({ status }) => locale.text(`status.${status}`)))].join(", ");
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const value of values) {
		const group = groups.get(keyOf(value));
		if (group === undefined) groups.set(keyOf(value), [value]);
		else group.push(value);
	}
	return groups;
}
