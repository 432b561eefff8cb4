// talis-pd/chart: charts, and drawings of specifications that were changed by hand.

export { CHART_KINDS, type ChartFormat, type ChartKindName, THEMES, type Theme } from "./chart/choices.js";
export { kindsFor } from "./chart/registry.js";
export { type HtmlOptions, renderHtml } from "./chart/render/page.js";
export { renderPng, renderSvg } from "./chart/render/svg-and-png.js";
export { type ChartOptions, type Charts, chart } from "./library/chart.js";
