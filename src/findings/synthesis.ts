import type { ResultSet, Statistic } from "../results/result-set.js";
import { alphaOf } from "../results/significance.js";
import type { Locale } from "../wording/locale.js";
import { digitsOf } from "../wording/numbers.js";
import { synthesisLabel } from "../wording/synthesis-names.js";
import type { Finding } from "./finding.js";

const OF_COEFFICIENTS = 2;

/** What systems have in common in the first row, and whether they are shown to differ around it (Cochran's Q). */
export function synthesisFinding(results: ResultSet, locale: Locale): Finding | null {
	const [first] = results.syntheses ?? [];
	if (first === undefined) return null;
	const { of, estimate, ciLow, ciHigh, k, qP } = first;
	const digits = of.kind === "coefficient" ? OF_COEFFICIENTS : digitsOf(of.statistic as Statistic);
	const value = (number: number) => ({ number, digits });
	const isShare = of.kind === "estimate" && of.statistic === "percent";
	return {
		key: qP < alphaOf(results.settings) ? "synthesis-differ" : "synthesis",
		values: {
			...{ item: synthesisLabel(of, results, locale), k },
			...{ value: isShare ? { percent: estimate } : value(estimate), low: value(ciLow), high: value(ciHigh) },
		},
	};
}
