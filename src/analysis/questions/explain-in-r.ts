import type { Expression } from "../../codebook/meaning/expression.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { Design } from "../../design/method.js";
import { isReplicated, replicateFactors } from "../../design/method.js";
import type { Group } from "../../results/result-set.js";

/**
 * A percentage in R's survey package, given the file as `d`: the design, and the line that works it out; null where item or
 * groups are made of several columns, so that only a script can say it.
 */
export function explainedInR(plan: Plan, design: Design, group: Group): string[] | null {
	const of = plan.expressions[plan.variables[0] as string] as Expression;
	const made = designInR(design);
	if (of.is !== "codes" || of.separator !== undefined || made === null) return null;
	const parts = [
		...Object.entries(group).map(([id, value]) => groupInR(plan, id, value)),
		...plan.conditions.filter(({ id }) => !(id in group)).map(({ holds }) => conditionInR(holds)),
	];
	if (parts.includes(null)) return null;
	const codes = (wanted: readonly string[]) => {
		const own = Object.entries(of.codes).filter(([, says]) => wanted.includes(says));
		return `c(${own.map(([code]) => code).join(", ")})`;
	};
	const kept = [`${of.column} %in% ${codes(["yes", "no"])}`, ...parts];
	return [made, `svymean(~I(${of.column} %in% ${codes(["yes"])}), subset(design, ${kept.join(" & ")}))`];
}

function designInR({ definition, columns, replicates, units }: Design): string | null {
	if (!isReplicated(definition)) return linearInR(columns[0], units);
	const [weight] = columns;
	const factors = replicateFactors(definition, replicates);
	if (!factors.every((factor) => factor === factors[0])) return null;
	const prefix = (columns[1] as string).replace(/\d+$/, "");
	const mse = definition.centre !== "replicate-mean";
	return `design <- svrepdesign(data = d, weights = ~${weight}, repweights = "^${prefix}[0-9]+$", type = "other", combined.weights = TRUE, scale = ${factors[0]}, rscales = rep(1, ${replicates}), mse = ${mse ? "TRUE" : "FALSE"})`;
}

/** Strata and units in one column each; null where they are made of several, or of populations that are known. */
function linearInR(weight: string | undefined, units: Design["units"]): string | null {
	const { strata = [], psu, fpc } = units ?? {};
	if (weight === undefined || strata.length > 1 || fpc !== undefined) return null;
	const stratum = strata.length === 0 ? "" : `strata = ~${strata[0]}, `;
	return `design <- svydesign(ids = ~${psu ?? 1}, ${stratum}weights = ~${weight}, nest = TRUE, data = d)`;
}

/** A group by the codes of its column. */
function groupInR({ groups }: Plan, id: string, value: string): string | null {
	return valueInR(groups.find((group) => group.id === id)?.of, value);
}

/** A condition that a column's value is one of some. */
function conditionInR(holds: Expression): string | null {
	if (holds.is !== "in") return null;
	const parts = holds.values.map((value) => valueInR(holds.of, value));
	if (parts.includes(null)) return null;
	return parts.length === 1 ? (parts[0] as string) : `(${parts.join(" | ")})`;
}

function valueInR(of: Expression | undefined, value: string): string | null {
	if (of?.is !== "category" || of.pattern !== undefined) return null;
	const codes = Object.entries(of.codes).flatMap(([code, named]) => (named === value ? [code] : []));
	if (codes.length > 0) return `${of.column} %in% c(${codes.join(", ")})`;
	const band = of.bands.find((one) => one.value === value);
	if (band !== undefined) {
		const ends = [
			band.from === undefined ? [] : `${of.column} >= ${band.from}`,
			band.to === undefined ? [] : `${of.column} <= ${band.to}`,
		];
		return ends.flat().join(" & ");
	}
	return of.others === "unknown" ? null : `${of.column} == "${value}"`;
}
