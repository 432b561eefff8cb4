import { basename } from "node:path";
import type { Progress, RunOptions } from "../index.js";
import type { Io } from "./io.js";
import { Steps } from "./steps.js";

const LARGE_BYTES = 20_000_000;
const STEP_MS = 100;
const BAR = 24;
/** What comes sooner says little about the rest. */
const SETTLED_MS = 1000;

/** What a run is given by the command line, and how the bar that shows its progress goes. */
interface Watch {
	run: RunOptions;
	/** Wipes the bar away. */
	done(): void;
}

/**
 * A progress bar on stderr while large files are read and charts are drawn; none if stderr is not a terminal, or under
 * `--quiet`.
 */
function startProgress({ stdin, stderr }: Io, quiet: boolean): Watch {
	if (quiet || stderr.isTTY !== true) return { run: { stdin }, done() {} };
	let last = 0;
	let shown = false;
	let work = { file: "", start: 0, read: 0 };
	const onProgress = ({ file, read, size, unit = "bytes" }: Progress) => {
		const now = Date.now();
		if (file !== work.file || read < work.read) work = { file, start: now, read };
		work.read = read;
		if (unit === "bytes" && (size ?? read) < LARGE_BYTES) return;
		if (now - last < STEP_MS) return;
		last = now;
		shown = true;
		const left = size === null ? undefined : ((now - work.start) * (size - read)) / read;
		const time = left === undefined || now - work.start < SETTLED_MS ? "" : `, ${timeText(left)} left`;
		stderr.write(`\r\u001b[K${line(basename(file), read, size, unit)}${time}`);
	};
	return {
		run: { stdin, onProgress },
		done() {
			if (shown) stderr.write("\r\u001b[K");
		},
	};
}

function line(file: string, read: number, size: number | null, unit: "bytes" | "charts"): string {
	const amount = (count: number) => (unit === "bytes" ? `${Math.round(count / 1e6)} MB` : `${count}`);
	if (size === null) return `${file} ${amount(read)}`;
	const full = Math.round((BAR * read) / size);
	return `${file} ${"█".repeat(full)}${"░".repeat(BAR - full)} ${amount(read)} of ${amount(size)}`;
}

/** Seconds, or minutes for long times. */
function timeText(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
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
