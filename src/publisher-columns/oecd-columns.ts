import type { Codebook } from "../codebook/definition/schema.js";
import { codebookOfCycle } from "../codebook/definition/shipped-by-cycle.js";
import type { Keys, WideFigure } from "../present/rows/wide.js";
import {
	type Comparison,
	type Group,
	type ResultSet,
	type Status,
	type Subject,
	TOTAL,
} from "../results/result-set.js";

type Names = NonNullable<Codebook["published"]>;

/** What rows of OECD's tables are: all other breakdowns stand in the columns. */
const ROWS = ["country", "population"];

/** OECD's symbols where there is no figure: not asked, too few observations, no data. */
const SYMBOLS: Partial<Record<Status, string>> = { "not-administered": "a", "no-data": "m" };
const TOO_FEW = "c";

/**
 * Columns as the publisher's tables call them: `b.meanpct.d_tt4g24ahigh..exp..1 under_5yrs` beside `se.…`, with
 * `(3 over_10yrs-1 under_5yrs)` for a difference. What the publisher has no name for is called in the same manner.
 */
export function publisherKeys(codebook: Codebook, names: Names): Keys {
	return {
		figures(results) {
			const name = namer(codebook, names, results);
			return [
				...results.estimates.map((row) => ({
					...row,
					group: rowOf(row.group),
					key: name(row) + groupPart(row.group, names),
				})),
				...results.comparisons.map((row) => difference(row, name, names, results)),
			];
		},
		heads: (key) => [`b.${key}`, `se.${key}`],
		hidden(status) {
			const symbol = SYMBOLS[status] ?? TOO_FEW;
			return [symbol, symbol];
		},
	};
}

function rowOf(group: Group): Group {
	return Object.fromEntries(Object.entries(group).filter(([id]) => ROWS.includes(id)));
}

function groupPart(group: Group, names: Names): string {
	return Object.entries(group)
		.filter(([id, value]) => !ROWS.includes(id) && value !== TOTAL)
		.map(([id, value]) => `..${names.groups[id]?.name ?? id}..${valueName(id, value, names)}`)
		.join("");
}

function valueName(id: string, value: string, names: Names): string {
	return names.groups[id]?.values[value] ?? value;
}

/** Between groups within a column's breakdown; between levels, countries and cycles, each by its own name, as (a)-(b). */
function difference(
	row: Comparison,
	name: (row: Subject) => string,
	names: Names,
	results: ResultSet,
): WideFigure {
	const { between, group, difference: estimate, se, status } = row;
	const { variable: id, a, b } = between;
	const rest = groupPart(group, names);
	const of = (side: string, { topic, item }: { topic: string; item: string }) =>
		`(${name({ ...row, topic, item, variable: item === row.item && topic === row.topic ? row.variable : null })}${rest}${side})`;
	const figure = { group: rowOf(group), estimate, se, status };
	if (id === "item") {
		const subject = (value: string) => {
			const [topic = "", item] = value.split(":");
			return item === undefined ? { topic: row.topic, item: topic } : { topic, item };
		};
		return { ...figure, key: `${of("", subject(a))}-${of("", subject(b))}` };
	}
	if (id === "topic") {
		const subject = (topic: string) => ({ topic, item: row.item });
		return { ...figure, key: `${of("", subject(a))}-${of("", subject(b))}` };
	}
	if (id in names.groups && !ROWS.includes(id)) {
		const sides = `(${valueName(id, a, names)}-${valueName(id, b, names)})`;
		return { ...figure, key: `${name(row)}${rest}..${names.groups[id]?.name}..${sides}` };
	}
	if (id === "cycle") {
		const cycle = (value: string) => {
			const asked = codebookOfCycle(Number(value), undefined);
			const called = asked?.published === undefined ? name : namer(asked, asked.published, results);
			return `(${called({ ...row, variable: null })}${rest})`;
		};
		return { ...figure, key: `${cycle(a)}-${cycle(b)}` };
	}
	const side = (value: string) => `_${id === "population" ? value.replace(/^isced/, "isc") : value}`;
	return { ...figure, key: `${of(side(a), row)}-${of(side(b), row)}` };
}

/** `meanpct.d_` and the variable with the answer that counts; means of numbers have no answer. */
function namer(codebook: Codebook, names: Names, { settings }: ResultSet): (row: Subject) => string {
	const counted = Array.isArray(settings.yes) ? settings.yes.join("_") : undefined;
	return ({ topic, item, variable, base, statistic }) => {
		const known = codebook.topics[topic];
		const asked = known?.items[item];
		const derived = names.derived[`${topic}:${item}`];
		const answers = asked?.answers ?? known?.answers ?? "";
		const column = (variable ?? asked?.variable ?? `${topic}_${item}`).toLowerCase();
		const answer = counted ?? names.answers[answers] ?? "";
		const of = asked?.base ?? known?.base ?? base;
		return [
			statistic === "percent" ? "meanpct" : statistic,
			".",
			derived ?? (asked === undefined ? column : `d_${column}${answer}`),
			base === of ? "" : `..base..${base}`,
		].join("");
	};
}
