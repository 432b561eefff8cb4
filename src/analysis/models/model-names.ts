import type { PlannedSet } from "../../codebook/plan/plan-model.js";
import { type DesignColumn, type DesignColumns, NUMBER, type Term } from "../../model/design-columns.js";
import { INTERCEPT } from "../../results/models.js";
import { TIMES } from "../../settings/formula.js";

/** The variables of a column, each with its level, or null for a number. */
export function columnVariables(
	design: DesignColumns,
	column: number,
): { variable: number; level: number | null }[] {
	const { term, levels } = design.columns[column] as DesignColumn;
	return term.map((variable, i) => ({
		variable,
		level: levels[i] === NUMBER ? null : (levels[i] as number),
	}));
}

/** `gender` or `gender * age`. */
export function termKey(term: Term, { variables }: PlannedSet): string {
	return term.map((variable) => variables[variable]?.key ?? "").join(TIMES);
}

/**
 * `(intercept)`, `TT3G11B`, `gender=male`, or several of them. A yes/no answer is named by its key alone, unless yes is
 * the reference level.
 */
export function columnTerm(
	design: DesignColumns,
	column: number,
	{ variables }: PlannedSet,
	references: readonly number[],
	{ levelsOf }: { levelsOf(variable: number): readonly string[] },
): string {
	const parts = columnVariables(design, column).map(({ variable, level }) => {
		const { key = "", kind } = variables[variable] ?? {};
		const isYes = kind === "answer" && references[variable] === 0;
		return level === null || isYes ? key : `${key}=${levelsOf(variable)[level] ?? ""}`;
	});
	return parts.length === 0 ? INTERCEPT : parts.join(TIMES);
}
