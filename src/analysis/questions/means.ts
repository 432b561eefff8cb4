import type { SelectedMeasure } from "../../codebook/meaning/select-measures.js";
import { planMeasures } from "../../codebook/plan/plan-measures.js";
import type { Question } from "../../codebook/plan/scope.js";
import type { AnalysisContext } from "../../read/context.js";
import type { ResultsOf } from "../../results/result-set.js";
import { type MeansSettings, type MeansSpec, normalizeMeans } from "../../settings/means.js";
import { addAverages } from "../benchmarks/averages.js";
import { resultSet } from "../result/assemble.js";
import { measureNotes } from "../result/measure-notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";

/** How a quantile is read off a weighted distribution; the settings of a run say so. */
const QUANTILE_RULE = "first value whose cumulated weight reaches q times the sum of weights";

/**
 * Means, standard deviations and quantiles of scales and other numbers, each with its design-based standard
 * error, and the distribution of counts such as the number of activity types.
 * @throws UserError for anything the caller can put right.
 */
export async function means(
	files: readonly string[],
	spec: MeansSpec = {},
	context: AnalysisContext = {},
): Promise<ResultsOf<"means">> {
	return ask(files, meansInquiry(spec), context);
}

/** The same as one of several questions to a reading. */
export function meansInquiry(spec: MeansSpec): Inquiry<ResultsOf<"means">> {
	const settings = normalizeMeans(spec);
	return inquiry({
		settings,
		plan: (codebook, header) => planMeasures(codebook, header, settings),
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
		settings: { quantileRule: QUANTILE_RULE },
		measured,
		estimates: averages.estimates,
		notes: [...averages.notes, ...measureNotes(sample, sample.question.measures)],
	});
}
