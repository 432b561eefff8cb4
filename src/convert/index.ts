import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { UserError } from "../base/errors.js";
import type { Source } from "../read/block.js";
import { HeldFile } from "../read/held-file.js";
import { type OpenOptions, openSource } from "../read/index.js";
import { type CsvOptions, toCsv } from "./csv.js";

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
	const open = async (descriptor?: number): Promise<Source> => {
		const source = await openSource(path, { ...options, hashed: false, descriptor });
		const hasLabels = source.variables?.some(({ values, missing }) => values.size > 0 || missing !== null);
		Object.assign(seen, { rows: 0, columns: source.columns.length, hasLabels: hasLabels ?? false });
		return { ...source, read: (wanted) => counted(source.read(wanted), (rows) => (seen.rows += rows)) };
	};
	const parts =
		to === "parquet" ? parquetOf(path, open) : csvOf(open, { delimiter, labels }, to === "csv.gz");
	return { parts, seen };
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

/** Types found in one pass hold for the other only where both read the same bytes. */
async function* parquetOf(
	path: string,
	open: (descriptor: number) => Promise<Source>,
): AsyncGenerator<Uint8Array> {
	const { toParquet } = await import("./parquet.js");
	const file = new HeldFile(path);
	try {
		yield* toParquet(() => open(file.descriptor));
		file.checkUnchanged();
	} finally {
		file.close();
	}
}

async function* csvOf(
	open: () => Promise<Source>,
	options: CsvOptions,
	packed: boolean,
): AsyncGenerator<string | Uint8Array> {
	if (!packed) yield* toCsv(open, options);
	// The callback is empty because a failure also reaches the loop, as the error of the stream.
	else yield* pipeline(Readable.from(toCsv(open, options)), createGzip(), () => {});
}
