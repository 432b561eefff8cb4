import type { Command, CommanderError } from "commander";
import type { UserError } from "../index.js";
import { SEVERAL } from "./manners.js";

/** What people type, and what it is called here. */
const CALLED: Readonly<Record<string, string>> = {
	"--country": "--where country=KAZ",
	"--countries": "--where country=KAZ",
	"--gender": "--where gender=female, or --by gender",
	"--filter": "--where",
	"--if": "--where",
	"--group": "--by",
	"--groupby": "--by",
	"--group-by": "--by",
	"--topics": "--topic",
	"--items": "--item",
	"--question": "--item",
	"--variable": "--item",
	"--year": "--cycle",
	"--csv": "--format csv",
	"--json": "--format json",
	"--xlsx": "--format xlsx",
	"--excel": "--format xlsx",
	"--variables": "--variable",
	"--language": "--lang",
	"--output": "--out",
	"-o": "--out",
	"--file": "the file alone, without an option",
	"--weights": "a codebook: weights are part of the design",
	"--verbos": "--verbose",
};

/** What an option that there is not was given: `--country ITA`, `--country=ITA`. */
function valueGiven(option: string, argv: readonly string[]): string | undefined {
	const place = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
	const [, joined] = argv[place]?.split("=") ?? [];
	const next = joined ?? argv[place + 1];
	return next?.startsWith("-") ? undefined : next;
}

/** Full name and options of the command on a line; the program without options if it is unknown. */
function commandOf(
	argv: readonly string[],
	commands: ReadonlyMap<string, Command>,
): [path: string, flags?: readonly string[]] {
	for (const words of [argv.slice(0, 2), argv.slice(0, 1)]) {
		const found = commands.get(words.join(" "));
		if (found !== undefined) {
			return [`talis-pd ${words.join(" ")}`, found.options.map(({ long }) => long ?? "")];
		}
	}
	return ["talis-pd"];
}

/** A line that commander cannot read, as an error like all others. */
export async function usageError(
	error: CommanderError,
	argv: readonly string[],
	commands: ReadonlyMap<string, Command>,
): Promise<UserError> {
	const { UserError } = await import("../index.js");
	const [first = "", ...rest] = error.message.split("\n");
	const [, suggested] = /Did you mean (?:one of )?(.+?)\?\)/.exec(rest.join(" ")) ?? [];
	const [, option = ""] = /unknown option '([^'=]+)/.exec(first) ?? [];
	const [path, flags] = commandOf(argv, commands);
	const isThere = (words: string) =>
		(words.match(/--[a-z-]+/g) ?? []).every((flag) => flags === undefined || flags.includes(flag));
	const known = CALLED[option];
	const called = (known !== undefined && isThere(known) ? known : undefined)?.replace(
		/(?<==)\w+$/,
		(example) => valueGiven(option, argv) ?? example,
	);
	const near = called ?? suggested;
	if (error.code === SEVERAL) {
		return new UserError(first.replace(/^error: /, "").replaceAll("'", '"'), {
			code: "option",
			hint: "name one, and run the command again for another",
		});
	}
	return new UserError(first.replace(/^error: /, "").replaceAll("'", '"'), {
		code: "option",
		hint: near === undefined ? `${path} --help shows what there is` : `did you mean ${near}?`,
		cause: error,
	});
}
