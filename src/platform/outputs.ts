import {
	accessSync,
	chmodSync,
	chownSync,
	constants,
	lstatSync,
	renameSync,
	rmSync,
	type Stats,
	statfsSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UserError, unwritableError } from "../base/errors.js";
import { realPath } from "./links.js";
import { makeFolders } from "./make-folders.js";
import { isLossy } from "./small-files.js";
import { whileWriting } from "./unfinished.js";

const WRITE_BITS = 0o222;

/**
 * Checks before the work begins that files can be written and that none of them is also an input.
 * @param outputs Files to write; each name once.
 * @param inputs Everything that is read, whatever it is for. `-` and what is not there count as nothing.
 * @throws UserError where a file may not be written, is read, or is named twice; nothing has been touched then.
 */
export function checkOutputs(outputs: readonly string[], inputs: readonly string[] = []): void {
	const read = new Map(inputs.flatMap((input) => identity(input).map((id) => [id, input] as const)));
	const places = new Map<string, string>();
	for (const file of outputs) {
		checkOutput(file);
		const input = identity(file).map((id) => read.get(id))[0];
		if (input !== undefined) throw isInput(file, input);
		const place = realPath(file);
		if (places.has(place)) {
			throw new UserError(`is the same file as ${places.get(place)}, and both are to be written`, {
				where: { file },
				hint: "name two files",
			});
		}
		places.set(place, file);
	}
}

/**
 * The same for a folder that will be replaced as a whole.
 * @throws UserError where anything that is read lies in it.
 */
export function checkOutputFolder(folder: string, inputs: readonly string[]): void {
	const real = realPath(folder);
	for (const input of inputs) {
		if (identity(input).length > 0 && realPath(input).startsWith(real + sep)) {
			throw new UserError(`holds ${relative(real, realPath(input))}, which is read`, {
				where: { file: folder },
				hint: "the folder is replaced as a whole: copy that file elsewhere first, or name another folder",
			});
		}
	}
}

/** Device and inode number of a file after links are resolved; empty if there is no file. */
function identity(file: string): string[] {
	try {
		const { dev, ino } = statSync(file, { bigint: true });
		return file === "-" ? [] : [`${dev} ${ino}`];
	} catch {
		return [];
	}
}

function isInput(file: string, input: string): UserError {
	const how =
		resolve(file) === resolve(input) ? "is an input" : `is the same file as ${input}, which is an input`;
	return new UserError(`${how}; writing it would destroy the data`, {
		where: { file },
		hint: "name another file",
	});
}

function checkOutput(file: string): void {
	const found = lookUp(file);
	if (found === undefined && isLossy(file)) {
		throw new UserError("has a name that is not UTF-8, and would be written under another one", {
			where: { file },
			hint: "name the file in UTF-8",
		});
	}
	if (found === null) {
		throw new UserError("is a link to a file that is not there", {
			where: { file },
			hint: "name the file itself, or remove the link",
		});
	}
	if (found?.isDirectory()) {
		throw new UserError("is a folder, so it cannot be written as a file", { where: { file } });
	}
	if (found?.isFile() && (found.mode & WRITE_BITS) === 0) {
		throw new UserError("cannot be written: it is read-only", {
			where: { file },
			hint: "name another file, or allow writing to it first",
		});
	}
	const folder = dirname(resolve(file));
	if (statSync(folder, { throwIfNoEntry: false }) === undefined) {
		throw new UserError(`cannot be written: the folder ${dirname(file)} does not exist`, {
			where: { file },
			hint: "make the folder first",
		});
	}
	if (found !== undefined) checkAllowed(file, file);
	// Writing to a link writes to its target.
	if (!isDevice(found)) checkPlace(file, dirname(realPath(file)));
}

/**
 * Checks before the work begins that a folder can be created, or that files can be written into it.
 * @param replaced It is replaced as a whole, so that something else takes its name.
 * @throws UserError where it cannot be; nothing has been touched then.
 */
export function checkWritableFolder(folder: string, { replaced = false } = {}): void {
	const found = lookUp(folder);
	if (found === null) {
		throw new UserError("is a link to a folder that is not there", {
			where: { file: folder },
			hint: "name the folder itself, or remove the link",
		});
	}
	if (found?.isDirectory() === false) {
		throw new UserError("is not a folder, so nothing can be written into it", {
			where: { file: folder },
			hint: "name a folder",
		});
	}
	const real = realPath(folder);
	checkPlace(folder, replaced ? dirname(real) : real);
}

/**
 * Whether files can be created in a folder, or in its nearest existing parent. Whether there is enough space for all of
 * them shows only when they are written.
 */
function checkPlace(named: string, folder: string): void {
	if (lookUp(folder) === undefined && dirname(folder) !== folder) {
		checkPlace(named, dirname(folder));
		return;
	}
	checkAllowed(named, folder);
	if (isFull(folder)) throw unwritable(named, { code: "ENOSPC" });
}

function checkAllowed(named: string, path: string): void {
	try {
		accessSync(path, constants.W_OK);
	} catch (cause) {
		throw unwritable(named, cause);
	}
}

/** Whether the folder's disk has no free byte or no free inode. File systems that do not count report 0 of 0. */
function isFull(folder: string): boolean {
	const { blocks, bfree, bavail, files, ffree } = statfsSync(folder);
	// Some file systems reserve their last blocks for the superuser.
	const free = process.getuid?.() === 0 ? bfree : bavail;
	return (blocks > 0 && free <= 0) || (files > 0 && ffree <= 0);
}

/** Status of a path: undefined if nothing exists there, null for a broken link. */
function lookUp(file: string): Stats | undefined | null {
	try {
		const found = statSync(file, { throwIfNoEntry: false });
		return found ?? (lstatSync(file, { throwIfNoEntry: false }) === undefined ? undefined : null);
	} catch (cause) {
		throw unwritable(file, cause);
	}
}

/**
 * Writes a file completely or not at all: to a temporary file, which then replaces the old one and keeps its mode and
 * owner.
 * @throws UserError where it cannot be written; the old file is untouched then.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
	writeTogether([[file, content]]);
}

/**
 * Writes several files; replaces none of them before all are on the disk.
 * @throws UserError where one cannot be written; all old files are untouched then.
 */
export function writeTogether(
	contents: Iterable<readonly [file: string, content: string | Uint8Array]>,
): void {
	const written: Place[] = [];
	try {
		for (const [file, content] of contents) {
			const place = openPlace(file);
			written.push(place);
			try {
				writeFileSync(place.aside, content);
			} catch (cause) {
				throw unwritable(file, cause);
			}
		}
		for (const place of written) place.prepare();
		for (const place of written) place.finish();
	} finally {
		for (const place of written) place.abandon();
	}
}

/**
 * Streams pieces into a file, which appears completely or not at all.
 * @throws UserError where it cannot be written, and whatever the making of a piece throws.
 */
export async function writePieces(
	file: string,
	pieces: AsyncIterable<string | Uint8Array> | Iterable<string>,
): Promise<void> {
	// Making the first piece may take long; until then there is no temporary file to remove if a signal arrives.
	const iterator =
		Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
	const first = await iterator.next();
	const place = openPlace(file);
	try {
		const handle = await open(place.aside, "w");
		try {
			if (first.done !== true) await handle.writeFile(first.value);
			for await (const piece of { [Symbol.asyncIterator]: () => iterator as AsyncIterator<string> }) {
				await handle.writeFile(piece);
			}
		} finally {
			await handle.close();
		}
		place.prepare();
		place.finish();
	} catch (cause) {
		if (cause instanceof UserError || !("syscall" in (cause as object))) throw cause;
		throw unwritable(file, cause);
	} finally {
		place.abandon();
	}
}

/** Makes a folder and those above it. */
export function makeFolder(folder: string): void {
	try {
		makeFolders(folder);
	} catch (cause) {
		throw unwritable(folder, cause);
	}
}

/** A temporary file, and the steps that put it in its place or remove it. */
interface Place {
	aside: string;
	/** Does everything that can still fail, except the final step. */
	prepare(): void;
	finish(): void;
	/** Has no effect after the file has taken its place. */
	abandon(): void;
}

let asides = 0;

function openPlace(file: string): Place {
	const found = statSync(file, { throwIfNoEntry: false });
	// Devices and pipes are written to directly: renaming a file over them would destroy them.
	if (isDevice(found)) return { aside: file, prepare: () => {}, finish: () => {}, abandon: () => {} };
	const real = realPath(file);
	// The temporary name is independent of the file's own, which could make it longer than the system allows.
	const aside = join(dirname(real), `.talis-pd-${process.pid}-${asides++}.part`);
	const done = whileWriting(aside);
	return {
		aside,
		prepare() {
			try {
				if (found !== undefined) keepRights(aside, found);
			} catch (cause) {
				throw unwritable(file, cause);
			}
		},
		finish() {
			try {
				renameSync(aside, real);
			} catch (cause) {
				throw unwritable(file, cause);
			}
		},
		abandon() {
			rmSync(aside, { force: true });
			done();
		},
	};
}

/** Gives the new file the permissions and owner of the old one. */
function keepRights(aside: string, { mode, uid, gid }: Stats): void {
	const now = statSync(aside);
	if (now.uid !== uid || now.gid !== gid) {
		try {
			chownSync(aside, uid, gid);
		} catch {
			// Only the superuser can change the owner. Otherwise the file belongs to the writer, as with any editor.
		}
	}
	chmodSync(aside, mode & 0o7777);
}

/** Whether a path is neither a file nor a folder, such as /dev/stdout or a named pipe. */
function isDevice(found: Stats | undefined): boolean {
	return found !== undefined && !found.isFile() && !found.isDirectory();
}

function unwritable(file: string, cause: unknown): UserError {
	return unwritableError(file, "name a file in another folder", cause);
}
