import { groupBy } from "../../base/group-by.js";
import type { Codebook, PublishedFigures } from "../../codebook/definition/schema.js";
import { itemNamed } from "../../codebook/meaning/select-items.js";
import { testOf, UNTESTED } from "../../compare/t-test.js";
import type { PublishedRatio } from "../../published/load.js";
import type { ModelRow } from "../../results/models.js";
import type { Group } from "../../results/result-set.js";
import type { RatesSettings } from "../../settings/rates.js";

type PublishedCoefficient = ModelRow["coefficients"][number];

interface Options {
	codebook: Codebook;
	symbols: PublishedFigures["symbols"];
	settings: Pick<RatesSettings, "level" | "df">;
	/** A row's group in the form results use. */
	groupOf(row: PublishedRatio): Group;
}

/**
 * Turns published odds ratios into models whose other predictors are unknown. The coefficient is the log of the odds
 * ratio, and its standard error is se(OR) / OR (delta method). On the log scale intervals and tests are symmetric.
 */
export function publishedModels(rows: readonly PublishedRatio[], options: Options): ModelRow[] {
	const keyOf = ({ topic, item, controls, population, system, group }: PublishedRatio) =>
		JSON.stringify([topic, item, controls, population, system, group]);
	return [...groupBy(rows, keyOf).values()].map((part) => modelOf(part, options));
}

function modelOf(rows: readonly PublishedRatio[], options: Options): ModelRow {
	const [first] = rows as [PublishedRatio];
	const { topic, item, base, controls, flag } = first;
	const { codebook } = options;
	return {
		name: controls,
		group: options.groupOf(first),
		outcome: { topic, item, variable: variableOf(codebook, `${topic}:${item}`), statistic: "percent" },
		family: "logistic",
		...{ base, n: null, schools: null, df: null },
		...(flag === "" ? {} : { flag }),
		status: "ok",
		coefficients: rows.map((row) => coefficientOf(row, options)),
		tests: [],
	};
}

function coefficientOf(
	{ term, estimate: ratio, se: error, symbol }: PublishedRatio,
	{ codebook, symbols, settings }: Options,
): PublishedCoefficient {
	const [key = term, level = null] = term.split("=");
	const about = { term, variable: variableOf(codebook, key), level };
	if (ratio === null || error === null) {
		const { difference: estimate, ...nothing } = UNTESTED;
		const status = symbols[symbol ?? ""] ?? "no-data";
		return { ...about, estimate, ...nothing, oddsRatio: null, ame: null, status };
	}
	const asked = settings.df === "design" ? Number.POSITIVE_INFINITY : settings.df;
	const log = { difference: Math.log(ratio), se: error / ratio, df: asked };
	const { difference: estimate, ...tested } = testOf(log, settings.level, asked);
	const [ciLow, ciHigh] = [tested.ciLow, tested.ciHigh].map((end) => (end === null ? null : Math.exp(end)));
	return {
		...{ ...about, estimate, ...tested },
		oddsRatio: { estimate: ratio, se: error, ciLow: ciLow ?? null, ciHigh: ciHigh ?? null },
		ame: null,
	};
}

/** The column of an item or a group; null for derived rows. */
function variableOf(codebook: Codebook, key: string): string | null {
	const column = key.includes(":")
		? itemNamed(codebook, key)?.item?.variable
		: codebook.groups[key]?.variable;
	return column?.toUpperCase() ?? null;
}
