import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { UserError } from "../base/errors.js";
import { unreadable } from "../platform/small-files.js";
import { type OpenReader, readerOf } from "./bytes.js";
import { Tape } from "./tape.js";

/** Bytes in any order. */
export interface RandomAccess {
	size: number;
	/** Bytes from `start` to before `end`, fewer where there are no more. */
	read(start: number, end: number): Buffer;
	close(): void;
}

/** Where the stored bytes of one survey file come from. */
export interface Stored {
	/** Name without folders, as in messages and results. */
	name: string;
	/** In bytes; null where it is not known. */
	size: number | null;
	/** All bytes, to be taken once. */
	reader: OpenReader;
	/** All bytes once more. Where they come but once, they are held from then on; to be asked for before `settle`. */
	again(): OpenReader;
	/** In any order, where they lie so; null where they come one after the other. */
	random: (() => RandomAccess) | null;
	/** Says that no further reader will begin. */
	settle(): void;
}

/**
 * Bytes of a file, or of standard input for `-`.
 * @param descriptor Of a file that is held open.
 * @throws UserError where there is no such file, it is a folder, or it may not be read.
 */
export function openStored(path: string, stdin: Readable, descriptor?: number): Stored {
	if (path === "-") return comingOnce("standard input", null, { ...readerOf(stdin), close() {} });
	const { size, isFile } = statsOf(path, descriptor);
	const name = basename(path);
	const reader = fileReader(path, descriptor);
	if (!isFile) return comingOnce(name, size, reader);
	return {
		...{ name, size, reader },
		again: () => fileReader(path, descriptor, size),
		random: () => openRandom(path, descriptor),
		settle() {},
	};
}

/** Bytes that are in memory. */
export function storedBytes(bytes: Uint8Array, name: string): Stored {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const reader = () => bufferReader(buffer);
	return {
		name,
		size: buffer.length,
		reader: reader(),
		again: reader,
		random: () => inMemory(buffer),
		settle() {},
	};
}

/** Bytes that are in memory, in any order. */
export function inMemory(bytes: Buffer): RandomAccess {
	return { size: bytes.length, read: (start, end) => bytes.subarray(start, end), close() {} };
}

/** Bytes of a pipe: what has been read is gone, unless it is held. */
function comingOnce(name: string, size: number | null, source: OpenReader): Stored {
	const tape = new Tape(source);
	const open = () => ({ ...tape.reader(), close: () => source.close() });
	return {
		...{ name, size, reader: open(), random: null },
		again: () => ({ ...tape.reader(), close() {} }),
		settle: () => tape.settle(),
	};
}

function bufferReader(buffer: Buffer): OpenReader {
	let at = 0;
	return {
		async read(target) {
			const part = buffer.subarray(at, at + target.length);
			target.set(part);
			at += part.length;
			return part.length;
		},
		async skip(most) {
			const passed = Math.min(most, buffer.length - at);
			at += passed;
			return passed;
		},
		close() {},
	};
}

/**
 * A file from its beginning; one that is held open stays so.
 * @param size Where the file lies on a disk, so that parts of it may be passed over.
 */
function fileReader(path: string, descriptor?: number, size?: number): OpenReader {
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
			try {
				file ??= openSync(path, "r");
				// Where others read it, too, each keeps its own place; a pipe has none.
				const place = descriptor === undefined && size === undefined ? null : position;
				const length = readSync(file, target, 0, target.length, place);
				position += length;
				if (length === 0) close();
				return length;
			} catch (cause) {
				throw unreadable(path, cause);
			}
		},
		...(size === undefined
			? {}
			: {
					async skip(most) {
						const passed = Math.max(0, Math.min(most, size - position));
						position += passed;
						return passed;
					},
				}),
	};
}

function statsOf(path: string, descriptor?: number): { size: number; isFile: boolean } {
	try {
		const stats = descriptor === undefined ? statSync(path) : fstatSync(descriptor);
		if (stats.isDirectory()) {
			throw new UserError("is a folder, not a file", {
				where: { file: path },
				hint: "name the survey file in it",
			});
		}
		return { size: stats.size, isFile: stats.isFile() };
	} catch (cause) {
		throw cause instanceof UserError ? cause : unreadable(path, cause);
	}
}

/** A file's bytes in any order. */
export function openRandom(path: string, descriptor?: number): RandomAccess {
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
