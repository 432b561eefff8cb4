import { createRequire } from "node:module";
import { Command } from "commander";
import type { Io } from "./io.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

const repeat = (value: string, all: string[] = []) => [...all, value];

/** The command tree. Actions are imported when they run, so that --help is quick. */
export function createProgram(io: Io): Command {
	const program = new Command("talis-pd")
		.description("Participation rates of teacher professional development from TALIS-like survey files.")
		.version(version)
		.exitOverride()
		.configureOutput({
			writeOut: (text) => io.stdout.write(text),
			writeErr: (text) => io.stderr.write(text),
			getOutHelpWidth: () => io.stdout.columns ?? 80,
		})
		.showHelpAfterError("(talis-pd --help shows what there is)");
	addRates(program, io);
	addInspect(program, io);
	addSynth(program, io);
	addDemo(program, io);
	return program;
}

function addRates(program: Command, io: Io): void {
	program
		.command("rates")
		.description("weighted percentages by item and group, with standard errors")
		.argument("<file...>", "survey files of one cycle: csv, csv.gz; - is standard input")
		.option("--topic <names>", "topics, with commas (default: activities,focus)", repeat)
		.option("--item <words>", "items, by key, variable or word: coaching, TT3G22G, focus:ict", repeat)
		.option("--by <names>", "groups: country, population, gender, age, experience, … or any column", repeat)
		.option("--where <condition>", "keep country=KAZ,FRA or experience<=5; may be repeated", repeat)
		.option("--total", "all groups together beside the groups")
		.option("--base <base>", "of whom: all or participants (default: as published)")
		.option("--yes <codes>", "answers of scale items that count, such as 3,4", repeat)
		.option("--counts", "also the estimated number of teachers")
		.option("--level <share>", "confidence level (default: 0.95)")
		.option("--ci <method>", "logit, wald, beta, wilson or xlogit (default: logit)")
		.option("--df <df>", "degrees of freedom: design, inf or a number (default: design)")
		.option("--suppress <rule>", "talis or none (default: talis)")
		.option("--unknown-codes <what>", "error, or missing to count them so (default: error)")
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: told from the file)")
		.option("--lang <language>", "en, kk or ru")
		.option("--format <format>", "table, json, csv or markdown (default: table)")
		.option("--out <file>", "write there; the ending tells the format")
		.option("--chart <file>", "also a chart: .svg, .png, .html or .vl.json")
		.option("--quiet", "no progress and no messages")
		.option("--debug", "show the details of an error")
		.action(async (files, options) => (await import("./rates.js")).ratesCommand(files, options, io));
}

function addInspect(program: Command, io: Io): void {
	program
		.command("inspect")
		.description("what a file is: cycle, countries, weights, items, odd codes; and what to type next")
		.argument("<file>", "survey file; - is standard input")
		.option("--codebook <name>", "a shipped codebook or a YAML file (default: told from the file)")
		.option("--format <format>", "table or json (default: table)")
		.option("--lang <language>", "en, kk or ru")
		.option("--quiet", "no progress")
		.option("--debug", "show the details of an error")
		.action(async (file, options) => (await import("./inspect.js")).inspectCommand(file, options, io));
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
		.option("--weight-decimals <n>", "digits after the point, 0–13 (default: 5)")
		.option("--seed <n>", "another seed gives another sample")
		.option("--quiet", "no messages")
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./synth.js")).synthCommand(options, io));
}

function addDemo(program: Command, io: Io): void {
	program
		.command("demo")
		.description("the main job on the shipped synthetic sample: tables, charts, the article's figures")
		.option("--out <folder>", "where tables and charts go", "reports/demo")
		.option("--lang <language>", "en, kk or ru")
		.option("--debug", "show the details of an error")
		.action(async (options) => (await import("./demo.js")).demoCommand(options, io));
}
