import { entryOf } from "../base/entry-of.js";
import { ofCycle } from "../codebook/definition/family.js";
import type { Codebook, PublisherColumns } from "../codebook/definition/schema.js";
import type { Keys, WideFigure } from "../present/rows/wide.js";
import { type Comparison, type Group, type ResultSet, type Subject, TOTAL } from "../results/result-set.js";

/** What rows of wide tables are: all other breakdowns stand in the columns. */
const ROWS = ["country", "population"];

/** A codebook that says how its publisher calls columns. */
interface Naming {
	codebook: Codebook;
	columns: PublisherColumns;
	/** What the publisher calls answers, derived rows and groups. */
	names: NonNullable<Codebook["published"]>;
}

const NO_NAMES = { answers: {}, derived: {}, groups: {} };

/** Undefined where the codebook does not say how its publisher calls columns. */
export function publisherNaming(codebook: Codebook | undefined): Naming | undefined {
	const columns = codebook?.publisher?.columns;
	if (codebook === undefined || columns === undefined) return undefined;
	return { codebook, columns, names: codebook.published ?? NO_NAMES };
}

/**
 * Columns as the publisher's tables call them; what it has no name for is called in the same manner. In OECD's tables
 * `b.meanpct.d_tt4g24ahigh..exp..1 under_5yrs` stands beside `se.…`, with `(3 over_10yrs-1 under_5yrs)` for a difference.
 */
export function namedColumns(naming: Naming): Keys {
	const { columns } = naming;
	return {
		figures(results) {
			return [
				...results.estimates.map((row) => ({
					...row,
					group: rowOf(row.group),
					key: keyOf(row, results, naming) + groupPart(row.group, naming),
				})),
				...results.comparisons.map((row) => difference(row, results, naming)),
			];
		},
		heads: (key) => [filled(columns.figure, { key }), filled(columns.error, { key })],
		hidden(status) {
			const symbol = columns.hidden[status] ?? columns.hidden.other ?? "";
			return [symbol, symbol];
		},
	};
}

/** A name with its {parts} filled in. */
function filled(template: string, parts: Readonly<Record<string, string>>): string {
	return template.replace(/\{(\w+)\}/g, (whole, part: string) => parts[part] ?? whole);
}

function rowOf(group: Group): Group {
	return Object.fromEntries(Object.entries(group).filter(([id]) => ROWS.includes(id)));
}

function groupPart(group: Group, naming: Naming): string {
	const { columns, names } = naming;
	return Object.entries(group)
		.filter(([id, value]) => !ROWS.includes(id) && value !== TOTAL)
		.map(([id, value]) =>
			filled(columns.group, {
				group: entryOf(names.groups, id)?.name ?? id,
				value: valueName(id, value, naming),
			}),
		)
		.join("");
}

function valueName(id: string, value: string, { columns, names }: Naming): string {
	const own = id === "population" ? columns.populations : entryOf(names.groups, id)?.values;
	return own?.[value] ?? value;
}

/** Within a column's breakdown as one name; between levels, countries, cycles and items, each side by its own. */
function difference(row: Comparison, results: ResultSet, naming: Naming): WideFigure {
	const { between, group, difference: estimate, se, status } = row;
	const { columns, names } = naming;
	const { variable: id, a, b } = between;
	const figure = { group: rowOf(group), estimate, se, n: null, status };
	const rest = groupPart(group, naming);
	if (id in names.groups && !ROWS.includes(id)) {
		const sides = { a: valueName(id, a, naming), b: valueName(id, b, naming) };
		const key = keyOf(row, results, naming) + rest;
		return {
			...figure,
			key: filled(columns.within, { key, group: entryOf(names.groups, id)?.name ?? id, ...sides }),
		};
	}
	const side = (value: string) => sideKey(row, value, rest, results, naming);
	return { ...figure, key: filled(columns.between, { a: side(a), b: side(b) }) };
}

/** What one side of a difference would be called by itself. */
function sideKey(row: Comparison, value: string, rest: string, results: ResultSet, naming: Naming): string {
	const { variable } = row.between;
	if (variable === "item" || variable === "topic") {
		const [first = "", second] = value.split(":");
		const item = variable === "topic" ? row.item : (second ?? first);
		const topic = variable === "topic" || second !== undefined ? first : row.topic;
		const same = item === row.item && topic === row.topic;
		return keyOf({ ...row, topic, item, variable: same ? row.variable : null }, results, naming) + rest;
	}
	if (variable === "cycle") {
		const own = publisherNaming(ofCycle(naming.codebook, Number(value))) ?? naming;
		return keyOf({ ...row, variable: null }, results, own) + rest;
	}
	const end = filled(naming.columns.side, { value: valueName(variable, value, naming) });
	return keyOf(row, results, naming) + rest + end;
}

/** The variable with the answer that counts; numbers, which have no answer, and derived rows by their own names. */
function keyOf(row: Subject, { settings }: ResultSet, { codebook, columns, names }: Naming): string {
	const { topic, item, variable, base, statistic } = row;
	const known = entryOf(codebook.topics, topic);
	const asked = entryOf(known?.items, item);
	const column = (variable ?? asked?.variable ?? `${topic}_${item}`).toLowerCase();
	const answer =
		settings.yes?.join("_") ?? entryOf(names.answers, asked?.answers ?? known?.answers ?? "") ?? "";
	const own = asked === undefined ? column : filled(columns.item, { variable: column, answer });
	const called = {
		statistic: statistic === "percent" ? columns.percent : statistic,
		item: entryOf(names.derived, `${topic}:${item}`) ?? own,
	};
	const usual = asked?.base ?? known?.base ?? base;
	return filled(columns.key, called) + (base === usual ? "" : filled(columns.base, { base }));
}
