import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { UserError } from "../base/errors.js";
import type { Source } from "../read/block.js";
import { type OpenOptions, openSource } from "../read/index.js";
import { toCsv } from "./csv.js";

/** What survey files can be converted to. */
export const CONVERT_FORMATS = ["csv", "csv.gz", "parquet"] as const;

export type ConvertFormat = (typeof CONVERT_FORMATS)[number];

export interface ConvertSpec {
	to: ConvertFormat;
	/** Between the fields of csv: `,` (default), `;` or a tab. */
	delimiter?: string | undefined;
	/** In csv, labels of values instead of the values. */
	labels?: boolean | undefined;
}

export interface Conversion {
	/** The new file, piece by piece as the old one is read. */
	parts: AsyncIterable<string | Uint8Array>;
	/** What has been read so far. */
	seen: { rows: number; columns: number; hasLabels: boolean };
}

/** The format a file's name ends in; undefined where the name does not say. */
export function convertFormatOf(file: string): ConvertFormat | undefined {
	return CONVERT_FORMATS.find((format) => file.toLowerCase().endsWith(`.${format}`));
}

/**
 * One survey file in another format, with every value as it stands; outer blanks are cut.
 * @throws UserError where the file cannot be read; while `parts` are taken, too.
 */
export function convert(
	path: string,
	{ to, delimiter = ",", labels = false }: ConvertSpec,
	options: OpenOptions,
): Conversion {
	if (path === "-" && to === "parquet") {
		throw new UserError("standard input cannot be converted to Parquet, which takes two passes", {
			hint: "save it to a file first",
		});
	}
	const seen = { rows: 0, columns: 0, hasLabels: false };
	const open = async (): Promise<Source> => {
		const source = await openSource(path, options);
		const hasLabels = source.variables?.some(({ values, missing }) => values.size > 0 || missing !== null);
		Object.assign(seen, { rows: 0, columns: source.columns.length, hasLabels: hasLabels ?? false });
		return { ...source, read: (wanted) => counted(source.read(wanted), (rows) => (seen.rows += rows)) };
	};
	return { parts: partsOf(open, { to, delimiter, labels }), seen };
}

function counted(
	{ blocks, dictionaries }: ReturnType<Source["read"]>,
	count: (rows: number) => void,
): ReturnType<Source["read"]> {
	async function* all() {
		for await (const block of blocks) {
			count(block.rows);
			yield block;
		}
	}
	return { blocks: all(), dictionaries };
}

async function* partsOf(
	open: () => Promise<Source>,
	{ to, delimiter, labels }: { to: ConvertFormat; delimiter: string; labels: boolean },
): AsyncGenerator<string | Uint8Array> {
	if (to === "parquet") yield* (await import("./parquet.js")).toParquet(open);
	else if (to === "csv") yield* toCsv(open, { delimiter, labels });
	// The callback is empty because a failure also reaches the loop, as the error of the stream.
	else yield* pipeline(Readable.from(toCsv(open, { delimiter, labels })), createGzip(), () => {});
}
