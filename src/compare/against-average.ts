import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { memberAgainstAverage } from "../estimate/combine.js";
import { groupKey } from "../results/group-key.js";
import type { ComparisonRow, EstimateRow } from "../results/result-set.js";
import { type Average, isCountry, member } from "./averages-of-systems.js";
import { compareTwo, type TestOptions } from "./comparison.js";
import { fromCombined, independent, sameSample } from "./difference.js";
import { combined, type Figured, subjectKey, without } from "./figured.js";
import { byBreakdown } from "./group-pairs.js";
import { ofPart, type Parts } from "./parts-of-countries.js";

/**
 * Compares countries with an average. A member is tested as part and whole (pooled: replicate by replicate), a part of
 * a member if its share in that member is known, any other country as an independent sample. An average of a single
 * country is not compared with that country.
 */
export function compareWithAverage(
	figures: readonly Figured[],
	averages: readonly Average[],
	sample: { estimator: Estimator } | undefined,
	options: TestOptions,
	parts: Parts,
): ComparisonRow[] {
	const known = new Map(averages.map((average) => [alikeKey(average.figure.estimate), average]));
	return byBreakdown(
		figures.filter(({ estimate }) => isCountry(estimate)),
		"country",
	).flatMap((bundle) => {
		const [any] = bundle.levels.values();
		const average = known.get(alikeKey((any as Figured).estimate));
		if (average === undefined) return [];
		// An average of one country equals that country, so the comparison says nothing.
		const others = [...bundle.levels].filter(
			([country]) => average.members.size > 1 || !average.members.has(country),
		);
		return others.map(([country, a]) => {
			const between = { variable: "country", a: country, b: average.figure.estimate.group.country as string };
			const { figure: b, members } = average;
			const pair = { a, b, group: bundle.group, between };
			if (members.has(country)) {
				const difference = () => partWhole(country, average, sample);
				return compareTwo({ ...pair, kind: "part-whole", difference }, options);
			}
			const whole = parts.wholeOf(country, [...members.keys()]);
			if (whole !== null) {
				const others = [...members].filter(([code]) => code !== whole).map(([, member]) => member);
				return compareTwo({ ...pair, ...ofPart(a, b, others, parts) }, options);
			}
			const difference = () => independent(combined(a), combined(b));
			return compareTwo({ ...pair, kind: "independent", difference }, options);
		});
	});
}

/** Key shared by figures that differ only in their country. */
function alikeKey(estimate: EstimateRow): string {
	return subjectKey(estimate) + groupKey(without(estimate.group, "country"));
}

function partWhole(
	country: string,
	{ figure, members, kind }: Average,
	sample: { estimator: Estimator } | undefined,
) {
	const own = members.get(country) as Figured;
	if (kind === "pooled") {
		return sameSample(
			own.theta as Theta,
			figure.theta as Theta,
			(sample as { estimator: Estimator }).estimator,
			figure.df,
		);
	}
	const place = [...members.keys()].indexOf(country);
	return fromCombined(memberAgainstAverage([...members.values()].map(member), place, kind));
}
