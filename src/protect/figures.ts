import { groupBy } from "../base/group-by.js";
import { groupKey } from "../results/group-key.js";
import {
	type Estimate,
	type Group,
	isAverage,
	type ResultSet,
	type Status,
	TOTAL,
} from "../results/result-set.js";
import { SAMPLES } from "../results/samples.js";
import type { Formula } from "../settings/definition.js";
import { type Bounds, countBounds, figureBounds, totalBounds } from "./bounds.js";
import { NO_VALUE } from "./lattice.js";

/** Results that are published together. */
export interface Published {
	results: ResultSet;
	/**
	 * Decimals beyond those printed to which figures are rounded, other numbers being rounded as in protected
	 * results; otherwise null.
	 */
	decimals: number | null;
	/** Figures of fewer teachers are not published. */
	least: number;
	/** What defined items are made of. */
	formulas: ReadonlyMap<string, Formula>;
}

/** Rows that are hidden on their own account, not to protect others. */
const SMALL: readonly Status[] = ["few-teachers", "few-schools", "low-response"];

/** What is published about one cell of a table: one row, or the same row in several results. */
export interface PublishedFigure {
	group: Group;
	rows: Estimate[];
	/** Hidden because it rests on too few teachers. */
	small: boolean;
	shown: boolean;
	n: Bounds | null;
	total: Bounds | null;
	/** In the unit of its statistic. */
	value: Bounds | null;
	/** Of `count`. */
	yes: Bounds | null;
}

/** What can be added up: one item of one base, or all items together, in any breakdown. */
export interface FigureTable {
	topic: string;
	item: string;
	/** `mean` averages numbers; `percent` is the share of teachers who say yes. */
	statistic: "percent" | "mean";
	least: number;
	/** Base → group key → figure. */
	layers: Map<string, Map<string, PublishedFigure>>;
	/** Breakdowns in which some teachers have no value. */
	incomplete: ReadonlySet<string>;
	/** Known bounds of the values of a number; 0 and 100 for percentages. */
	range: Bounds;
}

/** Rows of a survey's own groups, published figures and averages over systems aside. */
export function figureTables(published: readonly Published[]): FigureTable[] {
	const rows = published.flatMap((one) => rowsOf(one));
	const spreads = spreadsOf(rows);
	const tables = groupBy(rows, ({ key, row }) => JSON.stringify([key, row.topic, row.item, kindOf(row)]));
	const incomplete = new Set(published.flatMap(({ results }) => incompleteOf(results)));
	return [...tables.values()].flatMap((own) =>
		[...samplesIn(own).values()].map((sample) => ({ ...tableOf(sample, spreads), incomplete })),
	);
}

/** Breakdowns in which a note says that rows have no value, and conditions that not all rows meet. */
function incompleteOf(results: ResultSet): string[] {
	return [
		...results.notes.flatMap(({ code, detail }) =>
			code.startsWith("rows-without-value") ? String(detail?.breakdown) : [],
		),
		...Object.keys(conditionsOf(results)),
	];
}

interface Row {
	/** Of the survey. */
	key: string;
	row: Estimate;
	group: Group;
	from: Published;
}

function rowsOf(from: Published): Row[] {
	const { results } = from;
	// Comparisons of needs and coverage describe teachers who answered both.
	const key = JSON.stringify([
		results.kind === "gaps",
		results.codebook.id,
		results.source.map(({ sha256 }) => sha256).toSorted(),
	]);
	const conditions = conditionsOf(results);
	return results.estimates.flatMap((row) => {
		const values = Object.values(row.group);
		const isOwn = !values.some((value) => value.includes("@") || isAverage(value));
		if (!isOwn || !["percent", "count", "mean", "sd"].includes(row.statistic)) return [];
		return [{ key, row, group: within(conditions, row.group), from }];
	});
}

/** Conditions as groups: who meets one, and the others as those without a value. */
export function conditionsOf({ settings }: ResultSet): Group {
	const pairs = (settings.where ?? []).map((text): [string, string] => {
		const [, id, value] = /^\s*([\w-]+)\s*=\s*([^,\s]+)\s*$/.exec(text) ?? [];
		return id === undefined || value === undefined
			? [text.trim(), "yes"]
			: [id.toLowerCase(), value.toLowerCase()];
	});
	return Object.fromEntries(
		pairs.map(([id, value]) => [id, SAMPLE_IDS.has(id) ? value.toUpperCase() : value]),
	);
}

/** A group with the conditions; where there are none the group itself, whose text is known. */
export const within = (conditions: Group, group: Group): Group =>
	Object.keys(conditions).length === 0 ? group : { ...conditions, ...group };

/** Their values are upper case. */
const SAMPLE_IDS = new Set(["country"]);

const kindOf = ({ statistic }: Estimate) =>
	statistic === "mean" || statistic === "sd" ? ("mean" as const) : ("percent" as const);

/** Unrelated rows in separate tables: one per system, unless a figure combines several. */
function samplesIn(rows: readonly Row[]): Map<string, Row[]> {
	const [first] = rows as [Row];
	const fixed = SAMPLES.filter(
		(id) => id in first.group && rows.every(({ group }) => ![undefined, TOTAL, NO_VALUE].includes(group[id])),
	);
	return groupBy(rows, ({ group }) => JSON.stringify(fixed.map((id) => group[id])));
}

function tableOf(
	rows: readonly Row[],
	spreads: ReadonlyMap<string, number>,
): Omit<FigureTable, "incomplete"> {
	const [
		{
			row: { topic, item },
			row,
			key,
			from,
		},
	] = rows as [Row];
	const layers = new Map<string, Map<string, PublishedFigure>>();
	for (const one of rows) {
		if (one.row.statistic === "sd") continue;
		const layer = layers.get(one.row.base) ?? new Map<string, PublishedFigure>();
		layers.set(one.row.base, layer.set(groupKey(one.group), merged(layer.get(groupKey(one.group)), one)));
	}
	const figures = [...layers.values()].flatMap((layer) => [...layer.values()]);
	const statistic = kindOf(row);
	return {
		...{ topic, item, statistic, layers, least: from.least },
		range:
			statistic === "percent"
				? [0, 100]
				: rangeOf(
						figures.flatMap(({ value }) => value ?? []),
						spreads.get(JSON.stringify([key, topic, item])),
					),
	};
}

function merged(figure: PublishedFigure | undefined, { row, group, from }: Row): PublishedFigure {
	const rounded = from.decimals !== null;
	const before = figure ?? {
		group,
		rows: [],
		small: false,
		shown: false,
		n: null,
		total: null,
		value: null,
		yes: null,
	};
	const isCount = row.statistic === "count";
	const value = row.estimate === null ? null : boundsOf(row, row.estimate, from.decimals);
	const n = row.n === null ? null : countBounds(row.n, rounded);
	// Without weights the one number is the other.
	const total =
		from.results.design.weight === null
			? n
			: row.weightedN === null
				? null
				: totalBounds(row.weightedN, rounded);
	const isSmall = row.estimate === null && SMALL.includes(row.status);
	return {
		group,
		rows: [...before.rows, row],
		small: before.small || isSmall,
		shown: before.shown || row.estimate !== null,
		n: before.n ?? n,
		total: before.total ?? total,
		value: before.value ?? (isCount ? null : value),
		yes: before.yes ?? (isCount ? value : null),
	};
}

/** A figure with an exact interval is 0 or 100 to the last digit, and so is every part of it. */
function boundsOf({ statistic, ciMethod }: Estimate, value: number, decimals: number | null): Bounds {
	return ciMethod === "exact" ? [value, value] : figureBounds(value, statistic, decimals);
}

/** Standard deviations where they are published. */
function spreadsOf(rows: readonly Row[]): Map<string, number> {
	return new Map(
		rows.flatMap(({ key, row: { topic, item, statistic, estimate } }) =>
			statistic === "sd" && estimate !== null ? [[JSON.stringify([key, topic, item]), estimate]] : [],
		),
	);
}

/** Distance from a published mean, in standard deviations, that no teacher is beyond. */
const FAR = 4;

/** If the spread of values is unknown, use the spread of their means, or a tenth of them. */
export function rangeOf(values: readonly number[], spread?: number): Bounds {
	if (values.length === 0) return [0, 1];
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const far = FAR * (spread ?? Math.max(high - low, Math.abs(high) / 10, 1e-6));
	return [low - far, high + far];
}
