import { NO, YES } from "../../codebook/meaning/states.js";
import { adjustedOf } from "../../compare/families.js";
import type { Figured } from "../../compare/figured.js";
import { byBreakdown } from "../../compare/group-pairs.js";
import type { JointEstimator } from "../../design/estimator.js";
import type { Theta } from "../../design/variance.js";
import { finite } from "../../estimate/finite.js";
import { Margins } from "../../estimate/margin.js";
import { raoScottTest, type TwoWayTable, waldAssociation } from "../../model/association.js";
import { type JointTest, modelDf, waldTest } from "../../model/inference.js";
import type { AssociationRow } from "../../results/associations.js";
import { groupKey } from "../../results/group-key.js";
import type { Group } from "../../results/result-set.js";
import type { CompareSettings } from "../../settings/compare.js";
import type { GroupCell } from "../../tabulate/groups.js";
import type { ValidRows } from "../../tabulate/valid-rows.js";
import { type Sample, tabulatedItems } from "../survey/sample.js";

/**
 * Tests whether percentages or means are equal at all levels of a breakdown. Percentages use the degrees of freedom of
 * rows with both an answer and a level, as R's `svychisq` does; means use those of all rows, as a linear model does.
 * @param figures All figures of the sample; tests leave out hidden ones.
 * @param id The breakdown.
 * @param degreesOfFreedom For all rows of a group, whatever their level.
 */
export function jointTests(
	sample: Sample,
	figures: readonly Figured[],
	settings: CompareSettings,
	id: string,
	degreesOfFreedom: (group: Group) => number,
): AssociationRow[] {
	const cells = new Map(sample.groups.map((one) => [groupKey(one.group), one]));
	const items = tabulatedItems(sample);
	const margins = new Margins(sample.tabulated.estimator.terms);
	const rows = byBreakdown(figures, id).flatMap((bundle): AssociationRow[] => {
		const [first] = bundle.levels.values() as Iterable<Figured>;
		const { estimate } = first as Figured;
		const { topic, item, variable, base, statistic } = estimate;
		if (statistic !== "percent" && statistic !== "mean") return [];
		const own = items.find((one) => one.topic === topic && one.key === item);
		if (own === undefined) return [];
		const shown = [...bundle.levels].filter(([, { hidden }]) => !hidden);
		const parts = shown.map(([, one]) => cells.get(groupKey(one.estimate.group)) as GroupCell);
		const levels = shown.map(([level]) => level);
		const of = { bundle: shown.map(([, one]) => one), parts, item: own.tabulated };
		const test =
			statistic === "mean"
				? testOfMeans(of, sample, degreesOfFreedom(bundle.group))
				: testOfShares(of, sample, margins, settings.test);
		const about = { topic, item, variable, group: bundle.group, base, statistic, between: id, levels };
		return [{ ...about, ...test, pAdjusted: null }];
	});
	const adjusted = adjustedOf(rows, ({ p }) => p, settings.adjust, settings.family);
	return rows.map((row, place) => ({ ...row, pAdjusted: adjusted[place] as number | null }));
}

/** Levels of one item in one group. */
interface Levels {
	bundle: readonly Figured[];
	parts: readonly GroupCell[];
	item: ReturnType<typeof tabulatedItems>[number]["tabulated"];
}

type Numbers = Pick<AssociationRow, "method" | "F" | "df1" | "df2" | "p" | "n">;

function testOfShares(
	{ parts, item }: Levels,
	sample: Sample,
	margins: Margins,
	asked: CompareSettings["test"],
): Numbers {
	const { estimator } = sample.tabulated;
	const method = asked === "wald" || asked === "adj-wald" ? asked : "rao-scott";
	const valid = validRows(sample, item.index, parts);
	const own = parts.map(({ cell }) => margins.of(cell, item.index, item.states));
	const cells = own.map(({ sums }) => [sums[NO] as Float64Array, sums[YES] as Float64Array]);
	const n = own.reduce((sum, { rows }) => sum + (rows[NO] as number) + (rows[YES] as number), 0);
	const isVaried = [0, 1].every((column) => cells.some((row) => (row[column]?.[0] as number) > 0));
	if (cells.length < 2 || !isVaried) return { method, ...NOTHING, n };
	const table: TwoWayTable = { cells, n };
	return { method, ...numbersOf(shareTest(method, table, estimator, valid.df)), n };
}

function shareTest(
	method: Numbers["method"],
	table: TwoWayTable,
	estimator: JointEstimator,
	df: number,
): JointTest {
	if (method === "rao-scott") return raoScottTest(table, estimator, df);
	return waldAssociation(table, estimator, df, method === "adj-wald");
}

/**
 * Tests whether all means are equal: Wald's F of the levels against the first, as in a linear model with one factor.
 */
function testOfMeans({ bundle, parts, item }: Levels, sample: Sample, df: number): Numbers {
	const { estimator } = sample.tabulated;
	const { rows: n } = validRows(sample, item.index, parts);
	if (bundle.length < 2) return { method: "wald", ...NOTHING, n };
	const [reference, ...others] = bundle.map(({ theta }) => theta as Theta) as [Theta, ...Theta[]];
	const thetas = others.map((theta) => theta.map((value, r) => value - (reference[r] as number)));
	return { method: "wald", ...numbersOf(waldTest(thetas, estimator, modelDf(df, bundle.length))), n };
}

function validRows({ collector, tabulated }: Sample, variable: number, parts: readonly GroupCell[]) {
	const rows = (collector as ValidRows).of(
		variable,
		parts.flatMap(({ numbers }) => numbers),
	);
	return { rows: rows.rows, df: tabulated.degreesOfFreedom(rows) };
}

const NOTHING = { F: null, df1: null, df2: null, p: null };

function numbersOf({ F, df1, df2, p }: JointTest): Omit<Numbers, "method" | "n"> {
	if (!Number.isFinite(F) || df2 <= 0) return NOTHING;
	return { F, df1, df2: finite(df2), p: finite(p) };
}
