import { type ResultSet, type RunOptions, render, UserError } from "../index.js";
import {
	checkFormat,
	checkGate,
	checkKeys,
	checkScript,
	failedGate,
	findFiles,
	formatOfFile,
	isData,
	isResultsName,
	isText,
	LAYOUTS,
	legible,
	oneOf,
	option,
	say,
	scriptOf,
} from "../internal.js";
import { checkOutputs, writeTogether } from "../platform/outputs.js";
import { type ChartChoice, checkChart, drawChart } from "./charts.js";
import { filesNamed } from "./files.js";
import { hasColor, type Io, terminalLanguage, terminalWidth } from "./io.js";
import { openFile } from "./open.js";
import { watched } from "./progress.js";
import { Steps } from "./steps.js";
import { tell } from "./told.js";

/** Options every command that makes results has. */
export interface OutputOptions extends ChartChoice {
	lang?: string;
	format?: string;
	out?: string;
	wide?: boolean;
	/** Points and intervals instead of a table. */
	plot?: boolean;
	keys?: string;
	layout?: string;
	width?: string;
	sizes?: boolean;
	labels?: boolean;
	provenance?: boolean;
	open?: boolean;
	codebook?: string | undefined;
	sheet?: string;
	encoding?: string;
	quiet?: boolean;
	verbose?: boolean;
	failOn?: string[];
	/** Language of a script that recomputes the results, which is written in their place. */
	emit?: string;
	/** Of SQL. */
	dialect?: string;
	/** Prints the reading plan instead of the results. */
	explainPlan?: boolean;
}

/**
 * Runs an analysis and shows or writes its results: everything is computed before anything is written, and gates are
 * checked last.
 */
export async function runAnalysis(
	inputs: readonly string[],
	options: OutputOptions,
	io: Io,
	analyse: (language: string | undefined, context: RunOptions) => Promise<ResultSet> | ResultSet,
): Promise<void> {
	const { lang, out, chart, quiet = false, failOn = [], emit, dialect } = options;
	checkEmission(options);
	const format = emit === undefined ? formatFor(options) : "json";
	const language = lang ?? languageFor(format, out, io);
	const outputs = [out, chart].filter((file) => file !== undefined);
	checkOutputs(outputs, [...inputs, ...filesNamed(options)]);
	checkChart(options);
	for (const gate of failOn) checkGate(gate);
	const plans: object[] = [];
	const onPlan = (plan: object) => plans.push(plan);
	const steps = new Steps(io, options.verbose === true);
	// Tables name no SHA-256, and rows do so in their column of provenance alone. --verbose tells it of all.
	const bare = format === "table" || (format === "csv" && options.provenance !== true);
	const isTold = emit !== undefined || chart !== undefined || failOn.length > 0 || options.verbose === true;
	const hashed = !bare || isTold;
	const results = await steps.timed("read and computed", () =>
		watched(io, { ...options, verbose: false }, async (run) => analyse(language, { ...run, onPlan, hashed })),
	);
	steps.decided(results, options.codebook, plans);
	if (options.explainPlan) {
		io.stdout.write(`${JSON.stringify(plans, null, 2)}\n`);
		return;
	}
	const content =
		emit === undefined
			? await steps.timed(`laid out as ${format}`, () =>
					render(results, { format, ...layoutOf(options, io) }),
				)
			: scriptOf(emit, results, plans, inputs, dialect);
	const picture =
		chart === undefined ? undefined : await steps.timed("drawn", () => drawChart(results, chart, options));
	const contents = [content, picture].slice(out === undefined ? 1 : 0);
	writeTogether(outputs.map((file, place) => [file, contents[place] as string | Uint8Array]));
	if (out === undefined) io.stdout.write(content as string);
	if (!quiet) for (const file of outputs) tell(`wrote ${legible(file)}`, lang, io);
	if (options.open) for (const file of outputs) await openFile(file, io);
	for (const gate of failOn) {
		const failure = failedGate(results, gate);
		if (failure !== undefined) throw failure;
	}
}

/** @throws UserError if a script is requested together with options that need results. */
function checkEmission({ emit, dialect, chart, format, out }: OutputOptions): void {
	if (emit === undefined && dialect === undefined) return;
	checkScript(emit ?? "", dialect);
	if (out !== undefined && isResultsName(out)) {
		throw new UserError(
			say`${option("emit")} writes a script, and ${option("out", out)} has the ending of results`,
			{
				hint: say`say ${option("out", "FILE")} with the ending of a script: .R, .do, .sps or .sql`,
			},
		);
	}
	const other = chart !== undefined ? "chart" : format !== undefined ? "format" : undefined;
	if (other === undefined) return;
	throw new UserError(say`${option("emit")} writes a script, and ${option(other)} is of results`, {
		hint: "ask for them one after the other",
	});
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
		context: RunOptions,
	) => Promise<ResultSet>,
): Promise<void> {
	const [files, schools] = [await findFiles(names), await findFiles(options.schools ?? [])];
	return runAnalysis([...files, ...schools], options, io, (language, run) =>
		analyse(files, schools.length === 0 ? options : { ...options, schools }, language, run),
	);
}

/** @throws UserError for a format there is not, that is no text, or that cannot be laid out as asked. */
function formatFor(options: OutputOptions) {
	const { format, out, wide = false, keys, codebook } = options;
	const name = format ?? (out === undefined ? "table" : formatOfFile(out));
	if (keys !== undefined) checkKeys(keys, codebook);
	checkOptions(options);
	const known = checkFormat(name, wide || keys !== undefined);
	if (options.plot && known !== "table") {
		throw new UserError(say`${option("plot")} is of a table on a terminal, and ${known} is none`, {
			hint: say`say ${option("chart", "chart.svg")} for a picture`,
		});
	}
	if (options.labels && !isData(known)) {
		throw new UserError(say`${option("labels")} is for data, not for ${known}`, {
			hint: say`say ${option("format", "csv or xlsx")}`,
		});
	}
	if (options.provenance && known !== "csv") {
		throw new UserError(say`${option("provenance")} is for csv; ${known} always says what it is made from`);
	}
	if (options.width !== undefined && known !== "table") {
		throw new UserError(say`${option("width")} is for tables on a terminal, not for ${known}`);
	}
	if (options.layout !== undefined && (known === "csv" || known === "json")) {
		throw new UserError(say`${option("layout")} is for tables, not for ${known}`);
	}
	if (out !== undefined || isText(known)) return known;
	throw new UserError(`${name} is not text that can be printed`, {
		hint: say`say ${option("out", `FILE.${name}`)}`,
	});
}

/** The terminal's own language only for what a terminal shows; files and data are as the command has them. */
function languageFor(format: string, out: string | undefined, io: Io): string | undefined {
	const shown = format === "table" && out === undefined && io.stdout.isTTY === true;
	return shown ? terminalLanguage(io) : undefined;
}

function layoutOf(options: OutputOptions, io: Io) {
	const {
		out,
		wide = false,
		plot = false,
		keys,
		codebook,
		layout,
		width,
		sizes = false,
		labels = false,
		provenance = false,
	} = options;
	return {
		...(layout === undefined ? {} : { layout: oneOf("layout", layout, LAYOUTS) }),
		...{ wide, plot, sizes, labels, provenance },
		...(keys === undefined ? {} : { keys }),
		...(codebook === undefined ? {} : { codebook }),
		...(out === undefined ? { width: terminalWidth(io.stdout), color: hasColor(io) } : {}),
		...(width === undefined ? {} : { width: columnsAsked(width) }),
	};
}

/** @throws UserError if a width is not a possible number of table columns. */
function columnsAsked(text: string): number {
	const columns = Number(text);
	if (Number.isInteger(columns) && columns >= 40 && columns <= 1000) return columns;
	throw new UserError(say`${option("width")}: "${text}" is not a number of columns`, {
		hint: "say a whole number from 40 to 1000",
	});
}

/** @throws UserError for options that require or exclude each other. */
function checkOptions({ wide = false, keys, sizes, labels, open, out, chart }: OutputOptions): void {
	const isWide = wide || keys !== undefined;
	if (sizes && !isWide) throw new UserError(say`${option("sizes")} goes with ${option("wide")}`);
	if (labels && isWide) {
		throw new UserError(say`${option("labels")} does not go with ${option("wide")}, whose rows have names`);
	}
	if (open && out === undefined && chart === undefined) {
		throw new UserError(say`${option("open")} shows a file, and none is written`, {
			hint: say`name one with ${option("chart", "FILE.html")} or ${option("out", "FILE.html")}`,
		});
	}
}
