import { CHART_ENDINGS, CHART_FORMATS, CHART_KINDS, type ChartFormat, THEMES } from "../chart/choices.js";
import { chart, type ResultSet, UserError } from "../index.js";
import { oneOf, option, say } from "../internal.js";

/** What a chart is to be, as typed. */
export interface ChartChoice {
	chart?: string;
	kind?: string;
	theme?: string;
	title?: string;
	highlight?: string[];
	benchmarkLine?: string;
	sort?: string;
	top?: string;
	size?: string;
	zoom?: string;
}

/** Options that say how a chart looks. */
export const LOOK_OPTIONS = [
	"kind",
	"theme",
	"title",
	"highlight",
	"benchmarkLine",
	"sort",
	"top",
	"size",
	"zoom",
] as const;

/**
 * What a file's name asks a chart to be.
 * @throws UserError for an ending no chart has.
 */
function chartFormatOf(file: string): ChartFormat {
	const format = CHART_FORMATS.find((name) => file.toLowerCase().endsWith(CHART_ENDINGS[name]));
	if (format !== undefined) return format;
	throw new UserError(`"${file}" has no ending a chart can be written as`, {
		hint: `use ${Object.values(CHART_ENDINGS).join(", ")}`,
	});
}

/**
 * Checks the command line before any computation.
 * @throws UserError for an unknown ending, kind or theme, and for a kind or theme without a chart.
 */
export function checkChart(choice: ChartChoice): void {
	const { chart, kind, theme } = choice;
	if (chart === undefined) {
		const look = LOOK_OPTIONS.find((name) => choice[name] !== undefined);
		if (look === undefined) return;
		throw new UserError(say`${option(look)} is for a chart, and none is asked for`, {
			hint: say`add ${option("chart", "chart.svg")}`,
		});
	}
	chartFormatOf(chart);
	if (kind !== undefined) oneOf("kind", kind, CHART_KINDS);
	if (theme !== undefined) oneOf("theme", theme, THEMES);
	for (const name of ["top", "zoom"] as const) {
		const text = choice[name];
		if (text !== undefined) countOf(name, text);
	}
}

/** Of options of a whole command those that say how a chart looks. */
function picked({ title, benchmarkLine, sort, size }: ChartChoice) {
	return { title, benchmarkLine, sort, size };
}

/** @throws UserError for anything that is not a count. */
function countOf(name: string, text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count > 0) return count;
	throw new UserError(say`${option(name, text)} is not a whole number above 0`, {
		hint: say`write one, such as ${option(name, "3")}`,
	});
}

/**
 * Draws results as a chart in the format of the file's ending.
 * @throws UserError if this kind of chart cannot show the results.
 */
export async function drawChart(
	results: ResultSet,
	file: string,
	{ kind, theme, highlight, top, zoom, chart: _, ...look }: ChartChoice = {},
): Promise<string | Uint8Array> {
	const drawn = await chart(results, {
		format: chartFormatOf(file),
		...(kind === undefined ? {} : { kind: oneOf("kind", kind, CHART_KINDS) }),
		...(theme === undefined ? {} : { theme: oneOf("theme", theme, THEMES) }),
		...(highlight === undefined
			? {}
			: { highlight: highlight.flatMap((names) => names.split(",")).map((name) => name.trim()) }),
		...(top === undefined ? {} : { top: countOf("top", top) }),
		...(zoom === undefined ? {} : { scale: countOf("zoom", zoom) }),
		...picked(look),
	});
	const isContent = typeof drawn === "string" || drawn instanceof Uint8Array;
	return isContent ? drawn : `${JSON.stringify(drawn, null, 2)}\n`;
}
