import type { Source } from "./block.js";
import type { Input, OpenedBy } from "./input.js";

/** How a file of one format is opened. */
export interface Format {
	/** Whether such files begin so, as Latin-1 text; … */
	begins?(start: string): boolean;
	/** … of those that are zip archives, a file they all hold. */
	holds?: string;
	open(input: Input, options: OpenedBy): Promise<Source>;
	/** Loads the code that reads its rows. */
	load(): Promise<unknown>;
}

/** Formats known by their first bytes; whatever else there is, is text. A reader is loaded when it is needed. */
const FORMATS: readonly Format[] = [
	{
		begins: (start) => /^\$FL[23]/.test(start),
		open: async (input, { encoding }) => (await import("./sav/index.js")).openSav(input, encoding),
		load: () => import("./sav/index.js"),
	},
	{
		begins: (start) => /^PAR[1E]/.test(start),
		open: async (input, { opened }) => (await import("./parquet/source.js")).openParquet(input, opened),
		load: () => Promise.all([import("./parquet/source.js"), import("./parquet/blocks.js")]),
	},
	{
		begins: (start) => start.startsWith("<stata_dta>") || isOldStata(start),
		open: async (input, options) => (await import("./dta/index.js")).openDta(input, options),
		load: () => import("./dta/index.js"),
	},
	{
		begins: isOfR,
		open: async (input, { opened }) => (await import("./rds/index.js")).openRds(input, opened),
		load: () => import("./rds/index.js"),
	},
	{
		holds: "xl/workbook.xml",
		open: async (input, options) => (await import("./xlsx/index.js")).openXlsx(input, options),
		load: () => import("./xlsx/index.js"),
	},
];

const START_BYTES = 512;

/** The format of a file by its first bytes; none of text. */
export function formatOf(head: Uint8Array): Format | undefined {
	const start = Buffer.from(head.subarray(0, START_BYTES)).toString("latin1");
	return FORMATS.find(({ begins }) => begins?.(start));
}

/** The format of a zip archive by its files; none where they are files by themselves. */
export function formatHolding(paths: readonly string[]): Format | undefined {
	return FORMATS.find(({ holds }) => holds !== undefined && paths.includes(holds));
}

/** Whether these are the first bytes of a zip archive, be it a format's own or one of files. */
export function isZip(head: Uint8Array): boolean {
	const start = Buffer.from(head.subarray(0, 4)).toString("latin1");
	return ["PK\u0003\u0004", "PK\u0005\u0006"].includes(start);
}

/** Stata up to 12 begins with its release, the order of bytes, 1 and 0. */
function isOldStata(start: string): boolean {
	return /^[i-s]/.test(start) && ["\u0001\u0001\0", "\u0002\u0001\0"].includes(start.slice(1, 4));
}

/** What R saves begins with its form and version, a text of both with that of R, too; `save` puts a mark before them. */
function isOfR(start: string): boolean {
	const form = start.replace(/^RD[XAB][23]\n/, "");
	const forms = ["X\n\0\0\0", "B\n\u0002\0\0\0", "B\n\u0003\0\0\0"];
	return forms.some((known) => form.startsWith(known)) || /^A\n[23]\n\d{6}\n/.test(form);
}
