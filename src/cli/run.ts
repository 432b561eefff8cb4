import {
	type AnalysisContext,
	checkFormat,
	checkGate,
	failedGate,
	findFiles,
	formatOfFile,
	isText,
	KEYS,
	LANGUAGES,
	languageOf,
	loadLocale,
	oneOf,
	type ResultSet,
	renderFile,
	UserError,
	type View,
	wideKeys,
} from "../index.js";
import { checkOutputs, writeTogether } from "../platform/outputs.js";
import { type ChartChoice, checkChart, drawChart } from "./charts.js";
import { filesNamed } from "./files.js";
import { hasColor, type Io, terminalLanguage, widthOf } from "./io.js";
import { contextOf, startProgress } from "./progress.js";

/** Options every command that makes results has. */
export interface OutputOptions extends ChartChoice {
	lang?: string;
	format?: string;
	out?: string;
	wide?: boolean;
	keys?: string;
	sheet?: string;
	quiet?: boolean;
	failOn?: string[];
	/** Prints what is read of the files instead of the results. */
	explainPlan?: boolean;
}

/**
 * Runs an analysis and shows or writes its results: everything is worked out before anything is written, and
 * a gate is looked at last.
 */
export async function runAnalysis(
	inputs: readonly string[],
	options: OutputOptions,
	io: Io,
	analyse: (language: string | undefined, context: AnalysisContext) => Promise<ResultSet> | ResultSet,
): Promise<void> {
	const { lang, out, chart, quiet = false, failOn = [] } = options;
	const format = formatFor(options);
	const language = lang ?? languageFor(format, out, io);
	const outputs = [out, chart].filter((file) => file !== undefined);
	checkOutputs(outputs, [...inputs, ...filesNamed(options)]);
	await checkChart(options);
	for (const gate of failOn) checkGate(gate);
	const progress = startProgress(io, quiet);
	const plans: object[] = [];
	const context = { ...contextOf(io, progress, options), onPlan: (plan: object) => plans.push(plan) };
	const results = await Promise.resolve(analyse(language, context)).finally(() => progress.done());
	if (options.explainPlan) {
		io.stdout.write(`${JSON.stringify(plans, null, 2)}\n`);
		return;
	}
	const content = await renderFile(format, results, viewFor(results, options, io));
	const picture = chart === undefined ? undefined : await drawChart(results, chart, options);
	const contents = [content, picture].slice(out === undefined ? 1 : 0);
	writeTogether(outputs.map((file, place) => [file, contents[place] as string | Uint8Array]));
	if (out === undefined) io.stdout.write(content as string);
	if (!quiet) for (const file of outputs) io.stderr.write(`wrote ${file}\n`);
	for (const gate of failOn) {
		const failure = failedGate(results, gate);
		if (failure !== undefined) throw failure;
	}
}

/** The same for files of a survey, named or by pattern. */
export async function runSurvey<O extends OutputOptions & { schools?: readonly string[] | undefined }>(
	names: readonly string[],
	options: O,
	io: Io,
	analyse: (
		files: string[],
		options: O,
		language: string | undefined,
		context: AnalysisContext,
	) => Promise<ResultSet>,
): Promise<void> {
	const [files, schools] = [await findFiles(names), await findFiles(options.schools ?? [])];
	return runAnalysis([...files, ...schools], options, io, (language, context) =>
		analyse(files, schools.length === 0 ? options : { ...options, schools }, language, context),
	);
}

/** @throws UserError for a format there is not, that is no text, or that cannot be laid out as asked. */
function formatFor({ format, out, wide = false, keys }: OutputOptions): string {
	const name = format ?? (out === undefined ? "table" : formatOfFile(out));
	if (keys !== undefined) oneOf("keys", keys, KEYS);
	checkFormat(name, wide || keys !== undefined);
	if (out !== undefined || isText(name)) return name;
	throw new UserError(`${name} is no text that can be printed`, { hint: `say --out FILE.${name}` });
}

/** The terminal's own language only for what a terminal shows; files and data are as the command has them. */
function languageFor(format: string, out: string | undefined, io: Io): string | undefined {
	const shown = format === "table" && out === undefined && io.stdout.isTTY === true;
	return shown ? terminalLanguage(io, LANGUAGES) : undefined;
}

function viewFor(results: ResultSet, { out, wide = false, keys }: OutputOptions, io: Io): View {
	return {
		locale: loadLocale(languageOf(results)),
		width: out === undefined ? widthOf(io.stdout) : 80,
		color: out === undefined && hasColor(io),
		...(wide || keys !== undefined ? { wide: wideKeys(keys, results) } : {}),
	};
}
