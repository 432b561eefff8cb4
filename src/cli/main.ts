import { CommanderError } from "commander";
import type { UserError } from "../index.js";
import { errorLanguage } from "./help-language.js";
import { type Io, terminalWidth } from "./io.js";
import { leavesOf, MANNER_FLAGS } from "./manners.js";
import { paged } from "./pager.js";
import { createProgram } from "./program.js";
import { usageError } from "./usage-error.js";

export { processIo } from "./io.js";

/** Up to this many names are listed within the sentence. */
const FEW = 6;

/**
 * Runs a command line.
 * @returns Exit code: 0 done, 1 a bug, 2 wrong usage or unreadable input, 3 a gate asked for failed.
 */
export async function main(typed: readonly string[], io: Io): Promise<number> {
	const argv = withCommandFirst(typed);
	const output = paged(io, argv);
	const program = createProgram(output.io, argv);
	try {
		await program.parseAsync([...argv], { from: "user" });
		output.show();
		return 0;
	} catch (error) {
		output.show();
		if (!(error instanceof CommanderError)) return report(error, io, argv);
		if (error.exitCode === 0) return 0;
		if (error.code.startsWith("commander.help")) return 2;
		return report(await usageError(error, argv, leavesOf(program)), io, argv);
	}
}

/** Global options may also come before the command. */
function withCommandFirst(argv: readonly string[]): readonly string[] {
	const first = argv.findIndex((word) => !MANNER_FLAGS.includes(word));
	if (first < 1 || argv[first]?.startsWith("-")) return argv;
	const end = argv.indexOf("--");
	const last = end < 0 ? argv.length : end;
	return [...argv.slice(first, last), ...argv.slice(0, first), ...argv.slice(last)];
}

async function report(error: unknown, io: Io, argv: readonly string[]): Promise<number> {
	const { stderr } = io;
	const { describeError, UserError } = await import("../index.js");
	const debug = argv.includes("--debug");
	if (argv.includes("--json-errors")) {
		stderr.write(`${JSON.stringify(await errorRecord(error))}\n`);
		return error instanceof UserError ? error.exitCode : 1;
	}
	if (error instanceof UserError) {
		const { sentencesIn } = await import("../internal.js");
		const translate = sentencesIn("errors", errorLanguage(argv, io));
		const list = await choicesOf(error, io, argv);
		const text = describeError(list === undefined ? error : list.error, "commandLine", translate);
		stderr.write(`talis-pd: ${list === undefined ? text : text.replace(/ …$/, "")}\n${list?.text ?? ""}`);
		if (debug) stderr.write(`${error.stack}\n`);
		return error.exitCode;
	}
	const text = error instanceof Error ? error.message : String(error);
	stderr.write(`talis-pd: a bug, not your mistake: ${text}\n`);
	stderr.write(
		debug && error instanceof Error ? `${error.stack}\n` : "run again with --debug for the details\n",
	);
	return 1;
}

/** On a terminal, what there is in the place of an unknown name: the sentence without it, and the names laid out. */
async function choicesOf(error: UserError, io: Io, argv: readonly string[]) {
	const { message, hint } = error.words;
	const { areChoices, loadLocale, renderChoices } = await import("../internal.js");
	if (io.stderr.isTTY !== true || !areChoices(hint) || hint.names.length < FEW) return undefined;
	const { UserError } = await import("../index.js");
	const locale = loadLocale(errorLanguage(argv, io));
	const short = new UserError(message, { ...error, hint: "there are: …" });
	return { error: short, text: renderChoices(hint, { locale, width: terminalWidth(io.stderr) }) };
}

/** What `--json-errors` says of an error: parts that are not known are left out. */
async function errorRecord(error: unknown): Promise<object> {
	const { UserError } = await import("../index.js");
	const { spoken } = await import("../internal.js");
	if (!(error instanceof UserError)) {
		return { code: "bug", message: error instanceof Error ? error.message : String(error) };
	}
	const { message, hint } = error.words;
	const { file, line, row, column } = error;
	return {
		code: error.code,
		message: spoken(message, "commandLine"),
		hint: hint === undefined ? undefined : spoken(hint, "commandLine"),
		...{ file, line, row, column },
	};
}
