import type { Model } from "../../results/models.js";
import { INTERCEPT } from "../../results/models.js";
import type { Group } from "../../results/result-set.js";
import type { Bounds } from "../bounds.js";
import { conditionsOf, type Published } from "../figures.js";
import { type PublishedCells, sumOfBounds, surveyOf, type Told } from "./cells.js";

/** Largest error of a sum of coefficients that are cut after five decimals. */
const CUT = 1e-5;

/** A coefficient, and the levels of the groupings that have it; null of a number. */
interface Effect {
	levels: ReadonlyMap<string, string | null>;
	estimate: number | null;
}

/**
 * Hidden groups of the groupings by which a model predicts. Of each level, and of each combination of levels that the
 * model has an interaction for, the mean prediction equals the mean answer (the normal equations), and predictions
 * lie between the bounds that the other groupings allow.
 */
export function throughModel(model: Model, from: Published, cells: PublishedCells): Told[] {
	const { topic, item, statistic } = model.outcome;
	const effects = model.coefficients.map(effectOf);
	const keys = new Set(effects.flatMap(({ levels }) => [...levels.keys()]));
	const isNumber = effects.some(({ levels }) => [...levels.values()].includes(null));
	const { settings } = from.results;
	const isRescaled = statistic === "mean" && "standardize" in settings && settings.standardize;
	if (topic === null || isNumber || isRescaled || effects.length === 0) return [];
	const survey = surveyOf(from);
	const own = { ...conditionsOf(from.results), ...model.group };
	return [...cells.values()].flatMap((cell): Told[] => {
		const { row, group } = cell;
		const isSame =
			cell.survey === survey && row.topic === topic && row.item === item && row.base === model.base;
		if (!isSame || cell.value !== null || cell.statistic !== statistic) return [];
		const further = Object.fromEntries(Object.entries(group).filter(([id]) => !Object.hasOwn(own, id)));
		const isPart = Object.entries(own).every(([id, value]) => group[id] === value);
		if (!isPart || !isSpanned(Object.keys(further), keys, effects)) return [];
		const between = meanOf(further, effects, model.family);
		return between === null ? [] : [{ cell, between, by: [model] }];
	});
}

function effectOf({ term, level, estimate }: Model["coefficients"][number]): Effect {
	if (term === INTERCEPT) return { levels: new Map(), estimate };
	const parts = term.split(" * ");
	const own = level === null ? [] : level.split(" * ");
	let next = 0;
	const levels = parts.map((part): [string, string | null] => {
		const value = own[next];
		if (value === undefined || !part.endsWith(`=${value}`)) return [part, null];
		next += 1;
		return [part.slice(0, -value.length - 1), value];
	});
	return { levels: new Map(levels), estimate };
}

/** Whether the model's mean prediction for these groups equals their mean answer. */
function isSpanned(ids: readonly string[], keys: ReadonlySet<string>, effects: readonly Effect[]): boolean {
	if (!ids.every((id) => keys.has(id))) return false;
	return ids.length < 2 || effects.some(({ levels }) => ids.every((id) => levels.has(id)));
}

/** Bounds of the mean prediction of a group; null where a coefficient is not published. */
function meanOf(group: Group, effects: readonly Effect[], family: Model["family"]): Bounds | null {
	const terms = new Map<string, Effect[]>();
	for (const effect of effects) {
		const key = JSON.stringify([...effect.levels.keys()]);
		terms.set(key, [...(terms.get(key) ?? []), effect]);
	}
	const parts = [...terms.values()].map((own) => partOf(group, own));
	if (parts.includes(null)) return null;
	const [low, high] = sumOfBounds(parts as Bounds[]);
	const share = (x: number) => (family === "logistic" ? 100 / (1 + Math.exp(-x)) : x);
	return [share(low - CUT * parts.length), share(high + CUT * parts.length)];
}

/** What a term adds in a group: one coefficient, or the least and the most where the group leaves levels open. */
function partOf(group: Group, effects: readonly Effect[]): Bounds | null {
	const fits = ({ levels }: Effect) =>
		[...levels].every(([id, level]) => !Object.hasOwn(group, id) || group[id] === level);
	const own = effects.filter(fits);
	if (own.some(({ estimate }) => estimate === null)) return null;
	const values = own.map(({ estimate }) => estimate as number);
	const [{ levels }] = effects as [Effect];
	// Reference levels have no coefficient.
	const isOpen = [...levels.keys()].some((id) => !Object.hasOwn(group, id));
	if (isOpen || values.length === 0) values.push(0);
	return [Math.min(...values), Math.max(...values)];
}
