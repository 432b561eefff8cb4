import type { Locale } from "../locale.js";
import type { Estimate, Group, ResultSet } from "../results.js";

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
	label: string;
}

/** Groups in the order of the results, with their names. */
export function columnsOf({ estimates, labels }: ResultSet): Column[] {
	const groups = new Map(estimates.map(({ group }) => [groupKey(group), group]));
	return [...groups].map(([key, group]) => ({
		key,
		label: Object.entries(group)
			.map(([id, value]) => labels?.groups[id]?.values[value] ?? value)
			.join(" · "),
	}));
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

/** "94.0 (0.6)", a status where the number is hidden, both where it is shown in spite of its status. */
export function figure(row: Estimate | undefined, locale: Locale): string {
	if (row === undefined) return "";
	if (row.estimate === null || row.se === null) return locale.text(`status.${row.status}`);
	const digits = digitsOf(row.statistic);
	const text = `${locale.number(row.estimate, digits)} (${locale.number(row.se, digits)})`;
	return row.status === "ok" ? text : `${text} !`;
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
