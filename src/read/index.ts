import type { Readable } from "node:stream";
import { UserError } from "../base/errors.js";
import type { Source } from "./block.js";
import { type ByteReader, chunksOf } from "./bytes.js";
import type { AnalysisContext } from "./context.js";
import { openCsv } from "./csv/csv.js";
import { asciiCompatible } from "./csv/encoding.js";
import type { OnFault } from "./csv/faults.js";
import { rejectForeignArchive } from "./foreign.js";
import { formatHolding, formatOf, isZip } from "./formats.js";
import { HeldFile } from "./held-file.js";
import { type Input, type InputOptions, inputOf, openInput } from "./input.js";
import { isLarge, threadsOf } from "./threads/file-threads.js";
import { readAhead } from "./threads/read-ahead.js";
import { isArchiveName } from "./zip/member-names.js";

export interface OpenOptions extends InputOptions {
	stdin: Readable;
	/** Called now and then with the bytes read and the file's size (null for standard input). */
	progress?: (read: number, size: number | null) => void;
	/** Makes the reader go on after faults of a text, and tells them. */
	onFault?: OnFault;
	/**
	 * Large files are read by a thread of their own, ahead of who works on the rows. It starts before it is known what is
	 * wanted, which saves its start, or no sooner than the file is read.
	 */
	ahead?: "at-once" | "when-read";
	/** What another source of the same file has as `opened`. */
	opened?: unknown;
	/** The sheet of a workbook: its name, or its number from 1 on. */
	sheet?: string;
}

/** Opens a survey file of any format the tool reads and gives its columns. */
export async function openSource(path: string, options: OpenOptions): Promise<Source> {
	const { ahead, stdin, progress } = options;
	if (ahead !== undefined && path !== "-" && isLarge(path) && !isArchiveName(path))
		return openAhead(path, options, ahead);
	const input = await openInput(path, stdin, options);
	return openFormat(progress === undefined ? input : watched(input, progress), options);
}

/** The same with what the outside world gives an analysis. */
export function openIn(
	path: string,
	{ stdin, progress, sheet }: AnalysisContext,
	options: Omit<OpenOptions, keyof AnalysisContext> = {},
): Promise<Source> {
	return openSource(path, {
		...options,
		stdin: stdin ?? process.stdin,
		...(progress && { progress: (read, size) => progress(path, read, size) }),
		...(sheet !== undefined && { sheet }),
	});
}

/** @param within Archives it lies in. */
async function openFormat(input: Input, options: FormatOptions, within = 0): Promise<Source> {
	const { onFault } = options;
	const head = await input.head();
	if (!isZip(head)) return formatOf(head)?.open(input, options) ?? openText(input, onFault);
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
	return openFormat(inputOf(only()), others, within + 1);
}

type FormatOptions = Pick<OpenOptions, "onFault" | "opened" | "sheet">;

function tooDeep(file: string): UserError {
	return new UserError("is an archive within an archive within an archive", {
		where: { file },
		hint: "unpack the outer ones first",
	});
}

/** Loads what a file takes to be read, for who will be told later what of it is wanted. */
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
	const { stdin, progress } = options;
	const file = new HeldFile(path);
	const threads = start === "at-once" ? threadsOf(file) : undefined;
	try {
		const input = await openInput(path, stdin, { descriptor: file.descriptor });
		const source = await openFormat(input, options);
		return readAhead(file, source, (read) => progress?.(read, input.size), threads);
	} catch (error) {
		await threads?.end();
		file.close();
		throw error;
	}
}

async function openText(input: Input, onFault: OnFault | undefined): Promise<Source> {
	return openCsv(await asciiCompatible(input), input.name, input.sha256, onFault);
}

/** The input, with its progress told whenever bytes are read. */
function watched(input: Input, progress: NonNullable<OpenOptions["progress"]>): Input {
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
