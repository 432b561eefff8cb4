import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { groupKey } from "../results/group-key.js";
import type { ComparisonRow, Group } from "../results/result-set.js";
import { compareTwo, type TestOptions } from "./comparison.js";
import { sameSample } from "./difference.js";
import { type Figured, subjectKey, without } from "./figured.js";
import { betweenSystems, type Parts } from "./parts-of-countries.js";

/** Figures that differ only in the compared level. */
export interface AlikeFigures {
	group: Group;
	/** By level. */
	levels: Map<string, Figured>;
}

/**
 * Bundles figures by subject and by the breakdowns that are not compared, in order of appearance.
 * @param levelOf Level of a figure.
 * @param groupOf Breakdowns that its comparison keeps.
 */
export function bundle(
	figures: readonly Figured[],
	keyOf: (figure: Figured) => string,
	levelOf: (figure: Figured) => string,
	groupOf: (figure: Figured) => Group,
): AlikeFigures[] {
	const bundles = new Map<string, AlikeFigures>();
	for (const figure of figures) {
		const group = groupOf(figure);
		const key = `${keyOf(figure)} ${groupKey(group)}`;
		const known = bundles.get(key) ?? { group, levels: new Map() };
		known.levels.set(levelOf(figure), figure);
		bundles.set(key, known);
	}
	return [...bundles.values()];
}

/** Bundles the groups of a breakdown; all other breakdowns are equal. */
export function byBreakdown(figures: readonly Figured[], id: string): AlikeFigures[] {
	return bundle(
		figures,
		({ estimate }) => subjectKey(estimate),
		({ estimate }) => estimate.group[id] as string,
		({ estimate }) => without(estimate.group, id),
	);
}

/** Levels in order of appearance. */
export function levelsOf(bundles: readonly AlikeFigures[]): string[] {
	return [...new Set(bundles.flatMap(({ levels }) => [...levels.keys()]))];
}

/** How two levels relate: groups of one sample, or separate samples, some of which may be part of others. */
export type Rule = { sample: SampleRule } | { parts: Parts };

export interface SampleRule {
	estimator: Estimator;
	/** Degrees of freedom of all rows of a group, whatever its level. */
	degreesOfFreedom(group: Group, figure: Figured): number;
}

/** Compares the pairs of every bundle and skips pairs that lack a side. */
export function comparePairs(
	bundles: readonly AlikeFigures[],
	variable: string,
	pairs: readonly (readonly [string, string])[],
	rule: Rule,
	options: TestOptions,
): ComparisonRow[] {
	return bundles.flatMap(({ group, levels }) =>
		pairs.flatMap(([nameA, nameB]) => {
			const a = levels.get(nameA);
			const b = levels.get(nameB);
			if (a === undefined || b === undefined) return [];
			const between = { variable, a: nameA, b: nameB };
			const how = "parts" in rule ? betweenSystems(a, b, rule.parts) : ofSample(a, b, group, rule.sample);
			return [compareTwo({ a, b, group, between, ...how }, options)];
		}),
	);
}

function ofSample(a: Figured, b: Figured, group: Group, { estimator, degreesOfFreedom }: SampleRule) {
	const difference = () =>
		sameSample(a.theta as Theta, b.theta as Theta, estimator, degreesOfFreedom(group, a));
	return { kind: "same-sample" as const, difference };
}
