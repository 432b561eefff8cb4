import { Command } from "commander";
import { enumerated } from "../base/enumerated.js";
import { THEMES } from "../chart/choices.js";
import { packageVersion } from "../platform/package.js";
import { PROFILE_FORMATS } from "../profile/formats.js";
import { LANGUAGES } from "../wording/languages.js";
import { helpInLanguage, helpLanguage } from "./help-language.js";
import type { Io } from "./io.js";
import { withManners } from "./manners.js";
import {
	baseOptions,
	designOptions,
	familyOptions,
	gates,
	methodOptions,
	outputOptions,
	PROTECT,
	publishedOptions,
	questionOptions,
	readingOptions,
	repeat,
	synthesisOptions,
	variableOption,
	writingOptions,
} from "./options.js";

/** By what they are called, in the order of --help. */
const COMMANDS = new Map<string, (program: Command, io: Io, argv: readonly string[]) => void>([
	["rates", addRates],
	["compare", addCompare],
	["gaps", addGaps],
	["means", addMeans],
	["model", addModel],
	["relate", addRelate],
	["published", addPublished],
	["explore", addExplore],
	["profile", addProfile],
	["render", addRender],
	["report", addReport],
	["explain", addExplain],
	["verify", addVerify],
	["diff", addDiff],
	["selftest", addSelftest],
	["cite", addCite],
	["protect", addProtect],
	["inspect", addInspect],
	["doctor", addDoctor],
	["reach", addReach],
	["convert", addConvert],
	["codebook", addCodebook],
	["synth", addSynth],
	["demo", addDemo],
	["complete", addComplete],
	["man", addMan],
	["help", addHelp],
]);

/**
 * The command tree, or of it the one command that a line asks for, as every start makes it. Actions are imported when
 * they run, so that --help is quick.
 */
export function createProgram(io: Io, argv: readonly string[] = []): Command {
	const program = new Command("talis-pd")
		.description(
			"Publishable statistics on teachers' professional development from TALIS and similar surveys.",
		)
		.version(packageVersion(), "-v, --version", "print the version")
		.helpCommand(false)
		.helpOption("-h, --help", "show this help")
		.exitOverride()
		.configureOutput({
			writeOut: (text) => io.stdout.write(text),
			writeErr: (text) => io.stderr.write(text),
			getOutHelpWidth: () => io.stdout.columns || 80,
			// Said by main, like all errors.
			outputError() {},
		});
	const asked = COMMANDS.get(argv[0] ?? "");
	const isAboutAll = asked === undefined || [addComplete, addMan, addHelp].includes(asked);
	for (const add of isAboutAll ? COMMANDS.values() : [asked]) add(program, io, argv);
	return helpInLanguage(withManners(program), helpLanguage(argv, io));
}

function addRates(program: Command, io: Io): void {
	const command = program
		.command("rates")
		.description("weighted percentages by item and group, with standard errors")
		.argument(
			"<file...>",
			"survey files of one cycle, or patterns: csv, xlsx, sav, dta, rds, parquet, zip; - is standard input",
		);
	questionOptions(command)
		.option("--total", "add a row for all groups together")
		.option("--yes <codes>", "which answers of scale items count, such as 3,4", repeat)
		.option("--answers", "one row per answer of an item: assessment=1, assessment=2, …")
		.option("--counts", "add the estimated number of teachers")
		.option("--benchmark <names>", "add published figures for comparison: KAZ@2024,oecd@2024", repeat);
	outputOptions(synthesisOptions(familyOptions(methodOptions(command)))).action(async (files, options) =>
		(await import("./commands/rates.js")).ratesCommand(files, options, io),
	);
}

function addCompare(program: Command, io: Io): void {
	const command = program
		.command("compare")
		.description("differences between groups, items, countries or cycles, tested according to the design")
		.argument("<file...>", "survey files, or results of rates --format json where samples are independent")
		.option("--between <what>", "gender, experience, … any group; items, country, population or cycle")
		.option(
			"--reference <level>",
			"the level that all others are compared with; for countries also average:oecd",
		)
		.option("--pairs <which>", "all: every level with every other (default up to 10 levels)");
	variableOption(
		questionOptions(familyOptions(command)),
		"compare means of scales or columns instead of percentages",
	)
		.option("--total", "add a row for all groups together")
		.option("--yes <codes>", "which answers of scale items count, such as 3,4", repeat)
		.option("--answers", "one row per answer of an item: assessment=1, assessment=2, …")
		.option("--allow-mismatch <what>", "pair cycles that differ in base, population", repeat)
		.option("--force-trend", "also test items that the codebooks call not comparable between cycles")
		.option("--benchmark <names>", "add published figures for comparison: KAZ@2024,oecd@2024", repeat)
		.option(
			"--test <test>",
			"test all levels together: joint (Rao–Scott F; for means Wald F), wald, adj-wald",
		)
		.option("--within <amount>", "also test whether a difference is smaller than this many points");
	outputOptions(synthesisOptions(methodOptions(command))).action(async (files, options) =>
		(await import("./commands/compare.js")).compareCommand(files, options, io),
	);
}

function addGaps(program: Command, io: Io): void {
	const command = program
		.command("gaps")
		.description("needs and offer: what teachers need and their programmes do not cover")
		.argument("<file...>", "survey files of one cycle, or patterns");
	command
		.option("--topic <names>", "the topics of needs and of the offer (default: as the codebook says)", repeat)
		.option(
			"--item <words>",
			"items, by key or word: ict, assessment (default: all that both topics ask)",
			repeat,
		);
	baseOptions(command, "all");
	outputOptions(methodOptions(familyOptions(command))).action(async (files, options) =>
		(await import("./commands/gaps.js")).gapsCommand(files, options, io),
	);
}

function addMeans(program: Command, io: Io): void {
	const command = program
		.command("means")
		.description("means, standard deviations, quantiles and distributions")
		.argument("<file...>", "survey files of one cycle, or patterns");
	variableOption(command, "scales, columns, or types (default: all in the codebook)")
		.option("--item <names>", "the same as --variable", repeat)
		.option(
			"--ratio <ratios>",
			"ratios of two sums over the same teachers: TT3G11A/TT3G11B, focus:types/types",
			repeat,
		)
		.option("--topic <names>", "only numbers of these topics: measures, activities, …", repeat)
		.option("--quantile <shares>", "between 0 and 1, with commas (default: 0.25,0.5,0.75)", repeat)
		.option(
			"--quantile-interval <method>",
			"auto, replicates or woodruff (default: auto: woodruff for jackknife and linearised designs)",
		);
	baseOptions(command, "all");
	outputOptions(methodOptions(command)).action(async (files, options) =>
		(await import("./commands/means.js")).meansCommand(files, options, io),
	);
}

function addModel(program: Command, io: Io): void {
	const command = program
		.command("model")
		.description(
			"regressions with design-based standard errors: linear for scales and numbers, logistic for items",
		)
		.argument("<file...>", "survey files of one cycle, or patterns")
		.option("--outcome <names>", "items, scales, columns or types; one model for each", repeat)
		.option("--predict <terms>", "gender,age,focus:ict,TT3G11B; a*b is an interaction; factor(X), number(X)")
		.option("--model <terms>", "NAME: terms; repeat for models side by side, on the same teachers", repeat)
		.option("--family <family>", "auto, linear or logistic (default: auto)")
		.option("--reference <levels>", "reference levels of factors: gender=male", repeat)
		.option("--standardize", "measure numbers in standard deviations")
		.option("--effects", "average marginal effects of logistic models, in percentage points")
		.option("--at <values>", "predictions at gender=male,TT3G11B=10; may be repeated", repeat)
		.option("--each-own", "fit each model to all teachers that it can use")
		.option("--equal-systems", "with --pool country: give every system the same weight")
		.option("--yes <codes>", "which answers of a scale item count as yes in the outcome", repeat);
	baseOptions(command, "as published");
	outputOptions(synthesisOptions(designOptions(command))).action(async (files, options) =>
		(await import("./commands/model.js")).modelCommand(files, options, io),
	);
}

function addRelate(program: Command, io: Io): void {
	const command = program
		.command("relate")
		.description("correlations of scales, numbers and items, and the reliability of scales")
		.argument("<file...>", "survey files of one cycle, or patterns");
	variableOption(command, "scales, columns and items to correlate")
		.option("--rank", "use ranks instead of values (Spearman)")
		.option("--alpha <columns>", "Cronbach's alpha of TT3G34A,TT3G34B,-TT3G34C; may be repeated", repeat);
	baseOptions(command, "as published");
	outputOptions(designOptions(command)).action(async (files, options) =>
		(await import("./commands/relate.js")).relateCommand(files, options, io),
	);
}

function addPublished(program: Command, io: Io): void {
	const command = program
		.command("published")
		.description("published estimates as results, without microdata")
		.option("--country <codes>", "KAZ,FRA; average stands for all averages (default: all)", repeat)
		.option("--cycle <year>", "the cycle (default: the latest)")
		.option("--codebook <name>", "the survey: a codebook or a YAML file (default: the shipped survey)");
	publishedOptions(command)
		.option("--list", "list what is published: topics and items with their names, and the number of systems")
		.option("--statistic <what>", "figures, or odds-ratio (from logistic models) (default: figures)")
		.option("--average <names>", "averages computed here: oecd, eu, all, or codes such as FRA,ITA", repeat)
		.option("--level <share>", "confidence level (default: 0.95)")
		.option("--ci <method>", "logit or wald, from the published standard error (default: logit)")
		.option("--df <df>", "degrees of freedom of intervals: inf or a number (default: inf)");
	writingOptions(synthesisOptions(command)).action(async (options) =>
		(await import("./commands/published.js")).publishedCommand(options, io),
	);
}

function addExplore(program: Command, io: Io): void {
	readingOptions(program.command("explore"))
		.description("one offline page for exploring figures: the published ones and your own results")
		.argument("[file...]", "results of --format json, or survey files of one cycle")
		.requiredOption("--out <file>", "page to write, .html; - is standard output")
		.option("--by <names>", "groups to show from survey files (default: gender, or the first)", repeat)
		.option("--only-own", "leave out the published estimates")
		.option(...PROTECT)
		.option(
			"--codebook <name>",
			"a shipped codebook or a YAML file, of the files and of the published estimates",
		)
		.option("--lang <language>", `the page opens in: ${enumerated(LANGUAGES)} (default: en)`)
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (files, options) =>
			(await import("./commands/explore.js")).exploreCommand(files, options, io),
		);
}

function addProfile(program: Command, io: Io): void {
	const command = program
		.command("profile")
		.description("a country on one A4 page, compared with all other systems and the average")
		.argument("[file...]", "survey files of one cycle, or patterns (default: the published figures)")
		.option("--country <codes>", "KAZ,FRA, or all (default: the files' country)", repeat)
		.option("--cycle <year>", "the cycle (default: the files' cycle, or the latest)")
		.option("--population <level>", "level of education: isced1, isced2, isced3 (default: the main level)")
		.option("--topic <names>", "topics, with commas (default: all published)", repeat)
		.option("--codebook <name>", "the survey: a codebook or a YAML file (default: the shipped survey)")
		.option(...PROTECT);
	readingOptions(command)
		.requiredOption("--out <file>", "a file for one country, or a folder for a file per country")
		.option("--format <format>", `${enumerated(PROFILE_FORMATS)} (default: by the file's extension, or pdf)`)
		.option("--theme <theme>", `${enumerated(THEMES)} (default: light; pages follow the reader's setting)`)
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (files, options) =>
			(await import("./commands/profile.js")).profileCommand(files, options, io),
		);
}

function addRender(program: Command, io: Io): void {
	const command = program
		.command("render")
		.description("make a table or chart from saved results, without microdata, in any language")
		.argument("<results>", "results of --format json; - is standard input")
		.option("--codebook <name>", "where labels come from (default: the installed codebook)")
		.option("--topic <names>", "only these topics, with commas", repeat)
		.option("--item <words>", "only these items, by key, variable or word", repeat);
	writingOptions(command).action(async (file, options) =>
		(await import("./commands/render.js")).renderCommand(file, options, io),
	);
}

function addReport(program: Command, io: Io): void {
	const command = program
		.command("report")
		.description(
			"the yearly report as a folder: one page in three languages, tables, charts, results, hashes",
		)
		.argument("<config>", "the report's config, a YAML file; report init writes one")
		.option("--out <folder>", "where the report goes; it replaces an earlier one")
		.option("--baseline <file>", "results.json of the last report: adds what changed since")
		.option(
			"--fail-on <what>",
			"exit with 3 on suppressed, year-missing, figures-missing, design-changed, data-changed, significant-drop, …",
			gates,
		)
		.option("--sheet <name>", "which sheet of a workbook to read, by name or number")
		.option("--encoding <name>", "encoding of the text, if it is recognised wrongly")
		.option("--as-of <day>", "date printed on the page, YYYY-MM-DD (default: none)")
		.option("--allow-outside", "allow files outside the config's folder")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (config, options) =>
			(await import("./commands/report.js")).reportCommand(config, options, io),
		);
	command
		.command("init")
		.description("write a config with a comment on every key")
		.argument("[file]", "YAML file to write", "report.yaml")
		.option("--data <file>", "survey file whose topics and groups the config lists; may be repeated", repeat)
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
		.option("--sheet <name>", "which sheet of a workbook to read, by name or number")
		.option("--encoding <name>", "encoding of the text, if it is recognised wrongly")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no messages")
		.action(async (file, _, own) =>
			// The sheet and the encoding are options of the command it belongs to, too.
			(await import("./commands/report.js")).reportInitCommand(file, own.optsWithGlobals(), io),
		);
}

function addInspect(program: Command, io: Io): void {
	readingOptions(program.command("inspect"))
		.description(
			"what a file contains: cycle, countries, weights, items, unknown codes; and what to type next",
		)
		.argument("<file...>", "survey files or patterns, one after the other; - is standard input")
		.option(
			"--variables [words]",
			"list the columns and what is known about each: all, or those that match some words",
		)
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress")
		.option("--debug", "show the details of an error")
		.action(async (files, options) =>
			(await import("./commands/inspect.js")).inspectCommand(files, options, io),
		);
}

function addDoctor(program: Command, io: Io): void {
	readingOptions(program.command("doctor"))
		.description("list all problems of a file: where, how serious, and what to do")
		.argument("<file...>", "survey files or patterns, one after the other; - is standard input")
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
		.option("--strict", "exit with 3 if there are any findings")
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress")
		.option("--debug", "show the details of an error")
		.action(async (files, options) =>
			(await import("./commands/doctor.js")).doctorCommand(files, options, io),
		);
}

function addExplain(program: Command, io: Io): void {
	const command = program
		.command("explain")
		.description(
			"one percentage in plain words: who is counted and who is not, formula, replicates, interval, R",
		)
		.argument("<file...>", "survey files of one cycle, or patterns");
	readingOptions(
		questionOptions(command)
			.option("--yes <codes>", "which answers of scale items count, such as 3,4", repeat)
			.option("--ci <method>", "logit, wald, beta, wilson or xlogit (default: logit)")
			.option("--level <share>", "confidence level (default: 0.95)")
			.option("--df <df>", "degrees of freedom: design, inf or a number (default: design)")
			.option("--suppress <rule>", "talis (the codebook's rule), nces or none (default: talis)")
			.option(...PROTECT)
			.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)"),
	)
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress")
		.option("--debug", "show the details of an error")
		.action(async (files, options) =>
			(await import("./commands/explain.js")).explainCommand(files, options, io),
		);
}

function addVerify(program: Command, io: Io): void {
	readingOptions(program.command("verify"))
		.description("recompute saved results and list every number that differs; exit with 3")
		.argument(
			"<results>",
			"file made with --format json, or a report's folder, which is checked against its manifest",
		)
		.argument(
			"[file...]",
			"the survey files of the results; without them, only contradictions within the results are found",
		)
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (results, files, options) =>
			(await import("./commands/verify.js")).verifyCommand(results, files, options, io),
		);
}

function addDiff(program: Command, io: Io): void {
	program
		.command("diff")
		.description("list every difference between two saved results, for CI; exit with 3")
		.argument("<a>", "file made with --format json")
		.argument("<b>", "the file to compare it with")
		.option(
			"--tolerance <number>",
			"largest difference that counts as equal, relative for numbers beyond 1 (default: 1e-9)",
		)
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.action(async (a, b, options) => (await import("./commands/verify.js")).diffCommand(a, b, options, io));
}

function addSelftest(program: Command, io: Io): void {
	program
		.command("selftest")
		.description("check this installation with the shipped samples, offline; exit with 3 if a number differs")
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./commands/selftest.js")).selftestCommand(options, io));
}

function addCite(program: Command, io: Io): void {
	program
		.command("cite")
		.description("how to cite the tool, and the data and codebook of saved results")
		.argument("[results]", "file made with --format json")
		.option("--format <format>", "text or bibtex (default: text)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.action(async (results, options) =>
			(await import("./commands/cite.js")).citeCommand(results, options, io),
		);
}

function addProtect(program: Command, io: Io): void {
	program
		.command("protect")
		.description(
			"check whether saved results, taken together, reveal hidden figures or too few teachers; exit with 3",
		)
		.argument("<results...>", "files made with --format json, such as results.json of a report")
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", "en, kk or ru")
		.option("--debug", "show the details of an error")
		.action(async (files, options) =>
			(await import("./commands/protect.js")).protectCommand(files, options, io),
		);
}

function addReach(program: Command, io: Io): void {
	const command = program
		.command("reach")
		.description("from administrative counts: the share of teachers that a programme reached, by year")
		.argument("<file>", "counts by programme and year; - is standard input")
		.option(
			"--columns <names>",
			"program=…,year=…,trained=…,eligible=… (default: recognised by name)",
			repeat,
		);
	writingOptions(readingOptions(command)).action(async (file, options) =>
		(await import("./commands/reach.js")).reachCommand(file, options, io),
	);
}

function addConvert(program: Command, io: Io): void {
	readingOptions(program.command("convert"))
		.description("convert a file to another format, value by value; Parquet keeps labels and missing codes")
		.argument("<in>", "survey file of any format; - is standard input")
		.argument("<out>", "file to write, .csv, .csv.gz or .parquet; - is standard output")
		.option("--to <format>", "csv, csv.gz or parquet (default: by the file's extension)")
		.option("--delimiter <mark>", "delimiter of csv: , ; or tab (default: ,)")
		.option("--labels", "in csv: value labels instead of values")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (from, to, options) =>
			(await import("./commands/convert.js")).convertCommand(from, to, options, io),
		);
}

function addCodebook(program: Command, io: Io): void {
	const codebook = program
		.command("codebook")
		.description(
			"codebooks: draft one for your own survey, check one against a file, show and list the shipped ones",
		);
	const command = (usage: string, description: string) =>
		codebook
			.command(usage)
			.description(description)
			.option("--quiet", "no progress and no messages")
			.option("--debug", "show the details of an error");
	readingOptions(command("init", "draft a codebook from a survey file, with comments on what to decide"))
		.argument("<file>", "survey file; - is standard input")
		.option("--out <file>", "file to write (default: standard output)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.action(async (file, options) =>
			(await import("./commands/codebook.js")).codebookInitCommand(file, options, io),
		);
	const shown = (one: Command) =>
		one
			.option("--format <format>", "table or json (default: table)")
			.option("--lang <language>", enumerated(LANGUAGES));
	readingOptions(shown(command("check", "check a codebook against a file; exit with 3 if they do not match")))
		.argument("<file>", "survey file; - is standard input")
		.option("--codebook <name>", "a shipped codebook or a YAML file")
		.option("--strict", "exit with 3 also for warnings")
		.action(async (file, options) =>
			(await import("./commands/codebook.js")).checkCommand(file, options, io),
		);
	command("show", "print a codebook, to read or to copy")
		.argument("<name>", "a shipped codebook or a YAML file")
		.action(async (id, options) => (await import("./commands/codebook.js")).showCommand(id, options, io));
	shown(command("list", "the shipped codebooks")).action(async (options) =>
		(await import("./commands/codebook.js")).listCommand(options, io),
	);
}

function addSynth(program: Command, io: Io): void {
	program
		.command("synth")
		.description("make a survey file of synthetic teachers, marked as such, with a real replicate design")
		.requiredOption("--out <file>", "CSV file to write; - is standard output")
		.option("--calibration <file>", "target rates, YAML (default: the shipped Kazakhstan 2018)")
		.option("--teachers <n>", "number of teachers")
		.option("--schools <n>", "number of schools")
		.option("--systems <n>", "number of countries and economies")
		.option("--columns <n>", "number of columns; the surplus is filler")
		.option("--weight-decimals <n>", "digits after the point, 0–13 (default: the calibration's, else 5)")
		.option("--seed <n>", "a different seed gives a different sample")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no messages")
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./commands/synth.js")).synthCommand(options, io));
}

function addDemo(program: Command, io: Io): void {
	program
		.command("demo")
		.description("a tour with the shipped synthetic sample: tables, charts, and the article's figures")
		.option("--out <folder>", "folder for tables and charts", "reports/demo")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./commands/demo.js")).demoCommand(options, io));
}

function addHelp(program: Command, io: Io): void {
	program
		.command("help")
		.description("help on a command, or everything about a word")
		.allowUnknownOption()
		.argument("[words...]", "a command, an option, a topic, an item, a term or any other word")
		.option("--lang <language>", enumerated(LANGUAGES))
		.action(async (words, options) =>
			(await import("./commands/help.js")).helpCommand(words, options, program, io),
		);
}

function addComplete(program: Command, io: Io, argv: readonly string[]): void {
	program
		.command("complete")
		.description("print the completion script for bash, zsh or fish")
		.argument("<words...>", "bash, zsh or fish")
		.action(async (words) =>
			(await import("./commands/complete.js")).completeCommand(
				words,
				{ program, asks: argv[1] === "--" },
				io,
			),
		);
}

function addMan(program: Command, io: Io): void {
	program
		.command("man")
		.description("print the manual page, in man(7) format")
		.action(async () => (await import("./commands/man.js")).manCommand(program, io));
}
