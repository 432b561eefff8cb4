import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { UserError } from "../base/errors.js";
import { type ByteReader, chunksOf, fill, type OpenReader, readerOf, withHead } from "./bytes.js";
import { inMemory, openStored, type RandomAccess, type Stored } from "./stored.js";
import { unpacked } from "./unpack/index.js";
import { splitMember } from "./zip/member-names.js";

const HEAD_BYTES = 1 << 16;
const MOST_HELD = 2 ** 31;

/** Bytes of one survey file, to be read once, and what is known about them. */
export interface Input {
	/** Name without folders, as in messages and results. */
	name: string;
	/** Size on disk in bytes; null for standard input. */
	size: number | null;
	/** The first unpacked bytes, by which formats are known; empty where the file is. */
	head(): Promise<Buffer>;
	/** Unpacked bytes from the beginning, to be taken once: as they are read, … */
	reader: ByteReader;
	/** … or in chunks. */
	bytes: AsyncIterable<Buffer>;
	/**
	 * Unpacked bytes from the beginning once more, for formats whose rows cannot be read without their end; to be asked
	 * for before `reader` is read. A file is read a second time, standard input is held in memory. What is read here does
	 * not count for `sha256` and `position`.
	 */
	again(): Promise<OpenReader>;
	/**
	 * Unpacked bytes in any order, for formats that are read so. A plain file's stay on the disk; standard
	 * input and packed files are held in memory. What is read here does not count for `sha256` and `position`.
	 */
	random(): Promise<RandomAccess>;
	/** Counts all bytes up to a place as read, for readers that read in any order. */
	advance(to: number): Promise<void>;
	/** SHA-256 of the file as stored; complete once all bytes are read. Empty where it is not computed. */
	sha256(): string;
	/** Bytes of the stored file read so far. */
	position(): number;
	/** Closes a file that is not read to its end. */
	close(): void;
}

/** What is said of a file that is opened. */
export interface OpenedBy {
	/** What another source of the same file has as `opened`. */
	opened?: unknown;
	/** The sheet of a workbook: its name, or its number from 1 on. */
	sheet?: string | undefined;
	/** Of texts, where the format does not tell theirs. */
	encoding?: string | undefined;
}

/** How a file is opened. */
export interface InputOptions {
	/** False where its SHA-256 is computed elsewhere, or not at all. */
	hashed?: boolean | undefined;
	/** Of a file that is held open, or of the archive it lies in. */
	descriptor?: number | undefined;
}

/**
 * Opens a file, a file in an archive, or standard input for `-`. How it is packed is known by its first bytes, not by the name.
 * @throws UserError where there is no such file, it is a folder, or it may not be read.
 */
export async function openInput(
	path: string,
	stdin: Readable,
	{ hashed, descriptor }: InputOptions = {},
): Promise<Input> {
	const member = splitMember(path);
	const stored =
		member === undefined
			? openStored(path, stdin, descriptor)
			: await (await import("./zip/members.js")).openMember(member, descriptor);
	return inputOf(stored, hashed);
}

/** What is stored somewhere, as it is read. */
export function inputOf(stored: Stored, hashed = true): Input {
	const { name, size } = stored;
	const hash = createHash("sha256");
	let position = 0;
	const watched: ByteReader = {
		async read(target) {
			const length = await stored.reader.read(target);
			if (hashed) hash.update(target.subarray(0, length));
			position += length;
			return length;
		},
	};
	let digest: string | undefined;
	let held: Promise<Buffer> | undefined;
	let begun: Promise<Begun> | undefined;
	const begin = () => {
		begun ??= beginUnpacked(watched, name);
		return begun;
	};
	const reader: ByteReader = {
		async read(target) {
			stored.settle();
			return (await begin()).rest.read(target);
		},
	};
	const bytes = chunksOf(reader);
	return {
		name,
		size,
		head: async () => (await begin()).head,
		reader,
		bytes,
		async again() {
			const again = stored.again();
			const { rest, close } = await beginUnpacked(again, name);
			return {
				...rest,
				close() {
					close();
					again.close();
				},
			};
		},
		async random() {
			if (stored.random !== null && !(await begin()).packed) return stored.random();
			held ??= collect(chunksOf(reader), name);
			return inMemory(await held);
		},
		async advance(to) {
			if (!hashed) position = Math.max(position, Math.min(to, size ?? position));
			else while (position < to) if ((await bytes.next()).done) return;
		},
		sha256() {
			digest ??= hashed ? hash.digest("hex") : "";
			return digest;
		},
		position: () => position,
		close() {
			stored.reader.close();
			begun?.then(
				(first) => first.close(),
				() => {},
			);
		},
	};
}

async function collect(bytes: AsyncIterable<Buffer>, file: string): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of bytes) {
		chunks.push(chunk);
		length += chunk.length;
		if (length <= MOST_HELD) continue;
		throw new UserError("is packed, and too large to be unpacked in memory, as this format has to be", {
			where: { file },
			hint: "unpack it first",
		});
	}
	return Buffer.concat(chunks, length);
}

/** The first unpacked bytes, and all of them. */
interface Begun {
	head: Buffer;
	rest: ByteReader;
	packed: boolean;
	/** Ends the unpacking, which would otherwise wait, so that another reader can continue. */
	close(): void;
}

async function beginUnpacked(stored: ByteReader, name: string): Promise<Begun> {
	const begun = await withFirst(stored);
	const content = unpacked(begun.head, begun.rest, name);
	if (content === undefined) return { ...begun, packed: false, close() {} };
	const reader = readerOf(content);
	return { ...(await withFirst(reader)), packed: true, close: reader.close };
}

async function withFirst(reader: ByteReader): Promise<Pick<Begun, "head" | "rest">> {
	const buffer = Buffer.allocUnsafeSlow(HEAD_BYTES);
	const head = buffer.subarray(0, await fill(reader, buffer));
	return { head, rest: withHead(head, reader) };
}
