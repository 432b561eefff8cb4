import { inLanguage, type SelectedItem } from "../codebook/resolve.js";
import { type Design, replicateFactors } from "../design/method.js";
import type { Estimate } from "../results.js";
import type { RatesSettings } from "../settings.js";
import type { GroupCell } from "../tabulate/groups.js";
import { type RateOptions, ratesOf } from "./rates.js";
import type { SuppressionRule } from "./reliability.js";

/** A replicate that is empty in a group adds nothing to the variance there. */
export interface DroppedReplicates {
	estimate: Estimate;
	replicates: number;
}

/**
 * Cells → estimates, by topic and item in codebook order, then by group.
 * @param rule Suppression rule of the codebook; null where it states none.
 */
export function estimateAll(
	groups: readonly GroupCell[],
	items: readonly SelectedItem[],
	design: Design,
	rule: SuppressionRule | null,
	hasSchools: boolean,
	settings: RatesSettings,
): { estimates: Estimate[]; dropped: DroppedReplicates[] } {
	const factors = replicateFactors(design.method, design.replicates);
	const options = groups.map(
		({ cell }): RateOptions => ({
			factors,
			df: settings.df === "design" ? Math.max(0, cell.vectors.rank() - 1) : settings.df,
			level: settings.level,
			ci: settings.ci,
			rule,
			showSuppressed: settings.suppress === "none",
			counts: settings.counts,
			hasSchools,
		}),
	);
	const estimates: Estimate[] = [];
	const dropped: DroppedReplicates[] = [];
	for (const [variable, selected] of items.entries()) {
		const about = describe(selected, settings);
		for (const [index, { group, cell }] of groups.entries()) {
			for (const { dropped: replicates, ...figures } of ratesOf(
				cell,
				variable,
				options[index] as RateOptions,
			)) {
				const estimate = { ...about, group, ...figures };
				estimates.push(estimate);
				if (replicates > 0) dropped.push({ estimate, replicates });
			}
		}
	}
	return { estimates, dropped };
}

function describe(
	{ topic, key, item, label, base }: SelectedItem,
	{ language, base: requested }: RatesSettings,
) {
	return {
		topic,
		item: key,
		variable: item?.variable.toUpperCase() ?? null,
		label: inLanguage(label, language),
		base: requested ?? base,
	};
}
