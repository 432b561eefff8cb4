/** Output formats; each has its renderer in ./index. This list imports nothing, so that --help can print it quickly. */
const FORMAT_LIST = [
	{ name: "table", endings: [".txt"] },
	{ name: "json", endings: [".json"] },
	{ name: "csv", endings: [".csv"], data: true },
	{ name: "xlsx", endings: [".xlsx"], data: true, binary: true },
	{ name: "markdown", endings: [".md", ".markdown"] },
	{ name: "html", endings: [".html", ".htm"] },
	{ name: "latex", endings: [".tex"] },
] as const satisfies readonly FormatInfo[];

export interface FormatInfo {
	name: string;
	/** File extensions that select the format. */
	endings: readonly string[];
	/** Rows for programs and spreadsheets, which can be laid out wide. */
	data?: boolean;
	/** Binary. */
	binary?: boolean;
}

/** The list with all facts optional, for look-ups. */
export const FORMAT_INFOS: readonly (FormatInfo & { name: FormatName })[] = FORMAT_LIST;

export type FormatName = (typeof FORMAT_LIST)[number]["name"];

/** Binary formats. */
export type BinaryFormat = Extract<(typeof FORMAT_LIST)[number], { binary: true }>["name"];

/** Names of the formats a result can be shown in. */
export const FORMATS = FORMAT_LIST.map(({ name }) => name) as [FormatName, ...FormatName[]];

/** Facts about a format. */
export function formatInfo(name: FormatName): FormatInfo {
	return FORMAT_INFOS.find((format) => format.name === name) as FormatInfo;
}

/** Position of groups in a table of percentages: in rows, in columns, or each in its own table. */
export const LAYOUTS = ["rows", "columns", "long"] as const;

export type Layout = (typeof LAYOUTS)[number];
