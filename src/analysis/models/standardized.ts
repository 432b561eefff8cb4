import type { Theta } from "../../design/variance.js";
import { NUMBER } from "../../model/design-columns.js";
import { productsOf } from "../../model/logistic.js";
import { meanAndDeviation, standardize } from "../../model/standardize.js";
import type { GroupFit } from "./fitted.js";

/** Coefficients of numbers in standard deviations; empty if an interaction lacks its main effects. */
export function standardized({
	set,
	fit,
	logistic,
	sums,
	design,
	outcome,
	estimator,
	terms,
}: GroupFit): readonly Theta[] {
	const used = new Set(terms.flat());
	// Rows have the columns of the fit; cross-products have those of the design.
	const products = logistic === null ? sums.products : productsOf(logistic.rows, estimator);
	const placeOf = (variable: number) => {
		const column = design.find([variable], [NUMBER]) as number;
		return logistic === null ? column : fit.columns.indexOf(column);
	};
	const scales = set.variables.map(({ kind }, variable) => {
		const place = kind === "number" && used.has(variable) ? placeOf(variable) : -1;
		return place < 0 ? undefined : meanAndDeviation(products, place, estimator, sums.n);
	});
	const ofOutcome =
		logistic === null && set.variables[0]?.kind === "number"
			? meanAndDeviation(sums.products, outcome, estimator, sums.n)
			: null;
	return standardize(fit, design, scales, ofOutcome, estimator) ?? [];
}
