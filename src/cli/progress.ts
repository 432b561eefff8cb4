import { basename } from "node:path";
import type { Progress, RunOptions } from "../index.js";
import type { Io } from "./io.js";
import { Steps } from "./steps.js";

const LARGE_BYTES = 20_000_000;
const STEP_MS = 100;
const BAR = 24;

/** What a run is given by the command line, and how the bar that shows its progress goes. */
interface Watch {
	run: RunOptions;
	/** Wipes the bar away. */
	done(): void;
}

/** A bar on stderr while a large file is read; nothing where stderr is no terminal or quiet is asked. */
function startProgress({ stdin, stderr }: Io, quiet: boolean): Watch {
	if (quiet || stderr.isTTY !== true) return { run: { stdin }, done() {} };
	let last = 0;
	let shown = false;
	const onProgress = ({ file, read, size }: Progress) => {
		if (size === null ? read < LARGE_BYTES : size < LARGE_BYTES) return;
		const now = Date.now();
		if (now - last < STEP_MS) return;
		last = now;
		shown = true;
		stderr.write(`\r\u001b[K${line(basename(file), read, size)}`);
	};
	return {
		run: { stdin, onProgress },
		done() {
			if (shown) stderr.write("\r\u001b[K");
		},
	};
}

function line(file: string, read: number, size: number | null): string {
	const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
	if (size === null) return `${file} ${megabytes(read)}`;
	const full = Math.round((BAR * read) / size);
	return `${file} ${"█".repeat(full)}${"░".repeat(BAR - full)} ${megabytes(read)} of ${megabytes(size)}`;
}

export interface WatchOptions extends Pick<RunOptions, "sheet" | "encoding"> {
	quiet?: boolean;
	verbose?: boolean;
}

/** Runs what reads files, as asked for, and shows how far it is. */
export async function watched<T>(
	io: Io,
	{ quiet = false, verbose = false, sheet, encoding }: WatchOptions,
	work: (run: RunOptions) => Promise<T>,
): Promise<T> {
	const { run, done } = startProgress(io, quiet);
	try {
		return await new Steps(io, verbose).timed("done", () => work({ ...run, sheet, encoding }));
	} finally {
		done();
	}
}
