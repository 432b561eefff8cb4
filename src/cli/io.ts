import type { Readable } from "node:stream";
import { LANGUAGES } from "../wording/languages.js";

/** A place text goes to, and what it can show. */
export interface Sink {
	write(text: string): unknown;
	isTTY?: boolean | undefined;
	columns?: number | undefined;
	rows?: number | undefined;
}

/** The outside world of a command, so that tests can give another. */
export interface Io {
	stdin: Readable;
	stdout: Sink;
	stderr: Sink;
	env: Record<string, string | undefined>;
}

/** The real one. A reader that goes away (`| head`) ends the program quietly, a full disk with a sentence. */
export function processIo(): Io {
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code === "EPIPE") process.exit(0);
		const why = error.code === "ENOSPC" ? "the disk is full" : error.message;
		process.stderr.write(`talis-pd: standard output cannot be written: ${why}\n`);
		process.exit(2);
	});
	// What is said beside the results may be lost; the results may not.
	process.stderr.on("error", () => {});
	return { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };
}

/** Width of the terminal; 80 without a terminal, or if it does not know its width. */
export function terminalWidth(sink: Sink): number {
	return sink.columns || 80;
}

/** Colour on a terminal and with FORCE_COLOR, never with NO_COLOR (no-color.org) or on a dumb terminal. */
export function hasColor({ stdout, env }: Io): boolean {
	if (env.NO_COLOR || env.FORCE_COLOR === "0") return false;
	return Boolean(env.FORCE_COLOR) || (stdout.isTTY === true && env.TERM !== "dumb");
}

/** The terminal's language from its locale variables; undefined if they name none that is supported. */
export function terminalLanguage({ env }: Io): string | undefined {
	const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
	return LANGUAGES.find((language) => new RegExp(`^${language}\\b|^${language}_`, "i").test(locale));
}
