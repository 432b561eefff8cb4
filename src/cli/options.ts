import { type Command, Option } from "commander";
import { enumerated } from "../base/enumerated.js";
import { CHART_ENDINGS, CHART_KINDS, PICTURE_SIZES, THEMES } from "../chart/choices.js";
import { FORMAT_INFOS, FORMATS, LAYOUTS } from "../present/format-list.js";
import { LANGUAGES } from "../wording/languages.js";

/** Formats that can be laid out wide. */
const WIDE = FORMAT_INFOS.filter(({ data }) => data === true).map(({ name }) => name);

const repeat = (value: string, all: string[] = []) => [...all, value];
const gates = (value: string, all: string[] = []) => [...all, ...value.split(",").map((gate) => gate.trim())];

/** Options for the question and the teachers. */
export function questionOptions(command: Command): Command {
	return groupOptions(itemOptions(command, "activities,focus")).option(...BASE);
}

/** The same of published figures, whose groups are made. */
export function publishedOptions(command: Command): Command {
	return scopeOptions(itemOptions(command, "all published")).option(...BASE);
}

const BASE = [
	"--base <base>",
	"base of the percentages: all or participants (default: as published)",
] as const;

function itemOptions(command: Command, topics: string): Command {
	return command
		.option("--topic <names>", `topics, with commas (default: ${topics})`, repeat)
		.option("--item <words>", "items, by key, variable or word: coaching, TT3G22G, focus:ict", repeat);
}

/** Options for groups, for files of teachers. */
function groupOptions(command: Command): Command {
	return scopeOptions(command)
		.option("--pool <names>", "pool country or population instead of showing each separately", repeat)
		.option(
			"--define <concept>",
			"define a concept: school-based = any(peer-coaching, network); may be repeated",
			repeat,
		);
}

/**
 * The same for numbers, models and relations, which choose teachers by their own base.
 * @param usual The default base.
 */
export function baseOptions(command: Command, usual: string): Command {
	return groupOptions(command)
		.option("--base <base>", `base of the percentages: all or participants (default: ${usual})`)
		.option("--total", "add a row for all groups together");
}

/** Options for groups, whatever the question. */
function scopeOptions(command: Command): Command {
	return command
		.option(
			"--by <names>",
			"groups in addition to country and population: gender, age, experience, … or any column",
			repeat,
		)
		.option(
			"--where <condition>",
			"keep rows where country=KAZ,FRA or experience<=5; may be repeated",
			repeat,
		);
}

/** Options of a survey file's design, intervals and suppression. */
export function methodOptions(command: Command): Command {
	return designOptions(
		command
			.option("--average <names>", "averages over countries: oecd, eu, all, or codes such as FRA,ITA", repeat)
			.option("--average-kind <kind>", "simple, weighted or pooled (default: simple)")
			.option("--ci <method>", "logit, wald, beta, wilson or xlogit (default: logit)")
			.option("--with <numbers>", "extra columns in csv and json: cv, n-eff", repeat),
	);
}

/** Of every command that makes figures of survey files. */
export const PROTECT = [
	"--protect",
	"round numbers and hide more figures, so that hidden ones cannot be derived",
] as const;

/** Options of a survey file's design and of suppression, whatever is estimated. */
export function designOptions(command: Command): Command {
	return command
		.option(
			"--emit <language>",
			"write a script that recomputes the table instead: r, stata or spss; or the database queries: sql",
		)
		.option("--dialect <name>", "dialect of --emit sql: duckdb, postgresql, clickhouse or spark")
		.addOption(new Option("--explain-plan", "what is read of the files, as JSON, for tests").hideHelp())
		.option("--level <share>", "confidence level (default: 0.95)")
		.option("--df <df>", "degrees of freedom: design, inf or a number (default: design)")
		.option("--suppress <rule>", "talis (the codebook's rule), nces or none (default: talis)")
		.option(...PROTECT)
		.option("--fail-on <what>", "exit with 3 if a figure is: suppressed", gates)
		.option("--scale <constant>", "replace the constant of the replicate weights")
		.option(
			"--centre <centre>",
			"measure replicate deviations from: full-sample or replicate-mean (default: as the codebook)",
		)
		.option(
			"--lonely-psu <rule>",
			"what to do about strata with one unit: fail, remove, certainty, average or adjust",
		);
}

/** Options of reading and writing. */
export function outputOptions(command: Command): Command {
	return writingOptions(
		readingOptions(command)
			.option("--unknown-codes <what>", "error, or missing to treat them as missing (default: error)")
			.option(
				"--missing <codes>",
				"missing codes of a column: AGE=98,99, or AGE=none; may be repeated",
				repeat,
			)
			.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
			.option(
				"--schools <file>",
				"principals' file, for --by location; needed only if it is not recognised",
				repeat,
			),
	);
}

/** Options for reading files that do not describe themselves. */
export function readingOptions(command: Command): Command {
	return command
		.option("--sheet <name>", "which sheet of a workbook to read, by name or number")
		.option("--encoding <name>", "encoding of the text, if it is recognised wrongly: windows-1252, …");
}

/** Options for display and output. */
export function writingOptions(command: Command): Command {
	return command
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--format <format>", `${enumerated(FORMATS)} (default: table)`)
		.option("--out <file>", "file to write; its extension sets the format")
		.option(
			"--wide",
			`${enumerated(WIDE, "and")} with one row per country or group, and % and SE of each item in columns`,
		)
		.option("--keys <keys>", "names of wide columns: own, or the publisher's, such as oecd (default: own)")
		.option("--plot", "on a terminal: points and intervals instead of a table")
		.option("--sizes", "with --wide: also n of each item")
		.option("--labels", `in ${enumerated(WIDE, "and")}: names beside the codes of topics, bases and groups`)
		.option("--provenance", "in csv: a last column with files, hashes, codebook, design and settings")
		.option(
			"--layout <layout>",
			`where tables on a terminal have groups: ${enumerated(LAYOUTS)} (default: automatic)`,
		)
		.option("--width <n>", "width of tables, in characters (default: the terminal's, else 80)")
		.option("--chart <file>", `write a chart: ${enumerated(Object.values(CHART_ENDINGS))}`)
		.option("--kind <kind>", `kind of chart: ${enumerated(CHART_KINDS)} (default: automatic)`)
		.option(
			"--theme <theme>",
			`colours of the chart: ${enumerated(THEMES)} (default: light; pages follow the reader's setting)`,
		)
		.option(
			"--highlight <names>",
			"highlight systems, groups or items: KAZ, or KAZ,oecd; all others turn grey",
			repeat,
		)
		.option("--benchmark-line <average>", "draw the chart's reference line at this average, such as oecd")
		.option("--sort <order>", "order of the chart's rows: value, name, change, or a group such as KAZ")
		.option("--top <n>", "show only this many rows of the chart, the highest, and highlighted ones")
		.option(
			"--size <size>",
			`size of the picture: ${enumerated(Object.keys(PICTURE_SIZES))}, or pixels such as 1200x675`,
		)
		.option("--zoom <n>", "PNG pixels per pixel of the drawing (default: 2, and 1 with --size)")
		.option("--title <title>", "chart title: finding, topic, or your own text (default: finding)")
		.option("--open", "open the written page or chart in the browser")
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error");
}

/** What is asked of numbers; `--variables` is understood, too. */
export function variableOption(command: Command, what: string): Command {
	const other = new Option("--variables <names>", "the same as --variable").argParser(repeat);
	return command.option("--variable <names>", what, repeat).addOption(other.conflicts("variable").hideHelp());
}

/** How systems are combined. */
export function synthesisOptions(command: Command): Command {
	return command
		.option(
			"--synthesis <method>",
			"meta-analysis of systems: random effects (reml, dl) or fixed effect (fixed)",
		)
		.option(
			"--synthesis-test <test>",
			"intervals and tests of the meta-analysis: z or hartung-knapp (default: z)",
		)
		.option("--exclude-caution", "leave systems with a caution mark out of the meta-analysis")
		.option("--moderator <average>", "compare the members of an average with all other systems: oecd");
}

/** How p-values are adjusted. */
export function familyOptions(command: Command): Command {
	return command
		.option("--adjust <method>", "adjustment of p-values: holm, bh, bonferroni or none (default: holm)")
		.option(
			"--family <family>",
			"which tests are adjusted together: group, item, topic or all (default: group)",
		);
}

export { gates, repeat };
