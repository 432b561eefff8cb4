import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, one by one: Node's own `recursive` never ends where the system takes no folders,
 * such as below /proc.
 */
export function makeFolders(folder: string): void {
	const found = statSync(folder, { throwIfNoEntry: false });
	if (found?.isDirectory()) return;
	if (found === undefined) makeFolders(dirname(folder));
	mkdirSync(folder);
}
