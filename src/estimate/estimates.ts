import type { SelectedItem } from "../codebook/meaning/select-items.js";
import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import type { Estimate, EstimateRow, IntervalMethod } from "../results/result-set.js";
import type { RatesSettings } from "../settings/rates.js";
import type { Cell } from "../tabulate/cells.js";
import type { GroupCell } from "../tabulate/groups.js";
import {
	type FigureOptions,
	figuresOf,
	type Numbers,
	type Quantiles,
	type TabulatedVariable,
} from "./figures.js";
import { Margins } from "./margin.js";
import type { SuppressionRule } from "./reliability.js";

/** An estimate with its numbers, hidden or not, and the vectors that comparisons and averages build on. */
export interface Measured {
	estimate: EstimateRow;
	/** The statistic under every weight, in the unit of `estimate`. */
	theta: Theta;
	/** Replicates without any weight in the group; they add nothing to the variance. */
	dropped: number;
	/** Degrees of freedom of all rows in the group; may be infinite. */
	df: number;
}

/** Settings shared by all figures of a run. */
export interface EstimationOptions {
	estimator: Estimator;
	degreesOfFreedom(cell: Cell): number;
	rule: SuppressionRule | null;
	hasSchools: boolean;
	settings: Pick<RatesSettings, "level" | "df" | "counts" | "base"> & { ci: IntervalMethod };
	/** See FigureOptions. */
	quantiles: Quantiles | null;
}

/** Turns cells into estimates: by topic and item in codebook order, then by group. */
export function estimateAll(
	groups: readonly Pick<GroupCell, "group" | "cell">[],
	items: readonly (SelectedItem & { tabulated: TabulatedVariable })[],
	options: EstimationOptions,
): Measured[] {
	const figureOptions = groups.map(({ cell }) => optionsFor(cell, options));
	const margins = new Margins(options.estimator.terms);
	return items.flatMap((item) => {
		const about = describe(item, options.settings);
		return groups.flatMap(({ group, cell }, index) => {
			const forCell = figureOptions[index] as FigureOptions;
			const { index: place, states, per } = item.tabulated;
			const margin = margins.of(cell, place, states);
			const other = per && margins.of(cell, per.index, per.states);
			return figuresOf(cell, margin, item.tabulated, forCell, other).map(
				({ numbers, theta, dropped, value }) => {
					const of = value === undefined ? about : valueItem(about, value);
					return { estimate: estimateOf(of, group, numbers), theta, dropped, df: forCell.df };
				},
			);
		});
	});
}

/** Joins description and numbers field by field: copying objects with unknown keys takes longer than estimating. */
function estimateOf(
	about: ReturnType<typeof describe>,
	group: Estimate["group"],
	numbers: Numbers,
): EstimateRow {
	const { topic, item, variable, base } = about;
	const { statistic, estimate, se, ciLow, ciHigh, ciMethod, df } = numbers;
	const { n, schools, weightedN, coverage, deff, status } = numbers;
	return {
		topic,
		item,
		variable,
		base,
		group,
		statistic,
		estimate,
		se,
		ciLow,
		ciHigh,
		ciMethod,
		df,
		n,
		schools,
		weightedN,
		coverage,
		deff,
		status,
	};
}

function optionsFor(cell: Cell, options: EstimationOptions): FigureOptions {
	const { estimator, rule, hasSchools, quantiles, settings, degreesOfFreedom } = options;
	const df = degreesOfFreedom(cell);
	return {
		estimator,
		df: settings.df === "design" ? df : settings.df,
		varies: df > 0,
		level: settings.level,
		ci: settings.ci,
		rule,
		counts: settings.counts,
		quantiles,
		hasSchools,
	};
}

/** One value of a count, presented as an item. */
function valueItem<T extends { item: string }>(about: T, value: number): T {
	return { ...about, item: `${about.item}-${value}` };
}

function describe(
	{ topic, key, item, base }: SelectedItem,
	{ base: requested }: EstimationOptions["settings"],
) {
	return {
		topic,
		item: key,
		variable: item?.variable.toUpperCase() ?? null,
		base: requested ?? base,
	};
}
