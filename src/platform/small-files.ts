import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UserError } from "../base/errors.js";
import { assetPath } from "./assets.js";

/** Text of a small file the user names: a codebook, a calibration, a saved result. */
export function readText(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (cause) {
		throw unreadable(path, cause);
	}
}

/** What keeps a file from being read, as an error. */
export function unreadable(path: string, cause: unknown): UserError {
	const code = (cause as NodeJS.ErrnoException).code;
	if (code === "ENOENT") {
		return new UserError("there is no such file", {
			code: "file",
			where: { file: path },
			hint: isLossy(path)
				? "its name is not UTF-8, and Node cannot open it by that: rename it, or read it from standard input, as - < FILE"
				: hintOf(path),
			cause,
		});
	}
	const reason = code === "EACCES" ? "you are not allowed to read it" : String((cause as Error).message);
	return new UserError(`cannot be read: ${reason}`, { code: "file", where: { file: path }, cause });
}

/** Commands in the documents name samples as a clone of the project has them. */
function hintOf(path: string): string {
	const sample = assetPath(join("samples", basename(path)));
	return existsSync(sample) ? `the sample that ships is ${sample}` : "check the path";
}

/** Whether a name has lost bytes on its way here: Node takes those that are no UTF-8 for this letter. */
export function isLossy(path: string): boolean {
	return path.includes("\ufffd");
}

/** Whether there is a file or folder of this name. */
export function isThere(path: string): boolean {
	return existsSync(path);
}

/** Size of a file; 0 where there is none, and what is wrong with it is told when it is opened. */
export function bytesOf(path: string): number {
	try {
		const stats = statSync(path);
		return stats.isFile() ? stats.size : 0;
	} catch {
		return 0;
	}
}
