import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { JointEstimator } from "../../design/estimator.js";
import type { Theta } from "../../design/variance.js";
import { finite } from "../../estimate/finite.js";
import { tested } from "../../model/inference.js";
import { linearMargin } from "../../model/linear-margins.js";
import { margin } from "../../model/predicted.js";
import type { Prediction } from "../../results/models.js";
import type { ModelSettings } from "../../settings/model.js";
import type { FitOptions, GroupFit } from "./fitted.js";

/**
 * Predictive margins: the mean prediction if some variables had the same value for everybody.
 * @throws UserError for a variable or level that is not in the model.
 */
export function predictionsOf(
	fitted: GroupFit,
	{ at, level }: Pick<ModelSettings, "at" | "level">,
	options: FitOptions,
): Prediction[] {
	const { fit, sums, design, estimator, logistic } = fitted;
	return at.map((values) => {
		const given = new Map(values.map(({ variable, value }) => givenValue(fitted, variable, value, options)));
		const theta =
			logistic === null ? linearMargin(sums.products, fit, design, given, estimator) : shares(fitted, given);
		const named = Object.fromEntries(
			values.map(({ variable, value }) => [variable, Number.isFinite(Number(value)) ? Number(value) : value]),
		);
		if (theta === null) return { at: named, estimate: null, se: null, ciLow: null, ciHigh: null };
		return { at: named, ...intervalOf(theta, fitted, level) };
	});
}

function givenValue(
	{ set, terms }: GroupFit,
	name: string,
	value: string,
	{ levelsOf }: FitOptions,
): [variable: number, value: number] {
	const used = new Set(terms.flat());
	const variable = set.variables.findIndex(
		({ key, item }, place) =>
			used.has(place) && [key, item].some((one) => one.toLowerCase() === name.toLowerCase()),
	);
	if (variable < 0) {
		const known = [...used].map((place) => set.variables[place]?.key ?? "");
		throw new UserError(`the model has no predictor "${name}" to set with --at`, {
			hint: didYouMean(name, known),
		});
	}
	if (set.variables[variable]?.kind === "number") {
		const number = Number(value);
		if (Number.isFinite(number)) return [variable, number];
		throw new UserError(`"${value}" is not a number for ${name}`, { hint: `write --at "${name}=10"` });
	}
	const levels = levelsOf(variable);
	const level = levels.indexOf(value);
	if (level >= 0) return [variable, level];
	throw new UserError(`${name} has no level "${value}"`, { hint: didYouMean(value, [...levels]) });
}

function shares({ fit, sums, design, estimator }: GroupFit, given: ReadonlyMap<number, number>): Theta {
	const rows = sums.rows.compile(design, fit.columns, 0, (values) => {
		for (const [variable, value] of given) values[variable] = value;
	});
	return margin({ fit, rows, estimator });
}

/** Shares are in percent with intervals on the logit scale; other predictions keep their own unit. */
function intervalOf(
	theta: Theta,
	{ logistic, estimator, df }: GroupFit,
	level: number,
): Omit<Prediction, "at"> {
	const plain = tested(theta, estimator, df, level);
	if (logistic === null) {
		const { estimate, se, ciLow, ciHigh } = plain;
		return { estimate, se: finite(se), ciLow: finite(ciLow), ciHigh: finite(ciHigh) };
	}
	const { ciLow, ciHigh } = onLogits(theta, estimator, df, level);
	return {
		estimate: 100 * plain.estimate,
		se: finite(100 * plain.se),
		ciLow: finite(100 * ciLow),
		ciHigh: finite(100 * ciHigh),
	};
}

function onLogits(theta: Theta, estimator: JointEstimator, df: number, level: number) {
	const logits = estimator.transform(
		theta,
		(share) => Math.log(share / (1 - share)),
		(share) => 1 / (share * (1 - share)),
	);
	const { ciLow, ciHigh } = tested(logits, estimator, df, level);
	const back = (logit: number) => 1 / (1 + Math.exp(-logit));
	return { ciLow: back(ciLow), ciHigh: back(ciHigh) };
}
