import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "../base/errors.js";
import { unreadable } from "../platform/small-files.js";
import { type ByteReader, chunksOf, fill, readerOf, withHead } from "./bytes.js";

const HEAD_BYTES = 1 << 16;

/** Bytes in any order. */
export interface RandomAccess {
	size: number;
	/** Bytes from `start` to before `end`, fewer where the file ends before. */
	read(start: number, end: number): Buffer;
	close(): void;
}

/** Bytes of one survey file, to be read once, and what is known of them. */
export interface Input {
	/** Name without folders, as it stands in messages and results. */
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
	 * Unpacked bytes in any order, for formats that are read so. A plain file's stay on the disk; standard
	 * input and packed files are held in memory. What is read here does not count for `sha256` and `position`.
	 */
	random(): Promise<RandomAccess>;
	/** Makes all bytes up to a place count, for who reads them in any order. */
	advance(to: number): Promise<void>;
	/** SHA-256 of the file as stored; complete once all bytes are read. */
	sha256(): string;
	/** Bytes of the stored file read so far. */
	position(): number;
	/** Lets go of a file that is not read to its end. */
	close(): void;
}

/** How a file is opened. */
export interface InputOptions {
	/** False where its SHA-256 is worked out elsewhere. */
	hashed?: boolean | undefined;
	/** Of a file that is held open. */
	descriptor?: number | undefined;
}

/**
 * Opens a file, or standard input for `-`. Gzip is known by its first bytes, not by the name.
 * @throws UserError where there is no such file, it is a folder, or it may not be read.
 */
export function openInput(
	path: string,
	stdin: Readable,
	{ hashed = true, descriptor }: InputOptions = {},
): Input {
	const size = path === "-" ? null : fileSize(path, descriptor);
	const file = path === "-" ? null : fileReader(path, descriptor);
	const stored = file ?? readerOf(stdin);
	const name = path === "-" ? "standard input" : basename(path);
	const hash = createHash("sha256");
	let position = 0;
	const watched: ByteReader = {
		async read(target) {
			const length = await stored.read(target).catch((cause) => {
				throw unreadable(path, cause);
			});
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
	const reader: ByteReader = { read: async (target) => (await begin()).rest.read(target) };
	const bytes = chunksOf(reader);
	return {
		name,
		size,
		head: async () => (await begin()).head,
		reader,
		bytes,
		async random() {
			if (path !== "-" && !(await begin()).packed) return onDisk(path, descriptor);
			held ??= collect(chunksOf(reader));
			return inMemory(await held);
		},
		async advance(to) {
			if (!hashed) position = Math.max(position, Math.min(to, size ?? position));
			else while (position < to) if ((await bytes.next()).done) return;
		},
		sha256() {
			digest ??= hash.digest("hex");
			return digest;
		},
		position: () => position,
		close: () => file?.close(),
	};
}

/** A file from its beginning; one that is held open stays so. */
function fileReader(path: string, descriptor?: number): ByteReader & { close(): void } {
	let file = descriptor;
	let position = 0;
	let ended = false;
	const close = () => {
		if (!ended && file !== undefined && descriptor === undefined) closeSync(file);
		ended = true;
	};
	return {
		close,
		async read(target) {
			if (ended) return 0;
			file ??= openSync(path, "r");
			// Where others read it, too, each keeps its own place; a pipe has none.
			const place = descriptor === undefined ? null : position;
			const length = readSync(file, target, 0, target.length, place);
			position += length;
			if (length === 0) close();
			return length;
		},
	};
}

function fileSize(path: string, descriptor?: number): number {
	try {
		const stats = descriptor === undefined ? statSync(path) : fstatSync(descriptor);
		if (stats.isDirectory()) {
			throw new UserError("is a folder, not a file", {
				where: { file: path },
				hint: "name the survey file in it",
			});
		}
		return stats.size;
	} catch (cause) {
		throw cause instanceof UserError ? cause : unreadable(path, cause);
	}
}

function onDisk(path: string, descriptor?: number): RandomAccess {
	try {
		const file = descriptor ?? openSync(path, "r");
		return {
			size: fstatSync(file).size,
			read(start, end) {
				const bytes = Buffer.allocUnsafeSlow(Math.max(0, end - start));
				let length = 0;
				while (length < bytes.length) {
					const more = readSync(file, bytes, length, bytes.length - length, start + length);
					if (more === 0) break;
					length += more;
				}
				return bytes.subarray(0, length);
			},
			close() {
				if (descriptor === undefined) closeSync(file);
			},
		};
	} catch (cause) {
		throw unreadable(path, cause);
	}
}

function inMemory(bytes: Buffer): RandomAccess {
	return { size: bytes.length, read: (start, end) => bytes.subarray(start, end), close() {} };
}

async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of bytes) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** The first unpacked bytes, and all of them. */
interface Begun {
	head: Buffer;
	rest: ByteReader;
	packed: boolean;
}

async function beginUnpacked(stored: ByteReader, name: string): Promise<Begun> {
	const begun = await withFirst(stored);
	const packed = begun.head[0] === 0x1f && begun.head[1] === 0x8b;
	return { ...(packed ? await withFirst(readerOf(unpacked(begun.rest, name))) : begun), packed };
}

async function withFirst(reader: ByteReader): Promise<Omit<Begun, "packed">> {
	const buffer = Buffer.allocUnsafeSlow(HEAD_BYTES);
	const head = buffer.subarray(0, await fill(reader, buffer));
	return { head, rest: withHead(head, reader) };
}

async function* unpacked(stored: ByteReader, name: string): AsyncGenerator<Buffer> {
	// The callback is empty because a failure also reaches the loop below, as the error of its stream.
	const gunzip = pipeline(Readable.from(chunksOf(stored)), createGunzip(), () => {});
	try {
		for await (const chunk of gunzip) yield chunk as Buffer;
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError("the gzip file is damaged or cut off", {
			where: { file: name },
			hint: "copy or download it again",
			cause,
		});
	}
}
