import { rmSync } from "node:fs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Temporary files being written. */
const unfinished = new Set<string>();

/**
 * Removes a temporary file if a signal ends the process.
 * @returns To be called when the file has taken its place or is gone.
 */
export function whileWriting(aside: string): () => void {
	if (unfinished.size === 0) for (const signal of SIGNALS) process.on(signal, cleanUp);
	unfinished.add(aside);
	return () => {
		if (!unfinished.delete(aside) || unfinished.size > 0) return;
		for (const signal of SIGNALS) process.off(signal, cleanUp);
	};
}

/** After the clean-up, the signal has its usual effect. */
function cleanUp(signal: NodeJS.Signals): void {
	for (const aside of unfinished) rmSync(aside, { recursive: true, force: true });
	unfinished.clear();
	for (const each of SIGNALS) process.off(each, cleanUp);
	process.kill(process.pid, signal);
}
