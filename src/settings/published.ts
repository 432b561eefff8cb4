import * as z from "zod";
import { once } from "../base/once.js";
import { checked } from "./checked.js";
import { choice, list, numeric } from "./fields.js";
import { normalizeSettings, type RatesSettings, type RatesSpec, ratesShape } from "./rates.js";
import { cycleOf } from "./values.js";

/** Settings that published tables share with survey files. */
const SHARED = {
	...{ topics: true, items: true, by: true, where: true, base: true },
	...{ level: true, ci: true, df: true, average: true, averageKind: true, codebook: true, language: true },
	...{ synthesis: true, synthesisTest: true, excludeCaution: true, moderator: true },
} as const satisfies Partial<Record<keyof RatesSpec, true>>;

/** Settings of published estimates. */
export interface PublishedSpec extends Pick<RatesSpec, keyof typeof SHARED> {
	/** Codes of countries and economies; `average` stands for all published averages. If absent, all. */
	countries?: readonly string[] | undefined;
	/** A year; by default the last published cycle. */
	cycle?: number | string | undefined;
	/** `figures`: percentages and means (default); `odds-ratio`: odds ratios of logistic models. */
	statistic?: (typeof PUBLISHED_STATISTICS)[number] | undefined;
}

const PUBLISHED_STATISTICS = ["figures", "odds-ratio"] as const;

const schema = once(() => {
	const own = {
		countries: list(),
		cycle: numeric.optional().transform(cycleOf),
		statistic: choice(PUBLISHED_STATISTICS),
	} satisfies Record<Exclude<keyof PublishedSpec, keyof RatesSpec>, z.ZodType>;
	return z.strictObject(ratesShape()).pick(SHARED).extend(own);
});

/** Settings of the result, and the figures requested. */
export interface PublishedSettings {
	settings: RatesSettings;
	countries: readonly string[];
	/** Null: the last published cycle. */
	cycle: number | null;
	statistic: (typeof PUBLISHED_STATISTICS)[number];
}

/** @throws UserError naming the option, the value and what is meant. */
export function normalizePublished(spec: PublishedSpec = {}): PublishedSettings {
	const { countries, cycle, statistic, ...shared } = checked(schema(), spec);
	return { settings: { ...normalizeSettings(), ...shared }, countries, cycle, statistic };
}
