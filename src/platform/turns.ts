import { setImmediate as nextTurn } from "node:timers/promises";
import type { Turn } from "../base/turn.js";

/** Longest time that work may delay a signal such as Ctrl-C. */
const LONGEST_MS = 50;

/**
 * Returns a function to await often in long synchronous work: it lets pending signals and timers run once in a while.
 * @param signal Ends the work, by its reason.
 */
export function takingTurns(signal?: AbortSignal): Turn {
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
