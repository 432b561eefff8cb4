import { groupBy } from "../base/group-by.js";
import { groupKey } from "../results/group-key.js";
import type { Coefficient, Model } from "../results/models.js";
import { INTERCEPT } from "../results/models.js";
import { isNamed } from "../results/named-groups.js";
import type { ResultSet } from "../results/result-set.js";
import { isSummary } from "../wording/group-names.js";
import type { Locale } from "../wording/locale.js";
import { TOP_NOTE } from "./parts/caption.js";
import { MAX_SERIES } from "./parts/entries.js";

/**
 * Keeps the models of the groups with the highest coefficients, plus averages and highlighted groups. With one or a few
 * groups, keeps instead the terms furthest from no effect, in standard errors.
 */
export function topModels(
	results: ResultSet,
	count: number,
	names: readonly string[],
	locale: Locale,
): ResultSet {
	const { models = [] } = results;
	const groups = groupBy(models, ({ group }) => groupKey(group));
	const byGroup = groups.size > MAX_SERIES;
	const sizes = byGroup ? heights([...groups], names) : distances(models);
	const open = [...sizes].filter(([, size]) => size !== KEPT);
	if (open.length <= count) return results;
	const highest = open.toSorted(([, a], [, b]) => b - a).slice(0, count);
	const shown = new Set([
		...highest.map(([key]) => key),
		...[...sizes.keys()].filter((key) => sizes.get(key) === KEPT),
	]);
	const detail = { count, of: open.length };
	const pointed = names.length === 0 ? "" : locale.text("chart.top-pointed");
	const text = locale.text(`chart.top-${byGroup ? "groups" : "effects"}`, { ...detail, pointed });
	return {
		...results,
		notes: [...results.notes, { code: TOP_NOTE, text, detail }],
		models: byGroup
			? models.filter(({ group }) => shown.has(groupKey(group)))
			: models.map((model) => ({
					...model,
					coefficients: model.coefficients.filter(({ term }) => term === INTERCEPT || shown.has(term)),
				})),
	};
}

/** Rank of rows that are always kept. */
const KEPT = Number.POSITIVE_INFINITY;

/** The mean coefficient of each group's models. */
function heights(groups: readonly [string, Model[]][], names: readonly string[]): Map<string, number> {
	return new Map(
		groups.map(([key, own]) => {
			const [{ group }] = own as [Model];
			if (isSummary(group) || isNamed(group, names)) return [key, KEPT];
			const values = effectsOf(own).flatMap(({ estimate }) => estimate ?? []);
			return [key, values.reduce((sum, value) => sum + value, 0) / (values.length || 1)];
		}),
	);
}

/** The largest distance of each term from no effect. */
function distances(models: readonly Model[]): Map<string, number> {
	return new Map(
		[...groupBy(effectsOf(models), ({ term }) => term)].map(([term, own]) => [
			term,
			Math.max(0, ...own.map(({ estimate, se }) => Math.abs((estimate ?? 0) / (se || 1)))),
		]),
	);
}

function effectsOf(models: readonly Model[]): Coefficient[] {
	return models.flatMap(({ coefficients }) => coefficients.filter(({ term }) => term !== INTERCEPT));
}
