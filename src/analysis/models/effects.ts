import type { Theta } from "../../design/variance.js";
import { type DesignColumn, NUMBER } from "../../model/design-columns.js";
import { margin, slopeEffect } from "../../model/predicted.js";
import { smooth } from "../../model/smooth.js";
import type { GroupFit } from "./fitted.js";

/**
 * Average marginal effects on the share, by column: for a level the contrast with the reference level, for a number the
 * derivative. Terms in an interaction have none, because their effect depends on the other variable.
 */
export function effectsOf({
	fit,
	logistic,
	sums,
	design,
	terms,
	references,
	estimator,
}: GroupFit): Map<number, Theta> {
	const effects = new Map<number, Theta>();
	if (logistic === null) return effects;
	const interacting = new Set(terms.filter((term) => term.length > 1).flat());
	const given = (variable: number, level: number) =>
		margin({
			...{ fit, estimator },
			rows: sums.rows.compile(design, fit.columns, 0, (values) => {
				values[variable] = level;
			}),
		});
	const byReference = new Map<number, Theta>();
	for (const [place, column] of fit.columns.entries()) {
		const { term, levels } = design.columns[column] as DesignColumn;
		const [variable] = term;
		if (term.length !== 1 || variable === undefined || interacting.has(variable)) continue;
		const level = levels[0] as number;
		if (level === NUMBER) {
			effects.set(column, slopeEffect({ fit, rows: logistic.rows, estimator }, place));
			continue;
		}
		const reference = byReference.get(variable) ?? given(variable, references[variable] as number);
		byReference.set(variable, reference);
		effects.set(
			column,
			smooth(
				estimator,
				[given(variable, level), reference],
				([own = 0, other = 0]) => own - other,
				() => [1, -1],
			),
		);
	}
	return effects;
}
