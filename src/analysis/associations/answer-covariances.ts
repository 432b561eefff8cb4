import { groupBy } from "../../base/group-by.js";
import type { Measured } from "../../estimate/estimates.js";
import { Margins, validSums } from "../../estimate/margin.js";
import { isHidden } from "../../estimate/reliability.js";
import type { AnswerCovariance } from "../../results/covariances.js";
import { groupKey } from "../../results/group-key.js";
import { type Sample, tabulatedItems } from "../survey/sample.js";

/** Covariance matrix of each item's answers by group, for answers that are shown and have a standard error. */
export function answerCovariances(sample: Sample, measured: readonly Measured[]): AnswerCovariance[] {
	const { settings, groups, tabulated } = sample;
	const isShown = ({ estimate: { statistic, status, se } }: Measured) =>
		statistic === "percent" && se !== null && !isHidden(status, settings.suppress === "none");
	const cells = new Map(groups.map(({ group, cell }) => [groupKey(group), cell]));
	const items = new Map(tabulatedItems(sample).map((item) => [`${item.topic}:${item.key}`, item]));
	const margins = new Margins(tabulated.estimator.terms);
	const found = measured.filter(isShown).flatMap((one) => {
		const item = items.get(`${one.estimate.topic}:${one.estimate.item}`);
		return item?.answer === undefined ? [] : [{ ...one, item, answer: item.answer }];
	});
	const keyOf = ({ estimate, answer }: (typeof found)[number]) =>
		JSON.stringify([estimate.topic, answer.of, groupKey(estimate.group)]);
	return [...groupBy(found, keyOf).values()].map((rows) => {
		const [{ estimate, item, answer }] = rows as [(typeof found)[number]];
		const { topic, group, base } = estimate;
		const cell = cells.get(groupKey(group));
		const estimator = tabulated.estimator.within(() =>
			validSums(margins.of(cell as NonNullable<typeof cell>, item.tabulated.index, item.tabulated.states)),
		);
		return {
			...{ topic, item: answer.of, group, base, answers: rows.map((row) => row.answer.code) },
			matrix: estimator.covariance(rows.map(({ theta }) => theta)),
		};
	});
}
