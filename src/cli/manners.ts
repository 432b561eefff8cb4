import { type Command, Option } from "commander";
import { EXAMPLES } from "./examples.js";
import { takeOneValue, type ValueProblem } from "./one-value.js";

/** Options that every command has, and no library function. */
export const MANNERS: readonly string[] = ["quiet", "verbose", "jsonErrors", "pager", "debug"];

const COMMON = [
	["--quiet", "no progress and no messages"],
	["--verbose", "show decisions, and how long each step took"],
	["--json-errors", "errors as one line of JSON: code, message, hint, file, line, column"],
	["--no-pager", "do not page long output"],
	["--debug", "show the details of an error"],
] as const;

/** The same as they are typed; none takes a value. */
export const MANNER_FLAGS: readonly string[] = COMMON.map(([flag]) => flag);

const DESIGN = "level df ci suppress protect scale centre lonely-psu average average-kind adjust family";

/** Options without those that only the command line has. */
export function withoutManners<T extends object>(options: T): T {
	return Object.fromEntries(Object.entries(options).filter(([name]) => !MANNERS.includes(name))) as T;
}

/** Headings of --help with their options; options under no heading belong to the command itself. */
const HEADINGS: readonly (readonly [heading: string, flags: string])[] = [
	[
		"Teachers and groups:",
		"by where pool base define total country cycle codebook schools missing unknown-codes yes",
	],
	["Method:", `${DESIGN} synthesis synthesis-test exclude-caution moderator with benchmark`],
	[
		"Output:",
		"format out wide plot keys labels provenance layout width sizes open emit dialect chart kind theme title highlight benchmark-line sort top size zoom lang fail-on strict",
	],
	["Input:", "sheet encoding"],
	["General:", "quiet verbose json-errors no-pager debug help"],
];

const HEADING_OF = new Map(
	HEADINGS.flatMap(([heading, flags]) => flags.split(" ").map((flag) => [`--${flag}`, heading])),
);

/** Defaults of options whose own text does not state them. */
const DEFAULTS: Readonly<Record<string, string>> = {
	...{ "--item": "all", "--topic": "all", "--by": "none", "--where": "all rows", "--define": "none" },
	...{ "--pool": "none", "--average": "none", "--with": "none", "--fail-on": "nothing", "--missing": "none" },
	...{ "--scale": "of the method", "--lonely-psu": "as the codebook, else fail", "--benchmark": "none" },
	...{ "--schools": "none", "--sheet": "the only one", "--encoding": "UTF-8, else detected" },
	...{ "--lang": "English; on a terminal the system's", "--out": "standard output", "--chart": "none" },
	...{ "--synthesis": "none", "--moderator": "none", "--yes": "as published", "--ratio": "none" },
	...{ "--between": "required", "--reference": "none", "--pairs": "with --reference: its pairs" },
	...{ "--allow-mismatch": "none", "--test": "none", "--within": "none", "--variable": "none" },
	...{ "--outcome": "required", "--predict": "required", "--model": "none", "--at": "none" },
	...{ "--alpha": "none", "--baseline": "none", "--data": "none", "--variables": "not listed" },
	...{ "--emit": "none", "--dialect": "duckdb", "--highlight": "none", "--benchmark-line": "none" },
	...{ "--sort": "by value", "--top": "all", "--size": "as the chart needs" },
	...{ "--codebook": "recognised from the file", "--columns": "recognised by name" },
	...{ "--teachers": "the calibration's", "--systems": "the calibration's", "--seed": "the calibration's" },
};

const DIFFERS = "Exit codes: 0 nothing differs, 2 wrong usage or unreadable input, 3 something differs.";

/** What the exit codes of a command mean that is run for them. */
const EXIT_CODES: Readonly<Record<string, string>> = {
	verify: DIFFERS,
	diff: DIFFERS,
	selftest: "Exit codes: 0 all numbers are as they should be, 3 some are not.",
};

/** The executable commands of the tree, by their full name. */
export function leavesOf(program: Command): Map<string, Command> {
	const below = (command: Command, path: readonly string[]): [string, Command][] => [
		...(command.registeredArguments.length > 0 || command.commands.length === 0
			? [[path.join(" "), command] as [string, Command]]
			: []),
		...command.commands.flatMap((next) => below(next, [...path, next.name()])),
	];
	return new Map(program.commands.flatMap((command) => below(command, [command.name()])));
}

/** Gives every command the options that all have, its options their headings, and its examples. */
export function withManners(program: Command): Command {
	const problems: ValueProblem[] = [];
	for (const [path, command] of leavesOf(program)) {
		const has = (flag: string) => command.options.some(({ long }) => long === flag);
		for (const [flag, text] of COMMON) if (!has(flag)) command.addOption(new Option(flag, text));
		for (const option of command.options) {
			takeOneValue(option, (problem) => problems.push(problem));
			option.helpGroup(HEADING_OF.get(option.long ?? "") ?? "Question:");
			const known = DEFAULTS[option.long ?? ""];
			const isOpen = /[<[]/.test(option.flags) && option.defaultValue === undefined;
			if (isOpen && known !== undefined && !option.description.includes("default")) {
				option.description += ` (default: ${known})`;
			}
		}
		command.addHelpOption(new Option("-h, --help", "show this help").helpGroup("General:"));
		command.addHelpText("after", ({ error }) => {
			const help = command.createHelp();
			help.prepareContext({ error, helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 });
			const exits = EXIT_CODES[path];
			const examples = (EXAMPLES[path] ?? []).map((line) => `  ${line}`);
			return [
				...(exits === undefined ? [] : ["", help.boxWrap(help.styleTitle(exits), help.helpWidth ?? 80)]),
				...(examples.length === 0 ? [] : ["", help.styleTitle("Examples:"), ...examples]),
			].join("\n");
		});
	}
	return program.hook("preAction", async (_, command) => {
		if (command.opts().jsonErrors === true) command.setOptionValue("quiet", true);
		const [problem] = problems;
		if (problem === undefined) return;
		const [message, hint] = problem;
		const { UserError } = await import("../index.js");
		throw new UserError(message, { code: "option", hint });
	});
}
