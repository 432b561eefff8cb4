import type { ItemCalibration, Target, TopicCalibration } from "../calibration/calibration.js";
import { type ItemCodes, OPEN } from "../calibration/item-codes.js";
import { fits, rowsWhere, type Teachers } from "../sample/teachers.js";
import { splitByShare, spreadClosely, spreadCodes } from "./quota.js";

/** An item while it is being answered. */
export interface Draw {
	key: string;
	codes: ItemCodes;
	target: Target;
	propensity: Float64Array;
	/** Rows that answer, in file order. */
	open: number[];
	/** Codes so far; OPEN until answered. */
	column: Int32Array;
	cutoff: number;
}

export function isTarget(entry: ItemCalibration | undefined): entry is Target {
	return entry !== undefined && "percent" in entry;
}

/** Rows of a column that are still to be answered. */
export function unansweredRows(teachers: Teachers, column: Int32Array): number[] {
	return rowsWhere(teachers, (row) => column[row] === OPEN);
}

/**
 * Answers an item so that the target is met among its rows: the rows with the highest propensity say
 * yes. Rows outside the target's `where` answer by the same propensity.
 */
export function answer(draw: Draw, teachers: Teachers, shares: TopicCalibration["shares"]): void {
	const { codes, target, propensity, open, column } = draw;
	const inside = fits(teachers, target.where);
	const split = splitByShare(open.filter(inside), propensity, teachers.weight, target.percent / 100);
	const outside = open
		.filter((row) => !inside(row))
		.toSorted((a, b) => at(propensity, a) - at(propensity, b));
	const isYes = (row: number): boolean => at(propensity, row) >= split.cutoff;
	const spreading = target.shares === undefined ? spreadCodes : spreadClosely;
	const spread = (rows: readonly number[], side: readonly number[]): void =>
		spreading(rows, teachers.weight, sharesOf(side, target.shares ?? shares), column);
	spread(split.lower, codes.noCodes);
	spread(split.upper, codes.yesCodes);
	spread(
		outside.filter((row) => !isYes(row)),
		codes.noCodes,
	);
	spread(outside.filter(isYes), codes.yesCodes);
	draw.cutoff = split.cutoff;
}

/** Equal shares where the calibration gives none. */
function sharesOf(codes: readonly number[], shares: TopicCalibration["shares"]): [number, number][] {
	const given = codes.map((code): [number, number] => [code, shares?.[code] ?? 0]);
	return given.some(([, share]) => share > 0) ? given : codes.map((code) => [code, 1]);
}

function at(values: Float64Array, row: number): number {
	return values[row] as number;
}
