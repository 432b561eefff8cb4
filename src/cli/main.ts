import { CommanderError } from "commander";
import { errorLanguage } from "./help-language.js";
import type { Io } from "./io.js";
import { paged } from "./pager.js";
import { createProgram } from "./program.js";
import { usageError } from "./usage-error.js";

export { processIo } from "./io.js";

/**
 * Runs a command line.
 * @returns Exit code: 0 done, 1 a bug, 2 wrong usage or unreadable input, 3 a gate asked for failed.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
	const output = paged(io, argv);
	try {
		await createProgram(output.io, argv).parseAsync([...argv], { from: "user" });
		output.show();
		return 0;
	} catch (error) {
		output.show();
		if (!(error instanceof CommanderError)) return report(error, io, argv);
		const isHelp = error.exitCode === 0 || error.code.startsWith("commander.help");
		return isHelp ? (error.exitCode === 0 ? 0 : 2) : report(await usageError(error, argv), io, argv);
	}
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
		stderr.write(`talis-pd: ${describeError(error, "commandLine", translate)}\n`);
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
