import { splitRun } from "../../base/run-options.js";
import type { SelectedMeasure } from "../../codebook/meaning/select-measures.js";
import { planMeans } from "../../codebook/plan/plan-ratios.js";
import type { Question } from "../../codebook/plan/scope.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { ResultsOf } from "../../results/result-set.js";
import {
	type MeansOptions,
	type MeansSettings,
	type MeansSpec,
	normalizeMeans,
} from "../../settings/means.js";
import { addAverages } from "../benchmarks/averages.js";
import { resultSet } from "../result/assemble.js";
import { measureNotes, tiedNotes } from "../result/measure-notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";

/** Definition of quantiles, as recorded in the settings of a run. */
const QUANTILE_RULE = "first value whose cumulated weight reaches q times the sum of weights";

/**
 * Means, standard deviations and quantiles of scales and other numbers, in their own units and with design-based
 * standard errors. For counts such as the number of activity types, also the distribution in percent.
 * @param files Survey files of one cycle, named or by pattern; `-` is standard input.
 * @throws UserError for anything the caller can correct.
 * @example
 * import { means, samplePath } from "talis-pd";
 *
 * const { estimates } = await means([samplePath()], { variables: ["types"], quantiles: [0.5] });
 * const mean = estimates.find(({ statistic }) => statistic === "mean");
 * console.log(mean?.label, mean?.estimate?.toFixed(2), mean?.se?.toFixed(3)); // Number of kinds of activity 6.18 0.106
 */
export async function means(files: SurveyInput, options: MeansOptions = {}): Promise<ResultsOf<"means">> {
	const [spec, run] = splitRun(options);
	return ask(files, meansInquiry(spec), run);
}

/** `means` as one of several questions answered in one pass over the files. */
export function meansInquiry(spec: MeansSpec): Inquiry<ResultsOf<"means">> {
	const settings = normalizeMeans(spec);
	return inquiry({
		settings,
		plan: (codebook, header) => planMeans(codebook, header, settings),
		answer: meansOf,
	});
}

type MeansSample = Sample<Question & { measures: readonly SelectedMeasure[] }, MeansSettings>;

function meansOf(sample: MeansSample): ResultsOf<"means"> {
	const { settings } = sample;
	const quantiles = { shares: settings.quantiles, interval: settings.quantileInterval };
	const measured = measure(sample, quantiles);
	const averages = addAverages(sample, measured, settings.average, quantiles);
	return resultSet("means", sample, {
		settings: {
			quantileRule: QUANTILE_RULE,
			...(settings.ratios.length === 0 ? {} : { ratios: settings.ratios.map((names) => names.join("/")) }),
		},
		measured,
		estimates: averages.estimates,
		notes: [
			...averages.notes,
			...measureNotes(sample, sample.question.measures),
			...tiedNotes(averages.estimates, sample),
		],
	});
}
