import { UserError } from "./errors.js";
import { option, say } from "./say.js";

/** How far the reading of a file is, or in a report the drawing of charts. */
export interface Progress {
	/** As it was named; the charts' is their folder. */
	file: string;
	/** Bytes read, or charts drawn. A file that is read twice counts as half of its bytes each time. */
	read: number;
	/** Bytes or charts in all; null for standard input. */
	size: number | null;
	/** What is counted; bytes by default. */
	unit?: "bytes" | "charts";
}

/** How files are read, and how a run is watched and stopped, beside what is asked. */
export interface RunOptions {
	/** Stops the run: its threads and files are let go, and its promise is rejected with the signal's reason. */
	signal?: AbortSignal | undefined;
	/** Called now and then while a file is read, and while the charts of a report are drawn. */
	onProgress?: ((progress: Progress) => void) | undefined;
	/** Read where a file is named `-`: a Readable, or anything that gives bytes or text; standard input by default. */
	stdin?: AsyncIterable<Uint8Array | string> | undefined;
	/** The sheet of workbooks that holds the answers: its name, or its number from 1 on. */
	sheet?: string | undefined;
	/** The encoding of texts whose file does not tell it: `windows-1252`, `koi8-r`, …; by default UTF-8, or what they look like. */
	encoding?: string | undefined;
	/** False where no output shows it: files have no SHA-256 in the results, which saves working it out; true by default. */
	hashed?: boolean | undefined;
	/** Called with what is read of the files and by which design, as plain data, before their rows are. */
	onPlan?: ((plan: object) => void) | undefined;
}

export const RUN_OPTIONS = [
	...["signal", "onProgress", "stdin", "sheet", "encoding", "hashed", "onPlan"],
] as const satisfies readonly (keyof RunOptions)[];

/**
 * Separates the question from the options that watch and stop the run.
 * @throws UserError for an invalid signal or listener, and the signal's reason if it has already stopped the run.
 */
export function splitRun<T extends object>(options: T & RunOptions): [Omit<T, keyof RunOptions>, RunOptions] {
	if (typeof options !== "object" || options === null) return [options, {}];
	const { signal, onProgress, stdin, sheet, encoding, hashed, onPlan, ...asked } = options;
	if (signal !== undefined && !(signal instanceof AbortSignal)) throw notOf("signal", "an AbortSignal");
	if (onProgress !== undefined && typeof onProgress !== "function") throw notOf("onProgress", "a function");
	if (sheet !== undefined && typeof sheet !== "string") throw notOf("sheet", "a text");
	if (encoding !== undefined && typeof encoding !== "string") throw notOf("encoding", "a text");
	if (hashed !== undefined && typeof hashed !== "boolean") throw notOf("hashed", "true or false");
	signal?.throwIfAborted();
	return [asked, { signal, onProgress, stdin, sheet, encoding, hashed, onPlan }];
}

function notOf(name: keyof RunOptions, what: string): UserError {
	return new UserError(say`${option(name)} is not ${what}`, { code: "option", hint: `give ${what}` });
}

/** What comes of some work, unless a signal stops it before. */
export async function orStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (signal === undefined) return work;
	const done = new AbortController();
	const stopped = new Promise<never>((_, reject) => {
		const stop = () => reject(signal.reason);
		if (signal.aborted) stop();
		else signal.addEventListener("abort", stop, { signal: done.signal });
	});
	try {
		return await Promise.race([work, stopped]);
	} finally {
		done.abort();
	}
}
