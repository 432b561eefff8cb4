import { loadCharts, loadLocale, type ResultSet, UserError } from "../index.js";

const ENDINGS = [".vl.json", ".svg", ".png", ".html"] as const;
type Ending = (typeof ENDINGS)[number];

/**
 * Kind of picture a file name asks for.
 * @throws UserError for any other ending.
 */
export function chartEnding(file: string): Ending {
	const ending = ENDINGS.find((candidate) => file.toLowerCase().endsWith(candidate));
	if (ending !== undefined) return ending;
	throw new UserError(`"${file}" has no ending a chart can be written as`, {
		hint: `use ${ENDINGS.join(", ")}`,
	});
}

/** The results as a chart in the form the file's ending asks for. */
export async function drawChart(results: ResultSet, file: string): Promise<string | Uint8Array> {
	const { chartSpec, renderHtml, renderPng, renderSvg } = await loadCharts();
	const language = results.settings.lang as Parameters<typeof loadLocale>[0];
	const spec = chartSpec(results, { locale: loadLocale(language) });
	const ending = chartEnding(file);
	if (ending === ".vl.json") return `${JSON.stringify(spec, null, 2)}\n`;
	if (ending === ".svg") return renderSvg(spec);
	return ending === ".png" ? renderPng(spec) : renderHtml(spec, { title: results.codebook.title, language });
}
