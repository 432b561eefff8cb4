import { addAbortSignal, Readable } from "node:stream";
import { UserError } from "../base/errors.js";
import { orStopped, type RunOptions } from "../base/run-options.js";
import type { Source } from "./block.js";
import { type ByteReader, chunksOf } from "./bytes.js";
import { openCsv } from "./csv/csv.js";
import { asciiCompatible } from "./csv/encoding.js";
import type { OnFault } from "./csv/faults.js";
import { isAddress } from "./database/address.js";
import { knownEncoding } from "./encoding.js";
import { rejectForeignArchive } from "./foreign.js";
import { formatHolding, formatOf, isZip } from "./formats.js";
import { HeldFile } from "./held-file.js";
import { type Input, type InputOptions, inputOf, openInput } from "./input.js";
import {
	type BytesData,
	isBytes,
	isMemory,
	isRows,
	type MemoryData,
	type SurveyData,
} from "./memory/data.js";
import { stoppable } from "./stoppable.js";
import { storedBytes } from "./stored.js";
import { isLarge, threadsOf } from "./threads/file-threads.js";
import { readAhead } from "./threads/read-ahead.js";
import { isArchiveName } from "./zip/member-names.js";

export interface OpenOptions extends InputOptions, RunOptions {
	/** Encoding of texts whose file does not state it. */
	encoding?: string | undefined;
	/** Lets the reader go on after faults in the text, and receives them. */
	onFault?: OnFault;
	/**
	 * A separate thread reads large files ahead of the main one. It starts before the wanted columns are known, to
	 * hide its start-up time, or when the file is read.
	 */
	ahead?: "at-once" | "when-read";
	/** What another source of the same file has as `opened`. */
	opened?: unknown;
}

/**
 * Opens a survey file of any format the tool reads, or data in memory, and gives its columns. Who opens it has to close it.
 * @throws UserError where it cannot be read.
 */
export async function openSource(path: SurveyData, options: OpenOptions = {}): Promise<Source> {
	const { ahead, signal } = options;
	signal?.throwIfAborted();
	if (options.encoding !== undefined) knownEncoding(options.encoding);
	if (isMemory(path)) {
		const source = await openMemory(path, options);
		return signal === undefined ? source : stoppable(source, signal);
	}
	if (typeof path !== "string") {
		throw new UserError(`a file is named by a text, and ${JSON.stringify(path)} is none`, {
			code: "option",
			hint: "write its path",
		});
	}
	if (isAddress(path)) return (await import("./database/open.js")).openTable(path, signal);
	const large = ahead !== undefined && path !== "-" && isLarge(path) && !isArchiveName(path);
	const source = await (large ? openAhead(path, options, ahead) : openHere(path, options));
	return signal === undefined ? source : stoppable(source, signal);
}

/** Opens a survey file for a task, and closes it when the task ends, fails or is stopped. */
export async function withSource<T>(
	path: SurveyData,
	options: OpenOptions,
	work: (source: Source) => Promise<T>,
): Promise<T> {
	const source = await openSource(path, options);
	try {
		return await work(source);
	} finally {
		await source.close?.();
	}
}

async function openHere(path: string, options: OpenOptions): Promise<Source> {
	const { onProgress, signal } = options;
	const stdin = readableOf(options.stdin);
	if (path === "-" && signal !== undefined) addAbortSignal(signal, stdin);
	const input = await openInput(path, stdin, options);
	const told = onProgress && watched(input, (read, size) => onProgress({ file: path, read, size }));
	try {
		return alsoClosing(await orStopped(openFormat(told ?? input, options), signal), input);
	} catch (error) {
		input.close();
		throw error;
	}
}

async function openMemory(data: MemoryData, options: FormatOptions): Promise<Source> {
	if (isBytes(data)) return openBytes(data, options);
	const { openColumns, openRows } = await import("./memory/source.js");
	return isRows(data) ? openRows(data) : openColumns(data);
}

async function openBytes({ bytes, format, name }: BytesData, options: FormatOptions): Promise<Source> {
	const source = await openFormat(inputOf(storedBytes(bytes, name ?? "bytes in memory")), options);
	if (format === undefined || source.format === format) return source;
	throw new UserError(`is ${source.format}, not ${format}`, {
		where: { file: source.name },
		hint: "leave the format out: it is recognised by the bytes",
	});
}

/** @param within Archives it lies in. */
async function openFormat(input: Input, options: FormatOptions, within = 0): Promise<Source> {
	const head = await input.head();
	if (!isZip(head)) return formatOf(head)?.open(input, options) ?? openText(input, options);
	const { lookInside } = await import("./zip/members.js");
	const { paths, only, close } = await lookInside(await input.random(), input.name);
	const format = formatHolding(paths);
	if (format !== undefined) {
		close();
		return format.open(input, options);
	}
	rejectForeignArchive(paths, input.name);
	if (within > 1) throw tooDeep(input.name);
	const { opened: _, ...others } = options;
	const member = inputOf(only());
	return alsoClosing(await openFormat(member, others, within + 1), member);
}

/** A source that lets go of its bytes, too. */
function alsoClosing(source: Source, { close }: Input): Source {
	return {
		...source,
		async close() {
			await source.close?.();
			close();
		},
	};
}

type FormatOptions = Pick<OpenOptions, "onFault" | "opened" | "sheet" | "encoding">;

function tooDeep(file: string): UserError {
	return new UserError("is an archive within an archive within an archive", {
		where: { file },
		hint: "unpack the outer ones first",
	});
}

/** Loads the reader of a file before the wanted columns are known. */
export async function loadReader(path: string): Promise<void> {
	const { head, close } = await openInput(path, process.stdin, { hashed: false });
	const format = formatOf(await head());
	close();
	await format?.load();
}

async function openAhead(
	path: string,
	options: OpenOptions,
	start: NonNullable<OpenOptions["ahead"]>,
): Promise<Source> {
	const { onProgress } = options;
	const stdin = readableOf(options.stdin);
	const file = new HeldFile(path);
	const threads = start === "at-once" ? threadsOf(file) : undefined;
	try {
		const input = await openInput(path, stdin, { descriptor: file.descriptor });
		const source = await openFormat(input, options);
		const progress = (read: number) => onProgress?.({ file: path, read, size: input.size });
		const { hashed = true, encoding } = options;
		return readAhead(file, source, { progress, hashed, encoding, begun: threads });
	} catch (error) {
		await threads?.end();
		file.close();
		throw error;
	}
}

async function openText(input: Input, { onFault, encoding }: FormatOptions): Promise<Source> {
	const stated = encoding === undefined ? undefined : knownEncoding(encoding);
	const bytes = await asciiCompatible(input, stated);
	return openCsv(bytes, input.name, input.sha256, { onFault, told: stated !== undefined });
}

/** The input, with its progress told whenever bytes are read. */
function watched(input: Input, progress: (read: number, size: number | null) => void): Input {
	const reader: ByteReader = {
		async read(target) {
			const length = await input.reader.read(target);
			progress(input.position(), input.size);
			return length;
		},
	};
	const advance = async (to: number) => {
		await input.advance(to);
		progress(input.position(), input.size);
	};
	return { ...input, reader, bytes: chunksOf(reader), advance };
}

/** What stands for standard input, as a stream of bytes. */
function readableOf(stdin: RunOptions["stdin"]): Readable {
	if (stdin === undefined) return process.stdin;
	return stdin instanceof Readable ? stdin : Readable.from(bytesOf(stdin), { objectMode: false });
}

async function* bytesOf(parts: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
	for await (const part of parts)
		yield typeof part === "string"
			? Buffer.from(part)
			: Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}
