import { groupBy } from "../../base/group-by.js";
import type { Disclosure } from "../../results/about-files.js";
import { groupKey } from "../../results/group-key.js";
import type { Model } from "../../results/models.js";
import {
	type Comparison,
	type Estimate,
	type Group,
	isAverage,
	type Status,
} from "../../results/result-set.js";
import { type Bounds, figureBounds, totalBounds } from "../bounds.js";
import { POINTS } from "../cells-at-risk.js";
import { conditionsOf, type Published, rangeOf } from "../figures.js";

/** What a figure is of. */
export type CellSubject = Pick<Estimate, "topic" | "item" | "base">;

/** Published figures that reveal others. */
export type Teller = Estimate | Comparison | Model;

/** A figure that is published, or hidden; of one survey. */
export interface PublishedCell {
	survey: string;
	row: CellSubject & Pick<Estimate, "variable">;
	statistic: "percent" | "mean";
	group: Group;
	/** Of an average over systems: how it is made. */
	average: string | null;
	value: Bounds | null;
	/** Of how many in the population it is; null where that is not told. */
	total: Bounds | null;
	/** The same of all of its teachers, with those who did not answer. */
	whole: Bounds | null;
	status: Status;
	/** Where it stands. */
	rows: Estimate[];
}

export type PublishedCells = ReadonlyMap<string, PublishedCell>;

/** A hidden figure that follows from others. */
export interface Told {
	cell: PublishedCell;
	/** Null where it follows from them and numbers of teachers that may be known from elsewhere. */
	between: Bounds | null;
	/** Without these it does not. */
	by: readonly Teller[];
}

/** The survey of results, by its files. */
export const surveyOf = ({ results: { codebook, source, kind } }: Published) =>
	JSON.stringify([codebook.id, source.map(({ sha256 }) => sha256).toSorted(), kind === "gaps"]);

export function cellKey(
	survey: string,
	{ topic, item, base }: CellSubject,
	group: Group,
	average = "",
): string {
	return JSON.stringify([survey, topic, item, base, groupKey(group), average]);
}

/** Percentages and means by their subject; one that is published anywhere counts as published. */
export function cellsOf(published: readonly Published[]): PublishedCells {
	const cells = new Map<string, PublishedCell>();
	for (const from of published) {
		const { settings, design, estimates } = from.results;
		const survey = surveyOf(from);
		const conditions = conditionsOf(from.results);
		for (const row of estimates) {
			const { statistic, status } = row;
			if (statistic !== "percent" && statistic !== "mean") continue;
			const group = { ...conditions, ...row.group };
			const average = isAverage(group.country) ? (settings.averageKind ?? "simple") : null;
			const key = cellKey(survey, row, group, average ?? undefined);
			const known = cells.get(key);
			const size = design.weight === null ? row.n : row.weightedN;
			const coverage = row.coverage ?? 100;
			const total = size === null ? null : totalBounds(size, from.decimals !== null);
			cells.set(key, {
				...{ survey, row, statistic, group, average, status: known?.status ?? status },
				value:
					known?.value ??
					(row.estimate === null ? null : figureBounds(row.estimate, statistic, from.decimals)),
				total: known?.total ?? total,
				whole: known?.whole ?? (total && coverage > 0 ? scaled(total, 100 / coverage) : null),
				rows: [...(known?.rows ?? []), row],
			});
		}
	}
	return cells;
}

export function scaled([low, high]: Bounds, factor: number): Bounds {
	return factor < 0 ? [factor * high, factor * low] : [factor * low, factor * high];
}

export function sumOfBounds(all: readonly Bounds[]): Bounds {
	return all.reduce<Bounds>((sum, one) => [sum[0] + one[0], sum[1] + one[1]], [0, 0]);
}

export function product(a: Bounds, b: Bounds): Bounds {
	const ends = a.flatMap((one) => b.map((other) => one * other));
	return [Math.min(...ends), Math.max(...ends)];
}

/** What percentages may be. */
export const SHARES: Bounds = [0, 100];

/** Those of what is told that tell a figure to within 5 points, or of a mean 5 % of the range that its numbers may have. */
export function disclosing(told: readonly Told[], cells: PublishedCells): Told[] {
	const ranges = new Map<string, Bounds>();
	const subjects = groupBy([...cells.values()], subjectOf);
	const rangeFor = (cell: PublishedCell) => {
		const key = subjectOf(cell);
		const known =
			ranges.get(key) ?? rangeOf((subjects.get(key) as PublishedCell[]).flatMap(({ value }) => value ?? []));
		ranges.set(key, known);
		return known;
	};
	return told.flatMap((one) => {
		const { cell, between } = one;
		if (between === null) return [one];
		const isShare = cell.statistic === "percent";
		const [low, high] = isShare ? SHARES : rangeFor(cell);
		const within = (value: number) => (isShare ? Math.min(Math.max(value, low), high) : value);
		const [from, to] = [within(between[0]), within(between[1])];
		return 100 * (to - from) < POINTS * (high - low) ? [{ ...one, between: [from, to] as const }] : [];
	});
}

const subjectOf = ({ survey, row: { topic, item } }: PublishedCell) => JSON.stringify([survey, topic, item]);

export function asDisclosure({ cell: { row, statistic, group }, between }: Told): Disclosure {
	const { topic, item, base } = row;
	return { topic, item, statistic, base, group, between };
}
