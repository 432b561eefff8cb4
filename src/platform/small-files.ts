import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UserError } from "../base/errors.js";
import { assetPath } from "./assets.js";

/** Text of a small file that the user names: a codebook, a calibration, a saved result. */
export function readText(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (cause) {
		throw unreadable(path, cause);
	}
}

/** The error for a file that cannot be read. */
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

/** Documentation names samples by their paths in a clone of the project. */
function hintOf(path: string): string {
	const sample = assetPath(join("samples", basename(path)));
	return existsSync(sample) ? `the sample that ships is ${sample}` : "check the path";
}

/** Whether a file name has lost bytes: Node decodes invalid UTF-8 as this character. */
export function isLossy(path: string): boolean {
	return path.includes("\ufffd");
}

/** Whether a file or folder exists. */
export function isThere(path: string): boolean {
	return existsSync(path);
}

/** Size of a file; 0 if it does not exist. Opening it reports what is wrong. */
export function bytesOf(path: string): number {
	try {
		const stats = statSync(path);
		return stats.isFile() ? stats.size : 0;
	} catch {
		return 0;
	}
}
