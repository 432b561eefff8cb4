import { gapsFinding } from "../../../findings/gaps.js";
import { sharesFinding } from "../../../findings/shares.js";
import type { ChartKind } from "../../kind.js";
import { percentages } from "../../parts/groups-and-items.js";
import { percentChart } from "./percent-chart.js";

/** Every percentage as a point, its confidence interval as a line and its value in figures, highest first. */
export const dots: ChartKind = {
	shows: "percentages",
	canShow: (results) => percentages(results).length > 0,
	resizes: true,
	takes: ["highlight", "benchmarkLine", "sort", "top"],
	finding: (results) => (results.kind === "gaps" ? gapsFinding(results) : sharesFinding(results)),
	draw: (results, locale, drawing) => percentChart(results, locale, "dots", drawing),
};

/** The same with a bar from zero instead of a point. */
export const bars: ChartKind = {
	...dots,
	draw: (results, locale, drawing) => percentChart(results, locale, "bars", drawing),
};
