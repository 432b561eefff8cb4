import { type Average, averagesOf, isCountry } from "../../compare/averages-of-systems.js";
import { type Figured, fromEstimate } from "../../compare/figured.js";
import { printedInterval } from "../../estimate/interval.js";
import { type EstimateRow, isAverage } from "../../results/result-set.js";
import type { Edition, OwnCell, Pack, PackedCell, PackedTable } from "../pack.js";

/** The figures of a table, as the command line would print them. */
export function chosenFigures({ editions }: Pack, table: PackedTable): Figured[] {
	const edition = editions[table.edition] as Edition;
	return edition.systems.flatMap((code, place) => {
		const cell = table.cells[place] as PackedCell;
		return cell === null ? [] : [fromEstimate(estimateOf(cell, code, table, edition))];
	});
}

/** Whether a figure is of one country or economy, and not of several. */
export function isOfSystem({ estimate }: Figured): boolean {
	return !isAverage(estimate.group.country);
}

/**
 * The averages of a table: the mean of each average's members, as of `--average`.
 */
export function averagesIn(
	{ editions }: Pack,
	table: PackedTable,
	figures: readonly Figured[],
): Map<string, Average> {
	const edition = editions[table.edition] as Edition;
	const own = figures.filter(({ estimate }) => isCountry(estimate));
	const made = Object.keys(edition.averages).flatMap((id) => {
		const members = membersAt(edition.averages[id] ?? {}, table.level, edition);
		const [average] = averagesOf(own, {
			kind: "simple",
			membership: () => ({ id, members }),
			...{ level: edition.level, ci: edition.ci, df: "design" },
		});
		return average === undefined ? [] : [[id, average] as const];
	});
	return new Map(made);
}

/** Members at a level of education, in alphabetical order; where none is told, at the survey's main one. */
export function membersAt(
	members: Readonly<Record<string, readonly string[]>>,
	level: string | null,
	{ mainLevel }: Edition,
): string[] {
	return [...(members[level ?? mainLevel ?? ""] ?? [])].sort();
}

function estimateOf(
	cell: OwnCell | readonly [number, number, string?],
	code: string,
	table: PackedTable,
	edition: Edition,
): EstimateRow {
	const { topic, item, base, statistic, level, group } = table;
	const about = {
		...{ topic, item, base, statistic, variable: null },
		group: { country: code, ...(level === null ? {} : { population: level }), ...group },
	};
	const unknown = { n: null, schools: null, weightedN: null, coverage: null, deff: null };
	if (!("status" in cell)) {
		const [estimate, se, flag] = cell;
		return {
			...{ ...about, ...unknown, estimate, se, df: null },
			...printedInterval(
				{ statistic, estimate, se, n: null },
				Number.POSITIVE_INFINITY,
				edition.level,
				edition.ci,
			),
			...(flag === undefined ? {} : { flag }),
			status: "ok",
		};
	}
	const {
		status,
		estimate = null,
		se = null,
		low = null,
		high = null,
		method = null,
		df = null,
		n = null,
		flag,
	} = cell;
	return {
		...{ ...about, ...unknown, estimate, se, ciLow: low, ciHigh: high, ciMethod: method, df, n, status },
		...(flag === undefined ? {} : { flag }),
	};
}
