import {
	type AnalysisContext,
	FORMATS,
	failedGate,
	formatOfFile,
	type GATES,
	loadLocale,
	oneOf,
	type ResultSet,
	render,
	UserError,
} from "../index.js";
import { type ChartChoice, checkChart, drawChart } from "./charts.js";
import { checkWritable, writeWhole } from "./files.js";
import { hasColor, type Io, terminalLanguage, widthOf } from "./io.js";
import { startProgress } from "./progress.js";

/** Options every command that makes results has. */
export interface OutputOptions extends ChartChoice {
	lang?: string;
	format?: string;
	out?: string;
	quiet?: boolean;
	failOn?: (typeof GATES)[number][];
}

/**
 * Runs an analysis and shows or writes its results: everything is worked out before anything is written, and
 * a gate is looked at last.
 */
export async function runAnalysis(
	inputs: readonly string[],
	options: OutputOptions,
	io: Io,
	analyse: (language: string, context: AnalysisContext) => Promise<ResultSet> | ResultSet,
): Promise<void> {
	const { lang, format, out, chart, quiet = false, failOn = [] } = options;
	const shape = oneOf("format", format ?? (out === undefined ? "table" : formatOfFile(out)), FORMATS);
	const language = lang ?? languageFor(shape, out, io);
	for (const file of [out, chart]) if (file !== undefined) checkWritable(file, inputs);
	await checkChart(options);
	if (out !== undefined && out === chart) throw new UserError("--out and --chart name the same file");
	const progress = startProgress(io, quiet);
	const context = {
		stdin: io.stdin,
		...(progress.report === undefined ? {} : { progress: progress.report }),
	};
	const results = await Promise.resolve(analyse(language, context)).finally(() => progress.done());
	const text = renderFor(results, shape, out, io);
	const picture = chart === undefined ? undefined : await drawChart(results, chart, options);
	if (out === undefined) io.stdout.write(text);
	else writeWhole(out, text);
	if (chart !== undefined && picture !== undefined) writeWhole(chart, picture);
	if (!quiet) for (const file of [out, chart]) if (file !== undefined) io.stderr.write(`wrote ${file}\n`);
	for (const gate of failOn) {
		const failure = failedGate(results, gate);
		if (failure !== undefined) throw failure;
	}
}

/** The terminal's own language only for what a terminal shows; files and data are English. */
function languageFor(format: string, out: string | undefined, io: Io): string {
	const shown = format === "table" && out === undefined && io.stdout.isTTY === true;
	return (shown ? terminalLanguage(io) : undefined) ?? "en";
}

function renderFor(results: ResultSet, format: string, out: string | undefined, io: Io): string {
	const language = results.settings.lang as Parameters<typeof loadLocale>[0];
	return render(format, results, {
		locale: loadLocale(language),
		width: out === undefined ? widthOf(io.stdout) : 80,
		color: out === undefined && hasColor(io),
	});
}
