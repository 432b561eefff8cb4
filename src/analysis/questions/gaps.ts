import { groupBy } from "../../base/group-by.js";
import { splitRun } from "../../base/run-options.js";
import { gapTopics, planGaps, UNMET } from "../../codebook/plan/plan-gaps.js";
import type { Question } from "../../codebook/plan/scope.js";
import { compareTwo } from "../../compare/comparison.js";
import { sameSample } from "../../compare/difference.js";
import { adjustAll } from "../../compare/families.js";
import { type Figured, fromMeasured } from "../../compare/figured.js";
import type { Theta } from "../../design/variance.js";
import type { Measured } from "../../estimate/estimates.js";
import type { SurveyInput } from "../../read/memory/data.js";
import { groupKey } from "../../results/group-key.js";
import type { ComparisonRow, ResultsOf } from "../../results/result-set.js";
import {
	type CompareSettings,
	type GapsOptions,
	type GapsSpec,
	normalizeGaps,
} from "../../settings/compare.js";
import { loadLocale } from "../../wording/locale.js";
import { addAverages, averageDifferences } from "../benchmarks/averages.js";
import { resultSet } from "../result/assemble.js";
import { makeNote } from "../result/notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { measure, type Sample } from "../survey/sample.js";

/**
 * Compares needs with offers. For each topic asked both ways: the percentages (0–100) of teachers with a high level of
 * need (topic of needs), with a programme that covered it (the offer) and with a high need that was not covered
 * (`unmet`), all over the same teachers, and the difference need − offer in percentage points, replicate by replicate.
 * Ranked by unmet need.
 * @param files Survey files of one cycle, named or by pattern; `-` is standard input.
 * @throws UserError for anything the caller can correct.
 * @example
 * import { gaps, samplePath } from "talis-pd";
 *
 * const { estimates } = await gaps([samplePath()]);
 * const unmet = estimates.filter(({ topic }) => topic === "unmet");
 * console.log(unmet[0]?.item, unmet[0]?.estimate?.toFixed(1)); // special-needs 8.4
 */
export async function gaps(files: SurveyInput, options: GapsOptions = {}): Promise<ResultsOf<"gaps">> {
	const [spec, run] = splitRun(options);
	return ask(files, gapsInquiry(spec), run);
}

/** `gaps` as one of several questions answered in one pass over the files. */
export function gapsInquiry(spec: GapsSpec): Inquiry<ResultsOf<"gaps">> {
	const settings = normalizeGaps(spec);
	return inquiry({
		settings,
		plan: (codebook, header) => planGaps(codebook, header, settings),
		answer: gapsOf,
	});
}

function gapsOf(sample: Sample<Question, CompareSettings>): ResultsOf<"gaps"> {
	const { settings } = sample;
	const measured = ranked(measure(sample), settings);
	const averages = addAverages(sample, measured);
	const figures = measured.map(averages.figured);
	const pooled = averages.figures.filter(({ theta }) => theta !== undefined);
	const own = needMinusOffer([...figures, ...pooled], sample, settings);
	const comparisons = [...own, ...averageDifferences(own, figures, sample)];
	const locale = loadLocale(settings.language);
	const { needs, offer } = gapTopics(sample.codebook, settings.topics);
	const everybody = settings.base === null || settings.base === "all";
	return resultSet("gaps", sample, {
		settings: { gaps: { needs, offer } },
		measured,
		estimates: averages.estimates,
		comparisons: adjustAll(comparisons, settings.adjust, settings.family),
		notes: [makeNote(locale)(everybody ? "gaps-all" : "gaps-participants"), ...averages.notes],
	});
}

/** Within each group, topics by falling unmet need, hidden ones last. */
function ranked(measured: readonly Measured[], { suppress }: CompareSettings): Measured[] {
	const unmet = (rows: readonly Measured[]) => {
		const row = rows.find(({ estimate }) => estimate.topic === UNMET) as Measured;
		return fromMeasured(row, suppress === "none").hidden ? -1 : (row.estimate.estimate as number);
	};
	const groups = groupBy(measured, ({ estimate }) => groupKey(estimate.group));
	return [...groups.values()].flatMap((rows) =>
		[...groupBy(rows, ({ estimate }) => estimate.item).values()].sort((a, b) => unmet(b) - unmet(a)).flat(),
	);
}

function needMinusOffer(
	figures: readonly Figured[],
	sample: Sample,
	settings: CompareSettings,
): ComparisonRow[] {
	const { needs, offer } = gapTopics(sample.codebook, settings.topics);
	const key = ({ estimate: { item, group, statistic } }: Figured) => JSON.stringify([item, statistic, group]);
	const offers = new Map(
		figures.flatMap((figure) => (figure.estimate.topic === offer ? [[key(figure), figure]] : [])),
	);
	return figures.flatMap((a) => {
		const { topic, group, statistic } = a.estimate;
		const b = offers.get(key(a));
		if (topic !== needs || statistic !== "percent" || b === undefined) return [];
		const { estimator } = sample.tabulated;
		const difference = () => sameSample(a.theta as Theta, b.theta as Theta, estimator, a.df);
		const between = { variable: "topic", a: needs, b: offer };
		return [compareTwo({ a, b, group, between, kind: "same-sample", difference }, settings)];
	});
}
