import { groupBy } from "../base/group-by.js";
import type { Disclosure } from "../results/about-files.js";
import { groupKey } from "../results/group-key.js";
import type { Coefficient, Model } from "../results/models.js";
import { AVERAGE, type Comparison, type Estimate, type Group } from "../results/result-set.js";
import { type Bounds, figureBounds } from "./bounds.js";
import { POINTS } from "./cells-at-risk.js";
import { conditionsOf, type Published } from "./figures.js";

/** A figure that is published, or hidden; of one survey. */
interface Cell {
	survey: string;
	row: Pick<Estimate, "topic" | "item" | "base" | "variable">;
	statistic: "percent" | "mean";
	group: Group;
	value: Bounds | null;
}

type Cells = ReadonlyMap<string, Cell>;

/** What items of a mean number of kinds and that number may differ by, as not everybody answers everything. */
const NONRESPONSE = 1;

/**
 * Hidden figures that follow from figures of another kind: a mean over systems from the other systems, a mean number of kinds
 * from the other items, a difference from its other side, and a model of one grouping, whose coefficients are the figures of its
 * groups.
 */
export function throughOthers(published: readonly Published[]): Disclosure[] {
	const cells = cellsOf(published);
	const found = [
		...throughAverages(cells),
		...throughSums(cells),
		...published.flatMap((one) =>
			one.results.comparisons.flatMap((row) => throughDifference(row, one, cells)),
		),
		...published.flatMap((one) =>
			(one.results.models ?? []).flatMap((model) => throughModel(model, one, cells)),
		),
	];
	return [...new Map(found.map((one) => [JSON.stringify({ ...one, between: null }), one])).values()];
}

/** The survey of results, by its files. */
const surveyOf = ({ results: { codebook, source, kind } }: Published) =>
	JSON.stringify([codebook.id, source.map(({ sha256 }) => sha256).toSorted(), kind === "gaps"]);

function keyOf(
	survey: string,
	{ topic, item, base }: Pick<Estimate, "topic" | "item" | "base">,
	group: Group,
) {
	return JSON.stringify([survey, topic, item, base, groupKey(group)]);
}

/** Percentages and means by what they are of; one that is told anywhere is told. */
function cellsOf(published: readonly Published[]): Cells {
	const cells = new Map<string, Cell>();
	for (const from of published) {
		const survey = surveyOf(from);
		const conditions = conditionsOf(from.results);
		for (const row of from.results.estimates) {
			const { statistic } = row;
			if (statistic !== "percent" && statistic !== "mean") continue;
			const group = { ...conditions, ...row.group };
			const key = keyOf(survey, row, group);
			const value =
				cells.get(key)?.value ??
				(row.estimate === null ? null : figureBounds(row.estimate, statistic, from.decimals));
			cells.set(key, { survey, row, statistic, group, value });
		}
	}
	return cells;
}

function disclosed({ row, statistic, group }: Cell, between: Bounds): Disclosure[] {
	if (statistic === "percent" && between[1] - between[0] >= POINTS) return [];
	const { topic, item, base } = row;
	return [{ topic, item, statistic, base, group, between }];
}

const sumOf = (cells: readonly Cell[], place: 0 | 1) =>
	cells.reduce((sum, { value }) => sum + (value?.[place] ?? 0), 0);

/** The one member of a simple mean that is hidden, where the mean is not that of the others alone. */
function throughAverages(cells: Cells): Disclosure[] {
	const all = [...cells.values()];
	const isAverage = ({ group }: Cell) => group.country?.startsWith(AVERAGE) === true;
	const peers = groupBy(
		all.filter(({ group }) => group.country !== undefined && !group.country.includes("@")),
		({ survey, row, group: { country: _, ...others } }) => keyOf(survey, row, others),
	);
	return [...peers.values()].flatMap((own) =>
		own.filter(isAverage).flatMap(({ group, value, statistic }) => {
			const members = own.filter((one) => !isAverage(one));
			const [shown, hidden] = [true, false].map((is) => members.filter((one) => (one.value !== null) === is));
			const [only, ...more] = hidden as Cell[];
			const used = Number(/-(\d+)$/.exec(group.country as string)?.[1] ?? members.length);
			if (value === null || only === undefined || more.length > 0 || statistic !== "percent") return [];
			if (used !== members.length) return [];
			const others = shown as Cell[];
			return disclosed(only, [used * value[0] - sumOf(others, 1), used * value[1] - sumOf(others, 0)]);
		}),
	);
}

/** The one item that is hidden beside the mean number of them. */
function throughSums(cells: Cells): Disclosure[] {
	const topics = groupBy([...cells.values()], ({ survey, row, group }) =>
		keyOf(survey, { ...row, item: "" }, group),
	);
	return [...topics.values()].flatMap((own) => {
		const sum = own.find(({ row, statistic }) => statistic === "mean" && row.item === "types")?.value ?? null;
		const items = own.filter(({ row, statistic }) => statistic === "percent" && row.variable !== null);
		const [only, ...more] = items.filter(({ value }) => value === null);
		if (sum === null || only === undefined || more.length > 0 || items.length < 2) return [];
		const others = items.filter(({ value }) => value !== null);
		const [low, high] = [100 * sum[0] - sumOf(others, 1), 100 * sum[1] - sumOf(others, 0)];
		return disclosed(only, [low - NONRESPONSE, high + NONRESPONSE]);
	});
}

/** A hidden side of a difference that is told, where the other side is told there or elsewhere. */
function throughDifference(row: Comparison, from: Published, cells: Cells): Disclosure[] {
	const { between, statistic, difference } = row;
	if (difference === null || (statistic !== "percent" && statistic !== "mean")) return [];
	const survey = surveyOf(from);
	const group = { ...conditionsOf(from.results), ...row.group };
	const cellOf = (side: string) =>
		cells.get(
			between.variable === "item"
				? keyOf(survey, { ...row, item: side }, group)
				: keyOf(survey, row, { ...group, [between.variable]: side }),
		);
	const bounds = (value: number | null) =>
		value === null ? null : figureBounds(value, statistic, from.decimals);
	const apart = bounds(difference) as Bounds;
	const [a, b] = [cellOf(between.a), cellOf(between.b)];
	const [valueA, valueB] = [bounds(row.a.estimate) ?? a?.value, bounds(row.b.estimate) ?? b?.value];
	return [
		...(a?.value === null && valueB != null
			? disclosed(a, [valueB[0] + apart[0], valueB[1] + apart[1]])
			: []),
		...(b?.value === null && valueA != null
			? disclosed(b, [valueA[0] - apart[1], valueA[1] - apart[0]])
			: []),
	];
}

/** How far the sum of two coefficients may be off that are cut after five decimals. */
const CUT = 2e-5;

/** Hidden groups of the one grouping by which a model foretells: its coefficients are their figures. */
function throughModel(model: Model, from: Published, cells: Cells): Disclosure[] {
	const { topic, item, statistic } = model.outcome;
	const [intercept, ...levels] = model.coefficients;
	const keys = new Set(
		levels.map(({ term, level }) => (level === null ? term : term.slice(0, -level.length - 1))),
	);
	const [key] = keys;
	const isOne = keys.size === 1 && levels.every(({ level, term }) => level !== null && !term.includes(" * "));
	if (topic === null || !isOne || key === undefined || intercept?.estimate == null) return [];
	const survey = surveyOf(from);
	const group = { ...conditionsOf(from.results), ...model.group };
	const known = levels.map(({ level }) => level as string);
	const reference = [...cells.values()].flatMap(({ row, group: own }) =>
		row.topic === topic && own[key] !== undefined && !known.includes(own[key] as string)
			? [own[key] as string]
			: [],
	);
	const figure = (coefficient?: Coefficient) => {
		if (coefficient !== undefined && coefficient.estimate === null) return null;
		const sum = (intercept.estimate as number) + (coefficient?.estimate ?? 0);
		const share = (x: number) => (model.family === "logistic" ? 100 / (1 + Math.exp(-x)) : x);
		return [share(sum - CUT), share(sum + CUT)] as const;
	};
	const told = [
		...[...new Set(reference)].map((level) => [level, figure()] as const),
		...levels.map((one) => [one.level as string, figure(one)] as const),
	];
	return told.flatMap(([level, value]) => {
		const cell = cells.get(keyOf(survey, { topic, item, base: model.base }, { ...group, [key]: level }));
		return value !== null && cell?.value === null && cell.statistic === statistic
			? disclosed(cell, value)
			: [];
	});
}
