import { askThread } from "../platform/ask-thread.js";
import type { NamedTable } from "../present/formats/xlsx.js";
import type { ResultSet } from "../results/result-set.js";
import type { Language } from "../wording/locale.js";

/** What the thread that makes a workbook is given. */
export interface Task {
	tables: readonly NamedTable[];
	whole: ResultSet;
	language: Language;
}

/** The workbook of a report, made by a thread of its own: it takes as long as drawing all charts. */
export async function workbookOf(task: Task): Promise<Uint8Array> {
	return askThread<Uint8Array>("start/thread.cjs", task, ["workbook"]).answer;
}
