import { orStopped } from "../base/run-options.js";
import { askThread } from "../platform/ask-thread.js";
import type { NamedTable } from "../present/formats/xlsx.js";
import type { ResultSet } from "../results/result-set.js";
import type { Language } from "../wording/locale.js";

/** Input of the thread that makes a workbook. */
export interface WorkbookTask {
	tables: readonly NamedTable[];
	whole: ResultSet;
	language: Language;
}

/** The workbook of a report, made in a separate thread because it takes as long as all charts. */
export async function workbookOf(task: WorkbookTask, signal?: AbortSignal): Promise<Uint8Array> {
	const { thread, answer } = askThread<Uint8Array>("start/thread.cjs", task, ["workbook"]);
	try {
		return await orStopped(answer, signal);
	} finally {
		await thread.terminate();
	}
}
