import { basename } from "node:path";
import type { AnalysisContext } from "../index.js";
import type { Io } from "./io.js";

const LARGE_BYTES = 20_000_000;
const STEP_MS = 100;
const BAR = 24;

export interface Progress {
	report?: (file: string, read: number, size: number | null) => void;
	/** Wipes the bar away. */
	done(): void;
}

/** A bar on stderr while a large file is read; nothing where stderr is no terminal or quiet is asked. */
export function startProgress({ stderr }: Io, quiet: boolean): Progress {
	if (quiet || stderr.isTTY !== true) return { done() {} };
	let last = 0;
	let shown = false;
	return {
		report(file, read, size) {
			if (size === null ? read < LARGE_BYTES : size < LARGE_BYTES) return;
			const now = performance.now();
			if (now - last < STEP_MS) return;
			last = now;
			shown = true;
			stderr.write(`\r\u001b[K${line(basename(file), read, size)}`);
		},
		done() {
			if (shown) stderr.write("\r\u001b[K");
		},
	};
}

/** What a command gives an analysis of the outside world. */
export function contextOf(
	{ stdin }: Io,
	{ report }: Progress,
	{ sheet }: { sheet?: string | undefined } = {},
): AnalysisContext {
	return { stdin, ...(report && { progress: report }), ...(sheet !== undefined && { sheet }) };
}

function line(file: string, read: number, size: number | null): string {
	const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
	if (size === null) return `${file} ${megabytes(read)}`;
	const full = Math.round((BAR * read) / size);
	return `${file} ${"█".repeat(full)}${"░".repeat(BAR - full)} ${megabytes(read)} of ${megabytes(size)}`;
}
