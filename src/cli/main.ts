import { CommanderError } from "commander";
import type { Io } from "./io.js";
import { createProgram } from "./program.js";

export { processIo } from "./io.js";

/**
 * Runs a command line.
 * @returns Exit code: 0 done, 1 a bug, 2 wrong usage or unreadable input, 3 a gate asked for failed.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
	try {
		await createProgram(io, argv).parseAsync([...argv], { from: "user" });
		return 0;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		return report(error, io, argv.includes("--debug"));
	}
}

async function report(error: unknown, { stderr }: Io, debug: boolean): Promise<number> {
	const { describeError, UserError } = await import("../index.js");
	if (error instanceof UserError) {
		stderr.write(`talis-pd: ${describeError(error, "commandLine")}\n`);
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
