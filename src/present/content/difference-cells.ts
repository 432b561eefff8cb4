import type { Comparison, ResultSet } from "../../results/result-set.js";
import { decidingP, isSignificant } from "../../results/significance.js";
import { digitsOf } from "../../wording/numbers.js";
import type { BoardCell } from "./cells.js";

/** A difference with its standard error: "−7.7 (6.1)". */
export function differenceCell({ difference, se, statistic, status }: Comparison): BoardCell {
	return {
		value: difference,
		error: se,
		digits: digitsOf(statistic),
		...(status === "ok" ? {} : { marks: ["!"] as const }),
	};
}

/** The p-value of a single test. */
export function pCell({ p }: Comparison): BoardCell {
	return { value: p, digits: "p" };
}

/** The p-value used for significance: adjusted, if p-values are adjusted. */
export function decidingCell(row: Comparison): BoardCell {
	return { value: decidingP(row), digits: "p" };
}

/** Adds * to a cell if the difference is significant. */
export function starred(cell: BoardCell, row: Comparison, { settings }: ResultSet): BoardCell {
	return isSignificant(row, settings) ? { ...cell, marks: [...(cell.marks ?? []), "*"] } : cell;
}
