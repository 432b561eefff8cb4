import type { PlansExplained } from "../analysis/survey/planned.js";
import type { PlannedSet } from "../codebook/plan/plan-model.js";
import type { PlannedVariable } from "../codebook/plan/planned-variables.js";
import type { Coefficient, Model } from "../results/models.js";
import { INTERCEPT } from "../results/models.js";
import { TIMES } from "../settings/formula.js";

/** A model of the results, and the variables that it was planned with. */
export interface ModelOfSet {
	model: Model;
	set: PlannedSet;
}

/** Results come set by set, model by model, group by group. */
export function withSets(models: readonly Model[], { sets = [] }: PlansExplained): ModelOfSet[] {
	const asked = sets.flatMap((set) => set.models.map(() => set));
	const groups = models.length / Math.max(1, asked.length);
	return models.map((model, place) => ({ model, set: asked[Math.floor(place / groups)] as PlannedSet }));
}

/** Name of a variable in the plan. */
export function plannedName({ place }: PlannedVariable, { plans: [plan] }: PlansExplained): string {
	return plan?.variables[place] as string;
}

/** A group's model leaves out empty levels and redundant terms. */
export function isFitted({ estimate, status }: Coefficient): boolean {
	return estimate !== null || (status !== "no-data" && status !== "collinear");
}

/** The variables of a term; one that goes by its key alone is a number, or an answer whose yes it is. */
export function termVariables({ term }: Coefficient, { variables }: PlannedSet) {
	if (term === INTERCEPT) return [];
	return term.split(TIMES).map((part) => {
		const [, ...predictors] = variables;
		const whole = predictors.find(({ key }) => key === part);
		if (whole !== undefined) return { variable: whole, level: whole.kind === "number" ? null : "yes" };
		const variable = predictors.find(({ key }) => part.startsWith(`${key}=`)) as PlannedVariable;
		return { variable, level: part.slice(variable.key.length + 1) };
	});
}

/** The term that a coefficient is of. */
export function termOf(own: Coefficient, set: PlannedSet): string {
	return termVariables(own, set)
		.map(({ variable }) => variable.key)
		.join(TIMES);
}

/** Rows come by what was asked, group by group. */
export function perGroup<R, A>(rows: readonly R[], asked: readonly A[]): (readonly [R, A])[] {
	const groups = rows.length / Math.max(1, asked.length);
	return rows.map((row, place) => [row, asked[Math.floor(place / groups)] as A] as const);
}
