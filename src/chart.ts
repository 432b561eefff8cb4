// talis-pd/chart: charts, and drawings of specifications that were changed by hand.

export { kindsFor } from "./chart/chart-list.js";
export { CHART_KINDS, type ChartFormat, type ChartKindName, THEMES, type Theme } from "./chart/choices.js";
export { type HtmlOptions, renderHtml } from "./chart/render/page.js";
export { renderPng, renderSvg } from "./chart/render/svg-and-png.js";
export { type ChartOptions, type Charts, chart } from "./library/chart.js";
