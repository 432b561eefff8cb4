import type { PlansExplained } from "../../analysis/survey/planned.js";
import { UserError } from "../../base/errors.js";
import type { ResultSet } from "../../results/result-set.js";
import { variableNames } from "./estimates.js";
import { shownRows } from "./rows.js";

/** The estimator of each statistic of the table. */
export function statisticsAsR(results: ResultSet, plans: PlansExplained): string {
	const names = variableNames(plans);
	const rows = shownRows(results, names).map(({ row, value }) =>
		value === null ? row.statistic : "of_value",
	);
	const used = [...new Set([...rows, ...results.comparisons.map(({ statistic }) => statistic)])];
	const woodruff = isWoodruff(results, plans);
	const made = used.map((statistic) => {
		const known = FUNCTIONS[statistic];
		if (known !== undefined) return `${statistic} = ${known}`;
		if (!/^q[\d.]+$/.test(statistic)) {
			throw new UserError(`the script does not compute the statistic ${statistic} yet`, {
				hint: "ask for it apart from what a script is to check",
			});
		}
		const q = Number(statistic.slice(1)) / 100;
		const by = woodruff ? "woodruff_figure" : "quantile_figure";
		return `${statistic} = function(own, number) ${by}(own, number, ${q})`;
	});
	return `statistics <- list(${made.join(", ")})`;
}

const FUNCTIONS: Readonly<Record<string, string>> = {
	percent: "percent_of",
	count: "count_figure",
	mean: "mean_figure",
	sd: "sd_figure",
	ratio: "ratio_figure",
	of_value: "value_figure",
};

/** Quantiles take Woodruff's interval where that of replicates would not be consistent, and on request. */
function isWoodruff({ settings }: ResultSet, { design }: PlansExplained): boolean {
	const { quantileInterval = "auto" } = settings as { quantileInterval?: string };
	const isSmoothOnly = design.replicates === 0 || design.definition.method.startsWith("jk");
	return quantileInterval === "woodruff" || (quantileInterval === "auto" && isSmoothOnly);
}
