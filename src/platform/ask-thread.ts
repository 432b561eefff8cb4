import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { builtPath } from "./assets.js";

/**
 * Starts a worker thread that returns one answer.
 * @param name Its built file.
 * @param argv Arguments of the file.
 * @returns The answer, which fails where the thread does or ends without one.
 */
export function askThread<T>(
	name: string,
	workerData: unknown,
	argv: string[] = [],
): { thread: Worker; answer: Promise<T> } {
	const thread = new Worker(builtPath(name), { workerData, argv });
	// A thread that exits without an answer would otherwise leave the caller waiting for ever.
	const ended = new AbortController();
	thread.once("exit", () => ended.abort());
	const answer = once(thread, "message", { signal: ended.signal }).then(([message]) => message as T);
	return { thread, answer };
}
