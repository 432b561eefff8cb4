import type { SelectedMeasure } from "../../codebook/meaning/select-measures.js";
import { planMeasures } from "../../codebook/plan/plan-measures.js";
import type { Question } from "../../codebook/plan/scope.js";
import type { AnalysisContext } from "../../read/context.js";
import type { Note, ResultsOf } from "../../results/result-set.js";
import { type MeansSettings, type MeansSpec, normalizeMeans } from "../../settings/means.js";
import { loadLocale } from "../../wording/locale.js";
import { addAverages } from "../benchmarks/averages.js";
import { resultSet } from "../result/assemble.js";
import { makeNote } from "../result/notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";

/** How a quantile is read off a weighted distribution; the settings of a run say so. */
const QUANTILE_RULE = "first value whose cumulated weight exceeds q times the sum of weights";

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
	const measured = measure(sample, settings.quantiles);
	const averages = addAverages(sample, measured, settings.average, settings.quantiles);
	return resultSet("means", sample, {
		settings: { quantileRule: QUANTILE_RULE },
		measured,
		estimates: averages.estimates,
		notes: [...averages.notes, ...measureNotes(sample, sample.question.measures)],
	});
}

function measureNotes(sample: Sample, measures: readonly SelectedMeasure[]): Note[] {
	const note = makeNote(loadLocale(sample.settings.language));
	const countries = new Set(sample.groups.map(({ group }) => group.country ?? ""));
	const names = (list: readonly SelectedMeasure[]) => list.map(({ item }) => item?.variable).join(", ");
	const undeclared = measures.filter(({ missing }) => missing === null);
	const uneven = countries.size < 2 ? [] : measures.filter((one) => !isScalar(one, sample.populations));
	return [
		...(undeclared.length === 0 ? [] : [note("measure-undeclared", { items: names(undeclared) })]),
		...(uneven.length === 0 ? [] : [note("measure-not-comparable", { items: names(uneven) })]),
		...(sample.tabulated.estimator.linearised ? [note("quantile-no-se")] : []),
	];
}

/** Whether a scale's means compare between countries; numbers that are no scale do. */
function isScalar({ invariance }: SelectedMeasure, populations: readonly string[]): boolean {
	if (invariance === undefined) return true;
	if (typeof invariance === "string") return invariance === "scalar";
	const levels = populations.length === 0 ? Object.keys(invariance) : populations;
	return levels.every((level) => (invariance[level] ?? "scalar") === "scalar");
}
