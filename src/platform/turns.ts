import { setImmediate as nextTurn } from "node:timers/promises";

/** So long may work go on before a signal, such as Ctrl-C, is heard. */
const LONGEST_MS = 50;

/**
 * To be awaited often in long work that waits for nothing: lets signals and timers in, where they have waited for a while.
 * @param signal Ends the work, by its reason.
 */
export function takingTurns(signal?: AbortSignal): () => Promise<void> | undefined {
	let last = performance.now();
	return () => {
		signal?.throwIfAborted();
		if (performance.now() - last < LONGEST_MS) return undefined;
		return nextTurn().then(() => {
			signal?.throwIfAborted();
			last = performance.now();
		});
	};
}
