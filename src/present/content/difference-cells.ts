import type { Comparison, ResultSet } from "../../results/result-set.js";
import { decidingP, isSignificant } from "../../results/significance.js";
import { digitsOf } from "../../wording/numbers.js";
import type { Cell } from "./cells.js";

/** A difference with its standard error: "−7.7 (6.1)". */
export function differenceCell({ difference, se, statistic, status }: Comparison): Cell {
	return {
		value: difference,
		error: se,
		digits: digitsOf(statistic),
		...(status === "ok" ? {} : { marks: ["!"] as const }),
	};
}

/** The p-value of one test alone. */
export function pCell({ p }: Comparison): Cell {
	return { value: p, digits: "p" };
}

/** The p-value that decides: adjusted where p-values are. */
export function decidingCell(row: Comparison): Cell {
	return { value: decidingP(row), digits: "p" };
}

/** A cell with * where the difference is significant. */
export function starred(cell: Cell, row: Comparison, { settings }: ResultSet): Cell {
	return isSignificant(row, settings) ? { ...cell, marks: [...(cell.marks ?? []), "*"] } : cell;
}
