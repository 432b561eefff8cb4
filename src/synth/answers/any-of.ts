import type { Target } from "../calibration/calibration.js";
import { OPEN } from "../calibration/item-codes.js";
import { fits, rowsWhere, type Teachers } from "../sample/teachers.js";
import type { Draw } from "./draw.js";
import { splitByShare } from "./quota.js";

/** "At least one of these": the items it is made of, its target, and how much each teacher tends to it. */
export interface AnyOfItems {
	members: readonly Draw[];
	target: Target;
	propensity: Float64Array;
}

/**
 * Makes the share of teachers with at least one yes right, before the items are answered: the rest is
 * chosen among those who answer every item (any-of is no only where all are no) and held at no.
 * @returns Rows that must have a yes.
 */
export function settleAnyOf(any: AnyOfItems, teachers: Teachers): number[] {
	const isOpen = (draw: Draw, row: number): boolean => draw.column[row] === OPEN;
	const complete = (row: number): boolean => any.members.every((draw) => isOpen(draw, row));
	const answering = rowsWhere(teachers, (row) => any.members.some((draw) => isOpen(draw, row)));
	const inside = fits(teachers, any.target.where);
	const propensity = any.propensity.map((value, row) => (complete(row) ? value : Number.POSITIVE_INFINITY));
	const share = any.target.percent / 100;
	const split = splitByShare(answering.filter(inside), propensity, teachers.weight, share);
	const none = new Set([
		...split.lower.filter(complete),
		...answering.filter((row) => !inside(row) && (propensity[row] as number) < split.cutoff),
	]);
	for (const row of none) {
		for (const draw of any.members) draw.propensity[row] = Number.NEGATIVE_INFINITY;
	}
	return answering.filter((row) => !none.has(row));
}

/** Rounds of giving the last teachers without a yes one; a handful is enough. */
const ROUNDS = 100;

/**
 * Gives a yes to every row that must have one: to the item it was nearest to, for good, and answers that
 * item again, so that its own target holds.
 */
export function giveEachAYes(
	rows: readonly number[],
	members: readonly Draw[],
	again: (draw: Draw) => void,
): void {
	for (let round = 0; round < ROUNDS; round++) {
		const without = rows.filter((row) => !members.some((draw) => saysYes(draw, row)));
		if (without.length === 0) return;
		const touched = new Set(without.map((row) => force(row, members)));
		for (const draw of touched) again(draw);
	}
}

function saysYes({ codes, column }: Draw, row: number): boolean {
	return codes.yes.has(column[row] as number);
}

function force(row: number, members: readonly Draw[]): Draw {
	const distance = ({ propensity, cutoff }: Draw): number => cutoff - (propensity[row] as number);
	const [nearest] = members
		.filter(({ codes, column }) => codes.valid.has(column[row] as number))
		.toSorted((a, b) => distance(a) - distance(b));
	if (nearest === undefined) throw new Error("a row that answers nothing cannot have a yes");
	nearest.propensity[row] = Number.POSITIVE_INFINITY;
	return nearest;
}
