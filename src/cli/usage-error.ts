import type { CommanderError } from "commander";
import type { UserError } from "../index.js";

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

/** A line that commander cannot read, as an error like all others. */
export async function usageError(error: CommanderError, argv: readonly string[]): Promise<UserError> {
	const { UserError } = await import("../index.js");
	const [first = "", ...rest] = error.message.split("\n");
	const [, suggested] = /Did you mean (?:one of )?(.+?)\?\)/.exec(rest.join(" ")) ?? [];
	const [, option = ""] = /unknown option '([^'=]+)/.exec(first) ?? [];
	const called = CALLED[option]?.replace(/(?<==)\w+$/, (example) => valueGiven(option, argv) ?? example);
	const near = called ?? suggested;
	return new UserError(first.replace(/^error: /, "").replaceAll("'", '"'), {
		code: "option",
		hint: near === undefined ? "talis-pd --help shows what there is" : `did you mean ${near}?`,
		cause: error,
	});
}
