import { type Command, Option } from "commander";
import { enumerated } from "../base/enumerated.js";
import { CHART_ENDINGS, CHART_KINDS, PICTURE_SIZES, THEMES } from "../chart/choices.js";
import { FORMAT_INFOS, FORMATS, LAYOUTS } from "../present/format-list.js";
import { LANGUAGES } from "../wording/languages.js";

/** Formats that can be laid out wide. */
const WIDE = FORMAT_INFOS.filter(({ data }) => data === true).map(({ name }) => name);

const repeat = (value: string, all: string[] = []) => [...all, value];
const gates = (value: string, all: string[] = []) => [...all, ...value.split(",").map((gate) => gate.trim())];

/** Options that say what is asked and of whom. */
export function questionOptions(command: Command): Command {
	return groupOptions(itemOptions(command, "activities,focus")).option(...BASE);
}

/** The same of published figures, whose groups are made. */
export function publishedOptions(command: Command): Command {
	return scopeOptions(itemOptions(command, "all that are published")).option(...BASE);
}

const BASE = ["--base <base>", "of whom: all or participants (default: as published)"] as const;

function itemOptions(command: Command, topics: string): Command {
	return command
		.option("--topic <names>", `topics, with commas (default: ${topics})`, repeat)
		.option("--item <words>", "items, by key, variable or word: coaching, TT3G22G, focus:ict", repeat);
}

/** Options that say of which groups, by files that have teachers. */
function groupOptions(command: Command): Command {
	return scopeOptions(command)
		.option("--pool <names>", "country or population: combined instead of shown separately", repeat)
		.option("--define <concept>", "school-based = any(peer-coaching, network); may be repeated", repeat);
}

/**
 * The same of numbers, models and relations, whose teachers are chosen by a base of their own.
 * @param usual The base that is taken where none is named.
 */
export function baseOptions(command: Command, usual: string): Command {
	return groupOptions(command)
		.option("--base <base>", `of whom: all or participants (default: ${usual})`)
		.option("--total", "all groups together beside the groups");
}

/** Options that say of which groups, whatever is asked. */
function scopeOptions(command: Command): Command {
	return command
		.option(
			"--by <names>",
			"groups beside country and population: gender, age, experience, … or any column",
			repeat,
		)
		.option("--where <condition>", "keep country=KAZ,FRA or experience<=5; may be repeated", repeat);
}

/** Options of a survey file's design, intervals and suppression. */
export function methodOptions(command: Command): Command {
	return designOptions(
		command
			.option("--average <names>", "averages over countries: oecd, eu, all, or codes such as FRA,ITA", repeat)
			.option("--average-kind <kind>", "simple, weighted or pooled (default: simple)")
			.option("--ci <method>", "logit, wald, beta, wilson or xlogit (default: logit)")
			.option("--with <numbers>", "further numbers in csv and json: cv, n-eff", repeat),
	);
}

/** Of every command that makes figures of survey files. */
export const PROTECT = [
	"--protect",
	"round numbers, and hide more, so that nothing hidden can be worked out",
] as const;

/** Options of a survey file's design and of suppression, whatever is estimated. */
export function designOptions(command: Command): Command {
	return command
		.option(
			"--emit <language>",
			"instead a script that recomputes the table: r, stata or spss; or the queries that a database answers: sql; with --out to a file",
		)
		.option("--dialect <name>", "of --emit sql: duckdb, postgresql, clickhouse or spark")
		.addOption(new Option("--explain-plan", "what is read of the files, as JSON, for tests").hideHelp())
		.option("--level <share>", "confidence level (default: 0.95)")
		.option("--df <df>", "degrees of freedom: design, inf or a number (default: design)")
		.option("--suppress <rule>", "talis (the codebook's rule), nces or none (default: talis)")
		.option(...PROTECT)
		.option("--fail-on <what>", "exit with 3 where something is: suppressed", gates)
		.option("--scale <constant>", "replaces the constant of replicate weights")
		.option("--centre <centre>", "deviations from full-sample or replicate-mean (default: as the codebook)")
		.option("--lonely-psu <rule>", "strata with one unit: fail, remove, certainty, average or adjust");
}

/** Options of reading and writing. */
export function outputOptions(command: Command): Command {
	return writingOptions(
		readingOptions(command)
			.option("--unknown-codes <what>", "error, or missing to count them so (default: error)")
			.option(
				"--missing <codes>",
				"codes of a column that are not answers: AGE=98,99, or AGE=none; may be repeated",
				repeat,
			)
			.option("--codebook <name>", "a shipped codebook or a YAML file (default: recognised from the file)")
			.option(
				"--schools <file>",
				"principals' answers, for --by location; needed only where name and columns do not tell",
				repeat,
			),
	);
}

/** Options of how files are read, where they do not tell it themselves. */
export function readingOptions(command: Command): Command {
	return command
		.option("--sheet <name>", "of a workbook with several: name or number of the one to read")
		.option(
			"--encoding <name>",
			"of texts that are not UTF-8, where it is recognised wrongly: windows-1252, …",
		);
}

/** Options of what is shown and written. */
export function writingOptions(command: Command): Command {
	return command
		.option("--lang <language>", enumerated(LANGUAGES))
		.option("--format <format>", `${enumerated(FORMATS)} (default: table)`)
		.option("--out <file>", "write there; the file's ending sets the format")
		.option(
			"--wide",
			`${enumerated(WIDE, "and")} with a row a country or group, and % and SE of each item in columns`,
		)
		.option(
			"--keys <keys>",
			"names of wide columns: own, or as the publisher calls them, such as oecd (default: own)",
		)
		.option("--plot", "on a terminal, points and intervals instead of a table")
		.option("--sizes", "with --wide: n of each item, too")
		.option("--labels", `in ${enumerated(WIDE, "and")}: names beside the codes of topics, bases and groups`)
		.option("--provenance", "in csv: a last column with files, hashes, codebook, design and settings")
		.option(
			"--layout <layout>",
			`of groups in tables on a terminal: ${enumerated(LAYOUTS)} (default: what suits)`,
		)
		.option("--width <n>", "columns of tables on a terminal (default: as the terminal has, else 80)")
		.option("--chart <file>", `also a chart: ${enumerated(Object.values(CHART_ENDINGS))}`)
		.option("--kind <kind>", `of chart: ${enumerated(CHART_KINDS)} (default: what suits)`)
		.option(
			"--theme <theme>",
			`of the chart: ${enumerated(THEMES)} (default: light; a page follows its reader)`,
		)
		.option(
			"--highlight <names>",
			"points at systems, other groups or items: KAZ, or KAZ,oecd; all others are grey",
			repeat,
		)
		.option("--benchmark-line <average>", "draws the line of a chart at this average, such as oecd")
		.option("--sort <order>", "of the chart's rows: value, name, change, or a group such as KAZ")
		.option("--top <n>", "only so many rows of the chart, the highest, and those pointed at")
		.option("--size <size>", `of a picture: ${enumerated(Object.keys(PICTURE_SIZES))}, or such as 1200x675`)
		.option("--zoom <n>", "pixels of a PNG for each pixel of the drawing (default: 2, and 1 with --size)")
		.option("--title <title>", "at the top of the chart: finding, topic, or your own text (default: finding)")
		.option("--open", "show the page or the chart that is written")
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error");
}

/** What is asked of numbers; `--variables` is understood, too. */
export function variableOption(command: Command, what: string): Command {
	const other = new Option("--variables <names>", "the same as --variable").argParser(repeat);
	return command.option("--variable <names>", what, repeat).addOption(other.conflicts("variable").hideHelp());
}

/** How systems are put together. */
export function synthesisOptions(command: Command): Command {
	return command
		.option("--synthesis <method>", "combines systems: random effects (reml, dl) or one effect (fixed)")
		.option("--synthesis-test <test>", "of its intervals: z or hartung-knapp (default: z)")
		.option("--exclude-caution", "leaves out systems that are marked with a caution")
		.option("--moderator <average>", "compares the members of an average with all others: oecd");
}

/** How p-values are adjusted. */
export function familyOptions(command: Command): Command {
	return command
		.option("--adjust <method>", "p-values for several tests: holm, bh, bonferroni or none (default: holm)")
		.option("--family <family>", "tests that belong together: group, item, topic or all (default: group)");
}

export { gates, repeat };
