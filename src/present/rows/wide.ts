import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import type { Group, ResultSet, Status } from "../../results/result-set.js";
import { unmarkedName } from "../../wording/group-names.js";
import { breakdownsOf, type DataValue } from "./comparison-rows.js";

/** A number of a wide table with its position. */
export interface WideFigure {
	/** Its row. */
	group: Group;
	/** Its pair of columns. */
	key: string;
	estimate: number | null;
	se: number | null;
	/** Number of teachers behind it; null if it does not belong to one group. */
	n: number | null;
	status: Status;
}

/** Names of rows and columns in wide tables. */
export interface Keys {
	/** Estimates and differences, each with its row and column. */
	figures(results: ResultSet): WideFigure[];
	/** Heads of a pair of columns: the figure and its standard error. */
	heads(key: string): [string, string];
	/** Replacements for a missing figure and its standard error. */
	hidden(status: Status): [string, string];
}

/**
 * The OECD's table layout: a head, then one row per country or group, with two columns per item.
 * @param sizes Whether a third column gives the number of teachers.
 */
export function wideRows(results: ResultSet, keys: Keys, sizes = false): DataValue[][] {
	const figures = keys.figures(results);
	const breakdowns = breakdownsOf(figures);
	const columns = [...new Set(figures.map(({ key }) => key))];
	const rows = groupBy(figures, ({ group }) => groupKey(group));
	return [
		[
			...breakdowns,
			"name",
			...columns.flatMap((key) => [...keys.heads(key), ...(sizes ? [`${keys.heads(key)[0]} n`] : [])]),
		],
		...[...rows.values()].map((row) => {
			const { group } = row[0] as WideFigure;
			const cells = new Map(row.map((figure) => [figure.key, figure]));
			return [
				...breakdowns.map((id) => group[id] ?? ""),
				unmarkedName(group, results),
				...columns.flatMap((key) => [
					...pair(cells.get(key), keys),
					...(sizes ? [cells.get(key)?.n ?? null] : []),
				]),
			];
		}),
	];
}

/** Empty if the row has no such figure, the reason if it is hidden. */
function pair(figure: WideFigure | undefined, keys: Keys): DataValue[] {
	if (figure === undefined) return [null, null];
	const { estimate, se, status } = figure;
	return estimate === null && status !== "ok" ? keys.hidden(status) : [estimate, se];
}
