import { CHART_ENDINGS } from "../chart/choices.js";
import { loadCharts, loadLocale, oneOf, type ResultSet, UserError } from "../index.js";

type Ending = (typeof CHART_ENDINGS)[number];

/** What a chart is to be, as typed. */
export interface ChartChoice {
	chart?: string;
	kind?: string;
	theme?: string;
}

/**
 * Kind of picture a file name asks for.
 * @throws UserError for any other ending.
 */
export function chartEnding(file: string): Ending {
	const ending = CHART_ENDINGS.find((candidate) => file.toLowerCase().endsWith(candidate));
	if (ending !== undefined) return ending;
	throw new UserError(`"${file}" has no ending a chart can be written as`, {
		hint: `use ${CHART_ENDINGS.join(", ")}`,
	});
}

/**
 * Looks at what was typed before anything is worked out.
 * @throws UserError for an ending, a kind or a theme there is not, and for a kind or theme of no chart.
 */
export async function checkChart({ chart, kind, theme }: ChartChoice): Promise<void> {
	if (chart === undefined) {
		if (kind === undefined && theme === undefined) return;
		throw new UserError(`--${kind === undefined ? "theme" : "kind"} is of a chart, and none is asked for`, {
			hint: "add --chart chart.svg",
		});
	}
	chartEnding(chart);
	const { CHART_KINDS, THEMES } = await loadCharts();
	if (kind !== undefined) oneOf("kind", kind, CHART_KINDS);
	if (theme !== undefined) oneOf("theme", theme, THEMES);
}

/**
 * The results as a chart in the form the file's ending asks for. A page follows its reader's choice of light or dark
 * unless a theme is asked for.
 * @throws UserError where the kind cannot show the results.
 */
export async function drawChart(
	results: ResultSet,
	file: string,
	{ kind, theme }: Omit<ChartChoice, "chart"> = {},
): Promise<string | Uint8Array> {
	const { chartSpec, renderHtml, renderPng, renderSvg, THEMES } = await loadCharts();
	const language = results.settings.lang as Parameters<typeof loadLocale>[0];
	const spec = chartSpec(results, {
		locale: loadLocale(language),
		...(kind === undefined ? {} : { kind }),
		...(theme === undefined ? {} : { theme: oneOf("theme", theme, THEMES) }),
	});
	const ending = chartEnding(file);
	if (ending === ".vl.json") return `${JSON.stringify(spec, null, 2)}\n`;
	if (ending === ".svg") return renderSvg(spec);
	if (ending === ".png") return renderPng(spec);
	return renderHtml(spec, { title: results.codebook.title, language, follow: theme === undefined });
}
