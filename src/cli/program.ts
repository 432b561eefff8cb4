import { Command } from "commander";
import { enumerated } from "../base/enumerated.js";
import { THEMES } from "../chart/choices.js";
import { packageVersion } from "../platform/package.js";
import { PROFILE_FORMATS } from "../profile/formats.js";
import { LANGUAGES } from "../wording/languages.js";
import { helpLanguage, inLanguage } from "./help-language.js";
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
		.description("Participation rates of teacher professional development from TALIS-like survey files.")
		.version(packageVersion(), "-v, --version", "print the version")
		.helpCommand(false)
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
	return inLanguage(withManners(program), helpLanguage(argv, io));
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
		.option("--total", "all groups together beside the groups")
		.option("--yes <codes>", "answers of scale items that count, such as 3,4", repeat)
		.option("--answers", "every answer of an item as a row: assessment=1, assessment=2, …")
		.option("--counts", "also the estimated number of teachers")
		.option("--benchmark <names>", "published figures beside them: KAZ@2024,oecd@2024", repeat);
	outputOptions(synthesisOptions(familyOptions(methodOptions(command)))).action(async (files, options) =>
		(await import("./commands/rates.js")).ratesCommand(files, options, io),
	);
}

function addCompare(program: Command, io: Io): void {
	const command = program
		.command("compare")
		.description("differences between groups, items, countries or cycles, each tested as its design asks")
		.argument("<file...>", "survey files, or results of rates --format json where samples are independent")
		.option("--between <what>", "gender, experience, … any group; items, country, population or cycle")
		.option("--reference <level>", "compare all others with it; also average:oecd between countries")
		.option("--pairs <which>", "all: every level with every other (default up to 10 levels)");
	variableOption(
		questionOptions(familyOptions(command)),
		"compare means of scales or columns instead of percentages",
	)
		.option("--total", "all groups together beside the groups")
		.option("--yes <codes>", "answers of scale items that count, such as 3,4", repeat)
		.option("--answers", "every answer of an item as a row: assessment=1, assessment=2, …")
		.option("--allow-mismatch <what>", "pair cycles that differ in base, population", repeat)
		.option("--force-trend", "also test what the codebooks say is not comparable between cycles")
		.option("--benchmark <names>", "published figures beside them: KAZ@2024,oecd@2024", repeat)
		.option(
			"--test <test>",
			"test all levels together: joint (Rao–Scott F; Wald's F of means), wald, adj-wald",
		)
		.option("--within <amount>", "also test that a difference is smaller than so many points");
	outputOptions(synthesisOptions(methodOptions(command))).action(async (files, options) =>
		(await import("./commands/compare.js")).compareCommand(files, options, io),
	);
}

function addGaps(program: Command, io: Io): void {
	const command = program
		.command("gaps")
		.description("needs against offer: what teachers need and their programmes do not cover")
		.argument("<file...>", "survey files of one cycle, or patterns");
	command
		.option("--topic <names>", "topics of needs and of the offer (default: as the codebook says)", repeat)
		.option(
			"--item <words>",
			"items, by key or word: ict, assessment (default: all asked both ways)",
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
	variableOption(command, "scales, columns, or types (default: all that the codebook lists)")
		.option("--item <names>", "the same as --variable", repeat)
		.option("--ratio <ratios>", "of sums over the same teachers: TT3G11A/TT3G11B, focus:types/types", repeat)
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
		.description("regressions with design-based errors: linear for scales and numbers, logistic for items")
		.argument("<file...>", "survey files of one cycle, or patterns")
		.option("--outcome <names>", "items, scales, columns or types; each is a model of its own", repeat)
		.option("--predict <terms>", "gender,age,focus:ict,TT3G11B; a*b is an interaction; factor(X), number(X)")
		.option("--model <terms>", "NAME: terms; several stand side by side, on the same teachers", repeat)
		.option("--family <family>", "auto, linear or logistic (default: auto)")
		.option("--reference <levels>", "what others are compared with: gender=male", repeat)
		.option("--standardize", "numbers in standard deviations")
		.option("--effects", "average marginal effects of logistic models, in percentage points")
		.option("--at <values>", "what all would be at gender=male,TT3G11B=10; may be repeated", repeat)
		.option("--each-own", "each model takes all teachers it can")
		.option(
			"--equal-systems",
			"with --pool country: every system counts alike, whatever its number of teachers",
		)
		.option("--yes <codes>", "answers of a scale item that count as yes of the outcome", repeat);
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
	variableOption(command, "scales, columns and items, each with each other")
		.option("--rank", "by ranks instead of values (Spearman)")
		.option("--alpha <columns>", "Cronbach's alpha of TT3G34A,TT3G34B,-TT3G34C; may be repeated", repeat);
	baseOptions(command, "as published");
	outputOptions(designOptions(command)).action(async (files, options) =>
		(await import("./commands/relate.js")).relateCommand(files, options, io),
	);
}

function addPublished(program: Command, io: Io): void {
	const command = program
		.command("published")
		.description("estimates that the survey's publisher has published, without microdata")
		.option("--country <codes>", "KAZ,FRA; average stands for all averages (default: all)", repeat)
		.option("--cycle <year>", "of which cycle (default: the latest)")
		.option(
			"--codebook <name>",
			"whose publisher: a codebook or a YAML file (default: the survey that ships)",
		);
	publishedOptions(command)
		.option("--list", "instead what there is: topics and items with their names, and of how many systems")
		.option("--statistic <what>", "figures, or odds-ratio: those of logistic models (default: figures)")
		.option("--average <names>", "our own averages: oecd, eu, all, or codes such as FRA,ITA", repeat)
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
		.option("--by <names>", "groups that survey files are asked for (default: gender, or the first)", repeat)
		.option("--only-own", "without the published estimates")
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
		.description("a country on one A4 page, beside all other systems and the average")
		.argument("[file...]", "survey files of one cycle, or patterns (default: the published figures)")
		.option("--country <codes>", "KAZ,FRA, or all (default: that of the files)", repeat)
		.option("--cycle <year>", "of which cycle (default: that of the files, or the latest)")
		.option("--population <level>", "level of education: isced1, isced2, isced3 (default: the main one)")
		.option("--topic <names>", "topics, with commas (default: all that are published)", repeat)
		.option(
			"--codebook <name>",
			"whose publisher: a codebook or a YAML file (default: the survey that ships)",
		)
		.option(...PROTECT);
	readingOptions(command)
		.requiredOption("--out <file>", "a file of one country, or a folder with a file a country")
		.option("--format <format>", `${enumerated(PROFILE_FORMATS)} (default: as the file, or pdf)`)
		.option("--theme <theme>", `${enumerated(THEMES)} (default: light; a page follows its reader)`)
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
		.description("any table or chart again from saved results, without microdata, in any language")
		.argument("<results>", "results of --format json; - is standard input")
		.option("--codebook <name>", "where names come from (default: the installed one of the results)")
		.option("--topic <names>", "only rows of these topics, with commas", repeat)
		.option("--item <words>", "only rows of these items, by key, variable or word", repeat);
	writingOptions(command).action(async (file, options) =>
		(await import("./commands/render.js")).renderCommand(file, options, io),
	);
}

function addReport(program: Command, io: Io): void {
	const command = program
		.command("report")
		.description("a year's folder: one page in three languages, tables, charts, results, hashes")
		.argument("<config>", "what the report is made of, YAML; report init writes one")
		.option("--out <folder>", "where the report goes; an earlier one there is replaced as a whole")
		.option("--baseline <file>", "results.json of the last report: adds what changed since")
		.option(
			"--fail-on <what>",
			"exit with 3 on suppressed, year-missing, design-changed, data-changed, significant-drop:coaching, …",
			gates,
		)
		.option("--sheet <name>", "of workbooks with several: name or number of the one to read")
		.option("--encoding <name>", "of texts that are not UTF-8, where it is recognised wrongly")
		.option("--as-of <day>", "a day the page bears, YYYY-MM-DD (default: none)")
		.option("--allow-outside", "the config may name files outside the folder it lies in")
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (config, options) =>
			(await import("./commands/report.js")).reportCommand(config, options, io),
		);
	command
		.command("init")
		.description("write a config with a comment on every key")
		.argument("[file]", "YAML file to write", "report.yaml")
		.option("--data <file>", "survey file: topics and groups are those it has; may be repeated", repeat)
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
		.option("--sheet <name>", "of workbooks with several: name or number of the one to read")
		.option("--encoding <name>", "of texts that are not UTF-8, where it is recognised wrongly")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no messages")
		.action(async (file, _, own) =>
			// The sheet and the encoding are options of the command it belongs to, too.
			(await import("./commands/report.js")).initCommand(file, own.optsWithGlobals(), io),
		);
}

function addInspect(program: Command, io: Io): void {
	readingOptions(program.command("inspect"))
		.description("what a file is: cycle, countries, weights, items, odd codes; and what to type next")
		.argument("<file...>", "survey files or patterns, one after the other; - is standard input")
		.option(
			"--variables [words]",
			"instead list the columns and what is known of each: all, or those about some words",
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
		.description("everything that is wrong with a file: where, how serious, and what to do")
		.argument("<file...>", "survey files or patterns, one after the other; - is standard input")
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
		.option("--strict", "exit with 3 where anything is found")
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
			.option("--yes <codes>", "answers of scale items that count, such as 3,4", repeat)
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
		.description("ask the question of saved results again, and tell every number that differs; exit with 3")
		.argument(
			"<results>",
			"file made with --format json, or a report's folder, which is checked against its manifest",
		)
		.argument(
			"[file...]",
			"the survey files they are from; without them only what contradicts itself is found",
		)
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.addHelpText(
			"after",
			`
Exit codes: 0 nothing differs, 2 wrong usage or unreadable input, 3 something differs.`,
		)
		.action(async (results, files, options) =>
			(await import("./commands/verify.js")).verifyCommand(results, files, options, io),
		);
}

function addDiff(program: Command, io: Io): void {
	program
		.command("diff")
		.description("everything in which two saved results differ, for CI; exit with 3")
		.argument("<a>", "file made with --format json")
		.argument("<b>", "another")
		.option(
			"--tolerance <number>",
			"numbers that are closer are the same, relative to those beyond 1 (default: 1e-9)",
		)
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.addHelpText(
			"after",
			`
Exit codes: 0 nothing differs, 2 wrong usage or unreadable input, 3 something differs.`,
		)
		.action(async (a, b, options) => (await import("./commands/verify.js")).diffCommand(a, b, options, io));
}

function addSelftest(program: Command, io: Io): void {
	program
		.command("selftest")
		.description(
			"check this installation by what ships with it, without network; exit with 3 where a number differs",
		)
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.addHelpText("after", "\nExit codes: 0 all numbers are as they should be, 3 some are not.")
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
			"what can be worked out from saved results, several together, that is hidden or of too few; exit with 3",
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
		.description("administrative counts: the share of teachers a programme reached, year by year")
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
		.description("the same data in another format, value by value; Parquet keeps labels and missing codes")
		.argument("<in>", "survey file of any format; - is standard input")
		.argument("<out>", "file to write, .csv, .csv.gz or .parquet; - is standard output")
		.option("--to <format>", "csv, csv.gz or parquet (default: by the file's ending)")
		.option("--delimiter <mark>", "between fields of csv: , ; or tab (default: ,)")
		.option("--labels", "in csv, labels of values instead of the values")
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
		.option("--out <file>", "write there (default: standard output)")
		.option("--lang <language>", enumerated(LANGUAGES))
		.action(async (file, options) => (await import("./commands/codebook.js")).initCommand(file, options, io));
	const shown = (one: Command) =>
		one
			.option("--format <format>", "table or json (default: table)")
			.option("--lang <language>", enumerated(LANGUAGES));
	readingOptions(shown(command("check", "hold a codebook against a file; exit with 3 where they do not fit")))
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
		.description("make a synthetic survey file with a real replicate design; it says that it is synthetic")
		.requiredOption("--out <file>", "CSV file to write; - is standard output")
		.option("--calibration <file>", "rates to hit, YAML (default: the shipped Kazakhstan 2018)")
		.option("--teachers <n>", "teachers in all")
		.option("--schools <n>", "schools in all")
		.option("--systems <n>", "countries and economies")
		.option("--columns <n>", "columns in all; the surplus is filler")
		.option("--weight-decimals <n>", "digits after the point, 0–13 (default: the calibration's, else 5)")
		.option("--seed <n>", "another seed gives another sample")
		.option("--quiet", "no messages")
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./commands/synth.js")).synthCommand(options, io));
}

function addDemo(program: Command, io: Io): void {
	program
		.command("demo")
		.description("the main job on the shipped synthetic sample: tables, charts, the article's figures")
		.option("--out <folder>", "where tables and charts go", "reports/demo")
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./commands/demo.js")).demoCommand(options, io));
}

function addHelp(program: Command, io: Io): void {
	program
		.command("help")
		.description("help on a command, or what there is about a word")
		.argument("[words...]", "a command, an option or any word")
		.option("--lang <language>", enumerated(LANGUAGES))
		.action(async (words) => (await import("./commands/help.js")).helpCommand(words, program, io));
}

function addComplete(program: Command, io: Io, argv: readonly string[]): void {
	program
		.command("complete")
		.description("completions for bash, zsh or fish: a script for the shell to read")
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
		.description("the manual page of all commands, in the language of man(7)")
		.action(async () => (await import("./commands/man.js")).manCommand(program, io));
}
