import type { Readable } from "node:stream";

/** What the outside world gives an analysis. */
export interface AnalysisContext {
	/** Read where a file is named `-`. */
	stdin?: Readable;
	/** Called now and then while a file is read, with bytes read and its size (null: unknown). */
	progress?: (file: string, read: number, size: number | null) => void;
	/** Called with what is read of the files and by which design, as plain data, before their rows are. */
	onPlan?: (plan: object) => void;
	/** The sheet of workbooks that holds the answers: its name, or its number from 1 on. */
	sheet?: string;
}
