import { explainCell } from "../analysis/questions/explain.js";
import type { PlansExplained } from "../analysis/survey/planned.js";
import { cellInR } from "../emit/r/one-cell.js";
import { dataOf, type SurveyInput } from "../read/memory/data.js";
import type { Explanation } from "../results/explanation.js";
import type { RatesOptions } from "../settings/rates.js";

/**
 * One percentage and everything behind it: who is counted, who is not and why, the sums of weights, the percentage
 * under every replicate weight, degrees of freedom, the published figure, and the same in R.
 * @param files Survey files of one cycle, named or by pattern.
 * @param options As for `rates`; item and conditions must select one percentage of one group.
 * @throws UserError for anything the caller can correct, where several percentages match, and where the answer is
 * hidden.
 * @example
 * import { explain, samplePath } from "talis-pd";
 *
 * const { counts, weights, estimate } = await explain([samplePath()], { items: ["peer-coaching"] });
 * console.log(counts.yes, counts.no, (100 * weights.yes / weights.valid).toFixed(3) === estimate.estimate?.toFixed(3)); // 1859 118 true
 */
export async function explain(files: SurveyInput, options: RatesOptions = {}): Promise<Explanation> {
	let plans: PlansExplained | undefined;
	const onPlan = (plan: object) => {
		options.onPlan?.(plan);
		plans = plan as PlansExplained;
	};
	const { parts, results } = await explainCell(files, { ...options, onPlan });
	const { source, codebook, settings, labels } = results;
	const cell = { estimate: parts.estimate, results, plans: plans as unknown as PlansExplained };
	const named = (dataOf(files) ?? []).filter((one) => typeof one === "string");
	return {
		...parts,
		results: { source, codebook, settings, ...(labels === undefined ? {} : { labels }) },
		inR: cellInR({ ...cell, files: named }),
	};
}
