import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Language } from "../locale.js";
import type { NamedTable } from "../present/xlsx.js";
import { builtPath } from "../read/open.js";
import type { ResultSet } from "../results.js";

/** What the thread that makes a workbook is given. */
export interface Task {
	tables: readonly NamedTable[];
	whole: ResultSet;
	language: Language;
}

/** The workbook of a report, made by a thread of its own: it takes as long as drawing all charts. */
export async function workbookOf(task: Task): Promise<Uint8Array> {
	const thread = new Worker(builtPath("report/workbook-thread.js"), { workerData: task });
	// A thread that ends without a word would be waited for in vain.
	const ended = new AbortController();
	thread.once("exit", () => ended.abort());
	const [bytes] = (await once(thread, "message", { signal: ended.signal })) as [Uint8Array];
	return bytes;
}
