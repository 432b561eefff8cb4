import type { Source } from "./block.js";
import type { Input } from "./input.js";

/** How a file of one format is opened. */
export interface Format {
	/** Whether such files begin so, as Latin-1 text. */
	begins(start: string): boolean;
	/** @param opened What another source of the same file has as `opened`. */
	open(input: Input, opened?: unknown): Promise<Source>;
	/** Loads what its rows take to be read. */
	load(): Promise<unknown>;
}

/** Formats known by their first bytes; whatever else there is, is text. A reader is loaded when it is needed. */
const FORMATS: readonly Format[] = [
	{
		begins: (start) => /^\$FL[23]/.test(start),
		open: async (input) => (await import("./sav/index.js")).openSav(input),
		load: () => import("./sav/index.js"),
	},
	{
		begins: (start) => /^PAR[1E]/.test(start),
		open: async (input, opened) => (await import("./parquet/source.js")).openParquet(input, opened),
		load: () => Promise.all([import("./parquet/source.js"), import("./parquet/blocks.js")]),
	},
	{
		begins: (start) => start.startsWith("<stata_dta>") || isOldStata(start),
		open: async (input, opened) => (await import("./dta/index.js")).openDta(input, opened),
		load: () => import("./dta/index.js"),
	},
];

const START_BYTES = 512;

/** The format of a file by its first bytes; none of text. */
export function formatOf(head: Uint8Array): Format | undefined {
	const start = Buffer.from(head.subarray(0, START_BYTES)).toString("latin1");
	return FORMATS.find(({ begins }) => begins(start));
}

/** Stata up to 12 begins with its release, the order of bytes, 1 and 0. */
function isOldStata(start: string): boolean {
	return /^[i-s]/.test(start) && ["\u0001\u0001\0", "\u0002\u0001\0"].includes(start.slice(1, 4));
}
