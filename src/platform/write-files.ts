import {
	accessSync,
	constants,
	existsSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError, unwritableError } from "../base/errors.js";
import { makeFolders } from "./make-folders.js";

/**
 * Finds out before the work begins whether a file can be written.
 * @throws UserError where the folder is absent or closed, or the file is one of the inputs.
 */
export function checkWritable(file: string, inputs: readonly string[] = []): void {
	const folder = dirname(resolve(file));
	if (inputs.some((input) => input !== "-" && resolve(input) === resolve(file))) {
		throw new UserError("is an input; writing it would destroy the data", {
			where: { file },
			hint: "name another file",
		});
	}
	if (!existsSync(folder)) {
		throw new UserError(`cannot be written: the folder ${dirname(file)} does not exist`, {
			where: { file },
			hint: "make the folder first",
		});
	}
	if (existsSync(file) && statSync(file).isDirectory()) {
		throw new UserError("is a folder, so it cannot be written as a file", { where: { file } });
	}
	try {
		accessSync(isDevice(file) ? file : folder, constants.W_OK);
	} catch (cause) {
		throw new UserError("cannot be written: you are not allowed to write there", { where: { file }, cause });
	}
}

/**
 * Writes a file whole or not at all: aside first, then renamed over the old one.
 * @throws UserError where it cannot be written; the old file is untouched then.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
	const { aside, finish, abandon } = openPlace(file);
	try {
		writeFileSync(aside, content);
		finish();
	} catch (cause) {
		abandon();
		throw unwritable(file, cause);
	}
}

/**
 * Writes a file piece by piece as the pieces are made, whole or not at all.
 * @throws UserError where it cannot be written, and whatever the making of a piece throws.
 */
export async function writePieces(
	file: string,
	pieces: AsyncIterable<string | Uint8Array> | Iterable<string>,
): Promise<void> {
	const { aside, finish, abandon } = openPlace(file);
	try {
		const handle = await open(aside, "w");
		try {
			for await (const piece of pieces) await handle.writeFile(piece);
		} finally {
			await handle.close();
		}
		finish();
	} catch (cause) {
		abandon();
		if (cause instanceof UserError || !("syscall" in (cause as object))) throw cause;
		throw unwritable(file, cause);
	}
}

/** A file that is written first, and how it takes the real one's place or goes again. */
interface Place {
	aside: string;
	finish(): void;
	abandon(): void;
}

function openPlace(file: string): Place {
	// Nothing can take the place of a device or a pipe: it is written to, and a file renamed over it would destroy it.
	if (isDevice(file)) return { aside: file, finish: () => {}, abandon: () => {} };
	// A link stays a link.
	const real = existsSync(file) ? realpathSync(file) : file;
	const aside = join(dirname(real), `.${basename(real)}.${process.pid}.part`);
	return {
		aside,
		finish: () => renameSync(aside, real),
		abandon: () => rmSync(aside, { force: true }),
	};
}

/** Whether a name is that of something else than a file or folder, such as /dev/stdout or a named pipe. */
function isDevice(file: string): boolean {
	const found = statSync(file, { throwIfNoEntry: false });
	return found !== undefined && !found.isFile() && !found.isDirectory();
}

function unwritable(file: string, cause: unknown): UserError {
	return unwritableError(file, "name a file in another folder", cause);
}

/** Makes a folder and those above it. */
export function makeFolder(folder: string): void {
	try {
		makeFolders(folder);
	} catch (cause) {
		throw unwritable(folder, cause);
	}
}
