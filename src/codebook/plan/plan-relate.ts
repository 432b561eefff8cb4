import { UserError } from "../../base/errors.js";
import type { Header } from "../../read/block.js";
import type { RelateSettings } from "../../settings/relate.js";
import type { Codebook } from "../definition/schema.js";
import { type PlannedVariable, PlannedVariables } from "./planned-variables.js";
import { checkBase, type Question } from "./scope.js";

/** Columns that make a scale. */
export interface PlannedScale {
	columns: readonly PlannedVariable[];
	/** −1 for those that are coded the other way round, else 1. */
	signs: readonly number[];
}

export interface RelateQuestion extends Question {
	pairs: readonly (readonly [PlannedVariable, PlannedVariable])[];
	scales: readonly PlannedScale[];
}

/**
 * Settings + codebook + header → what is read for correlations and scales.
 * @throws UserError for unknown variables, those with levels, and those that no teacher was asked together.
 */
export function planRelate(codebook: Codebook, header: Header, settings: RelateSettings): RelateQuestion {
	checkBase(codebook, settings.base);
	const known = new PlannedVariables(codebook, header, settings);
	const named = settings.variables.map((name) => known.outcome(name));
	// One variable may go by several names, such as its measure's and its column's.
	const variables = [...new Map(named.map((one) => [one.key, one])).values()];
	if (variables.length === 1) {
		throw new UserError(`${settings.variables.join(" and ")} are one variable`, {
			hint: "name two variables or more",
		});
	}
	const pairs = variables.flatMap((a, place) =>
		variables.slice(place + 1).map((b) => {
			known.checkAsked([a, b]);
			return [a, b] as const;
		}),
	);
	const scales = settings.scales.map((columns): PlannedScale => {
		const own = columns.map(({ name }) => known.predictor({ name, as: "number" }));
		known.checkAsked(own);
		return { columns: own, signs: columns.map(({ isReversed }) => (isReversed ? -1 : 1)) };
	});
	return { ...known.question(settings), pairs, scales };
}
