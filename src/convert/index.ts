import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { UserError } from "../base/errors.js";
import { type Progress, type RunOptions, splitRun } from "../base/run-options.js";
import { checkOutputs, writePieces } from "../platform/outputs.js";
import { takingTurns } from "../platform/turns.js";
import type { Source } from "../read/block.js";
import { isAddress } from "../read/database/address.js";
import { HeldFile } from "../read/held-file.js";
import { openSource } from "../read/index.js";
import { splitMember } from "../read/zip/member-names.js";
import { type ConvertOptions, type ConvertSettings, normalizeConvert } from "../settings/convert.js";
import { type CsvOptions, toCsv } from "./csv.js";

/** What has been read of a file so far. */
export interface Converted {
	rows: number;
	columns: number;
	/** Whether the file has labels or declared missing values, which csv cannot hold. */
	hasLabels: boolean;
}

/** A file on its way to another format. */
export interface Conversion {
	/** The new file, in pieces, as the old one is read. */
	parts: AsyncIterable<string | Uint8Array>;
	seen: Converted;
}

/**
 * Writes a survey file in another format, completely or not at all, with every value unchanged, outer blanks
 * included. Labels and missing codes travel with Parquet alone.
 * @param from Survey file of any format; `-` is standard input.
 * @param out File to write; its ending tells the format unless `to` does.
 * @returns What was read: numbers of rows and columns, and whether values have labels.
 * @throws UserError where the one cannot be read or the other not be written.
 * @example
 * import { convert, samplePath } from "talis-pd";
 *
 * console.log(await convert(samplePath(), "sample.parquet")); // { rows: 2000, columns: 204, hasLabels: false }
 */
export async function convert(from: string, out: string, options: ConvertOptions = {}): Promise<Converted> {
	const [spec, run] = splitRun(options);
	const settings = normalizeConvert(out, spec);
	checkOutputs([out], [from]);
	const { parts, seen } = conversion(from, settings, run);
	await writePieces(out, parts);
	return seen;
}

/** How often a file is read for Parquet: for types, and for values. */
const PASSES = 2;

/**
 * The same, for who writes the pieces.
 * @throws UserError where the file cannot be read; while `parts` are taken, too.
 */
export function conversion(path: string, settings: ConvertSettings, run: RunOptions): Conversion {
	if (path === "-" && settings.to === "parquet") throw comesOnce("standard input");
	const seen = { rows: 0, columns: 0, hasLabels: false };
	const opened: Source[] = [];
	const { onProgress } = run;
	const open = async (descriptor?: number): Promise<Source> => {
		const passed = opened.length;
		const halves = (told: Progress) =>
			onProgress?.({ ...told, read: ((told.size ?? 0) * passed + told.read) / PASSES });
		const watch = onProgress && settings.to === "parquet" ? { onProgress: halves } : {};
		const source = await openSource(path, { ...run, ...watch, hashed: false, descriptor });
		opened.push(source);
		const hasLabels = source.variables?.some(({ values, missing }) => values.size > 0 || missing !== null);
		Object.assign(seen, { rows: 0, columns: source.columns.length, hasLabels: hasLabels ?? false });
		return { ...source, read: (wanted) => counted(source.read(wanted), (rows) => (seen.rows += rows)) };
	};
	const { to, ...layout } = settings;
	const asParquet = isAddress(path) ? parquetOfTable : parquetOf;
	const parts = to === "parquet" ? asParquet(path, open) : csvOf(open, layout, to === "csv.gz");
	return { parts: closing(parts, opened), seen };
}

/** Pieces, and their files let go of at the end, whatever it is. */
async function* closing<T>(parts: AsyncIterable<T>, opened: readonly Source[]): AsyncGenerator<T> {
	try {
		yield* parts;
	} finally {
		await Promise.all(opened.map((source) => source.close?.()));
	}
}

function counted(
	{ blocks, dictionaries }: ReturnType<Source["read"]>,
	count: (rows: number) => void,
): ReturnType<Source["read"]> {
	const turn = takingTurns();
	async function* all() {
		for await (const block of blocks) {
			await turn();
			count(block.rows);
			yield block;
		}
	}
	return { blocks: all(), dictionaries };
}

function comesOnce(what: string): UserError {
	return new UserError(`${what} cannot be converted to Parquet, which takes two passes`, {
		hint: "save it to a file first",
	});
}

/** Types found in one pass hold for the other only where both read the same bytes. */
async function* parquetOf(
	path: string,
	open: (descriptor: number) => Promise<Source>,
): AsyncGenerator<Uint8Array> {
	const { toParquet } = await import("./parquet.js");
	const file = new HeldFile(splitMember(path)?.archive ?? path);
	try {
		if (file.comesOnce) throw comesOnce(path);
		yield* toParquet(() => open(file.descriptor));
		file.checkUnchanged();
	} finally {
		file.close();
	}
}

/** A table is read twice, and its contents are to be the same before the one reading and after the other. */
async function* parquetOfTable(path: string, open: () => Promise<Source>): AsyncGenerator<Uint8Array> {
	const { toParquet } = await import("./parquet.js");
	let before: string | undefined;
	let last: Source | undefined;
	yield* toParquet(async () => {
		last = await open();
		before ??= await last.sha256();
		return last;
	});
	if ((await last?.sha256()) === before) return;
	throw new UserError("has changed while it was read", {
		where: { file: path },
		hint: "run again when no program writes to it",
	});
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
