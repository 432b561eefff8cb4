import type { Argument, Command, Option } from "commander";
import { processIo } from "../../src/cli/main.js";
import { createProgram } from "../../src/cli/program.js";
import type { Draw } from "./draw.js";
import { CELLS } from "./text.js";

/** What would take minutes, or tells an error otherwise than in a sentence. */
const LEFT_OUT = ["demo", "selftest", "--debug", "--json-errors"];

/** Files that are read, by the names that the judge gives them. */
const FILES = [
	"SURVEY",
	"SURVEY",
	"SURVEY",
	"SURVEY",
	"RESULTS",
	"CONFIG",
	"CODEBOOK",
	"absent.csv",
	"-",
	"*.nothing",
];

/** Files that are written: below the folder in which a run begins. */
const WRITTEN = [
	"OUT",
	"out.csv",
	"out.json",
	"out.xlsx",
	"out.tex",
	"out.md",
	"out.html",
	"out.svg",
	"out.vl.json",
	"x",
];

/** Values that some option takes. */
const WORDS = [
	...["answer", "choices", "answer:answer", "choices:a", "a,b", "region", "gender", "gender,region", "years"],
	...["region=north", "years<=5", "gender=1", "answer=yes", "types", "types=any(answer, choices)", "x = 1 +"],
	...[
		"all",
		"participants",
		"json",
		"csv",
		"table",
		"html",
		"latex",
		"wald",
		"logit",
		"beta",
		"inf",
		"design",
	],
	...[
		"none",
		"talis",
		"nces",
		"holm",
		"bh",
		"oecd",
		"average:all",
		"country",
		"population",
		"cycle",
		"items",
	],
	...["kk", "ru", "dots", "bars", "dark", "value", "reml", "fixed", "hartung-knapp", "r", "sql", "duckdb"],
	...[
		"1",
		"2",
		"0.5",
		"0.95",
		"3,4",
		"-1",
		"0",
		"1e3",
		"1e400",
		"NaN",
		"1200x675",
		"99999999999",
		"suppressed",
	],
	...[
		"KAZ",
		"KAZ@2024",
		"2024",
		"2018",
		"x=98,99",
		"AGE=none",
		"cv,n-eff",
		"quantile",
		"__proto__",
		"constructor=1",
	],
];

/** Values that suit an option, for the most part. */
const SUITING: Record<string, readonly string[]> = {
	"--topic": ["answer", "choices", "answer,choices"],
	"--item": ["answer:answer", "choices:a", "a,b"],
	"--by": ["region", "gender", "region,gender", "years"],
	"--between": ["region", "gender", "items", "cycle", "item"],
	"--where": ["region=north", "years<=5", "gender=1", "answer=yes"],
	"--define": ["x = any(answer, choices:a)", "y = all(choices:a, choices:b)", "z = count(choices)"],
	"--variable": ["years", "types", "w"],
	"--outcome": ["answer", "years", "choices:a"],
	"--predict": ["gender", "gender,region", "years", "gender * region"],
	"--format": ["json", "csv", "table", "html", "latex", "markdown"],
	"--lang": ["en", "kk", "ru"],
	"--level": ["0.9", "0.95", "0.5"],
	"--df": ["inf", "design", "12"],
	"--ci": ["logit", "wald", "beta", "wilson", "xlogit"],
	"--suppress": ["none", "nces", "talis"],
	"--adjust": ["holm", "bh", "bonferroni", "none"],
	"--family": ["group", "item", "topic", "all"],
	"--kind": ["dots", "bars", "heatmap", "dumbbell", "rank", "means"],
	"--theme": ["light", "dark"],
	"--emit": ["r", "sql"],
	"--unknown-codes": ["error", "missing"],
	"--missing": ["answer=9", "years=none"],
	"--base": ["all"],
	"--codebook": ["CODEBOOK"],
};

/** Commands with their own, each as the words that call it. */
const COMMANDS = createProgram(processIo()).commands.flatMap((command) => linesOf(command, []));

function linesOf(command: Command, before: string[]): { words: string[]; command: Command }[] {
	const words = [...before, command.name()];
	if (LEFT_OUT.includes(command.name())) return [];
	const inner = command.commands.flatMap((one) => linesOf(one, words));
	// What has commands and takes nothing itself prints its help.
	return inner.length > 0 && command.registeredArguments.length === 0
		? inner
		: [{ words, command }, ...inner];
}

/** A command line, a word a line: any command with what it takes, or nearly that. */
export function commandLine(draw: Draw): string {
	const { words, command } = draw.pick(COMMANDS);
	const options = command.options.filter(({ long }) => !LEFT_OUT.includes(long ?? ""));
	const quiet = options.some(({ long }) => long === "--quiet") ? ["--quiet"] : [];
	const asked = Array.from({ length: draw.pick([0, 1, 1, 1, 2, 3]) }, () => draw.pick(options));
	// Without its codebook the survey is of no kind that is known.
	const own = options.some(({ long }) => long === "--codebook") && draw.chance(0.9);
	const line = [
		...words,
		...command.registeredArguments.flatMap((argument) => argumentOf(argument, draw)),
		...asked.flatMap((option) => (option === undefined ? [] : optionOf(option, draw))),
		...(own ? ["--codebook", "CODEBOOK"] : []),
		...quiet,
	];
	if (draw.chance(0.05)) line.splice(draw.below(line.length), 1);
	if (draw.chance(0.05)) line.splice(draw.below(line.length + 1), 0, word(draw));
	return line.join("\n");
}

function argumentOf(argument: Argument, draw: Draw): string[] {
	if (!argument.required && draw.chance(0.3)) return [];
	const isWritten = /output|to$/.test(argument.name());
	const one = () => draw.pick(isWritten ? WRITTEN : FILES);
	return Array.from({ length: argument.variadic ? draw.pick([1, 1, 1, 2]) : 1 }, one);
}

function optionOf({ long, short, flags, required, optional }: Option, draw: Draw): string[] {
	const name = long ?? short ?? "";
	if (!required && !optional) return [name];
	if (/^--(out|chart)$/.test(name)) return [name, draw.pick(WRITTEN)];
	const isFile = /<(file|folder)>/.test(flags) || /codebook|calibration/.test(name);
	if (Object.hasOwn(SUITING, name) && draw.chance(0.85)) return [name, draw.pick(SUITING[name] as string[])];
	return [name, isFile && draw.chance(0.8) ? draw.pick(FILES) : word(draw)];
}

function word(draw: Draw): string {
	const cell = draw.pick(draw.chance(0.85) ? WORDS : CELLS);
	return cell.replace(/\n/g, " ");
}
