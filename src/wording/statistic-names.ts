import type { Statistic } from "../results/result-set.js";
import type { Locale } from "./locale.js";

const MEDIAN = "q50";

/** Whether a statistic is a number in the item's own unit. */
export function isMeasure(statistic: Statistic): boolean {
	return statistic !== "percent" && statistic !== "count";
}

/** Short name of a measure, for a head. */
export function statisticName(statistic: Statistic, locale: Locale): string {
	if (statistic === MEDIAN) return locale.text("means.median");
	if (statistic.startsWith("q")) return locale.text("means.percentile", { number: percentileOf(statistic) });
	return locale.text(`means.${statistic}`);
}

/** 25 of `q25`. */
export function percentileOf(statistic: Statistic): number {
	return Number(statistic.slice(1));
}

/** What the short heads stand for. */
export function legend(statistics: readonly Statistic[], locale: Locale): string[] {
	const parts = [
		...(statistics.includes("sd") ? [locale.text("means.legend-sd")] : []),
		...(statistics.some((statistic) => statistic.startsWith("q") && statistic !== MEDIAN)
			? [locale.text("means.legend-percentile")]
			: []),
	];
	return parts.length === 0 ? [] : [parts.join(" · ")];
}
