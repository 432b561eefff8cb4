// A folder that is in use is replaced file by file: a file is the old one or the new one, and at no time is there none.
// Two renames of the folder itself would leave a moment without it.
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Paths of all files in a folder and the folders in it. */
function filesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/**
 * Moves the files of one folder into another on the same disk, and removes what else is there.
 * @param last Paths that are moved after all others, in this order.
 */
export function replaceFolder(folder, from, last = []) {
	mkdirSync(folder, { recursive: true });
	const files = filesIn(from);
	const made = new Set(files);
	for (const file of [
		...files.filter((one) => !last.includes(one)),
		...last.filter((one) => made.has(one)),
	]) {
		mkdirSync(join(folder, dirname(file)), { recursive: true });
		renameSync(join(from, file), join(folder, file));
	}
	for (const file of filesIn(folder)) if (!made.has(file)) rmSync(join(folder, file));
	removeEmpty(folder);
}

function removeEmpty(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (!entry.isDirectory()) continue;
		const inner = join(folder, entry.name);
		removeEmpty(inner);
		if (readdirSync(inner).length === 0) rmSync(inner, { recursive: true });
	}
}

/** Removes a folder when the process ends, whether it is done, has failed or is told to stop. */
export function removeAtEnd(folder) {
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
}
