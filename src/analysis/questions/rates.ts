import { splitRun } from "../../base/run-options.js";
import { planQuestion } from "../../codebook/plan/plan-items.js";
import { adjustAll } from "../../compare/families.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { ResultsOf } from "../../results/result-set.js";
import { normalizeSettings, type RatesOptions, type RatesSpec } from "../../settings/rates.js";
import { answerCovariances } from "../associations/answer-covariances.js";
import { addAverages } from "../benchmarks/averages.js";
import { addBenchmarks } from "../benchmarks/published-benchmarks.js";
import { resultSet } from "../result/assemble.js";
import { routingNotes } from "../result/routing-notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";

/**
 * Participation rates: for every item of the requested topics and every group, the weighted percentage (0–100) with
 * its design-based standard error and interval in percentage points, n (teachers), schools, Σw (teachers), coverage
 * in percent, design effect and status. A hidden figure is null, and its status says why.
 * @param files Survey files of one cycle, named or by pattern (`data/BTG*T3.sav`); `-` is standard input.
 * @throws UserError for anything the caller can correct.
 * @example
 * import { rates, samplePath } from "talis-pd";
 *
 * const { estimates } = await rates([samplePath()], { items: ["peer-coaching"], by: ["gender"] });
 * for (const { group, estimate, se } of estimates) {
 * 	console.log(group.gender, estimate?.toFixed(1), se?.toFixed(2));
 * }
 * // female 94.6 0.62
 * // male 92.1 1.48
 */
export async function rates(files: SurveyInput, options: RatesOptions = {}): Promise<ResultsOf<"rates">> {
	const [spec, run] = splitRun(options);
	return ask(files, ratesInquiry(spec), run);
}

/**
 * `rates` as one of several questions answered in one pass over the files.
 * @param also Breakdowns in addition to the default ones.
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
	const benchmarks = addBenchmarks(sample, measured.map(averages.figured), averages.averages);
	return resultSet("rates", sample, {
		measured,
		estimates: [...averages.estimates, ...benchmarks.estimates],
		...(settings.answers ? { covariances: answerCovariances(sample, measured) } : {}),
		comparisons: adjustAll(benchmarks.comparisons, settings.adjust, settings.family),
		notes: [...averages.notes, ...benchmarks.notes, ...routingNotes(sample)],
		sides: benchmarks.sides,
	});
}
