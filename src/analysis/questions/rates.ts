import { planQuestion } from "../../codebook/plan/plan-items.js";
import { adjustAll } from "../../compare/families.js";
import type { AnalysisContext } from "../../read/context.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { ResultsOf } from "../../results/result-set.js";
import { normalizeSettings, type RatesSpec } from "../../settings/rates.js";
import { addAverages } from "../benchmarks/averages.js";
import { addBenchmarks } from "../benchmarks/published-benchmarks.js";
import { resultSet } from "../result/assemble.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";

/**
 * Participation rates: for every item of the asked topics and every group the weighted percentage (0–100)
 * with its design-based standard error and interval, n, schools, Σw, coverage, design effect and status.
 * @param files Survey files of one cycle, named or by pattern (`data/BTG*T3.sav`); `-` is standard input.
 * @throws UserError for anything the caller can put right.
 */
export async function rates(
	files: SurveyInput,
	spec: RatesSpec = {},
	context: AnalysisContext = {},
): Promise<ResultsOf<"rates">> {
	return ask(files, ratesInquiry(spec), context);
}

/**
 * The same as one of several questions to a reading.
 * @param also Breakdowns beside the default ones.
 */
export function ratesInquiry(spec: RatesSpec, also: readonly string[] = []): Inquiry<ResultsOf<"rates">> {
	const settings = normalizeSettings(spec);
	return inquiry({
		settings,
		plan: (codebook, header) => planQuestion(codebook, header, { ...settings, also }),
		answer: ratesOf,
	});
}

function ratesOf(sample: Sample): ResultsOf<"rates"> {
	const { settings } = sample;
	const measured = measure(sample);
	const averages = addAverages(sample, measured);
	const benchmarks = addBenchmarks(sample, [...measured.map(averages.figured), ...averages.figures]);
	return resultSet("rates", sample, {
		measured,
		estimates: [...averages.estimates, ...benchmarks.estimates],
		comparisons: adjustAll(benchmarks.comparisons, settings.adjust, settings.family),
		notes: [...averages.notes, ...benchmarks.notes],
		sides: benchmarks.sides,
	});
}
