import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates a folder and its parents one by one. Node's `recursive` option loops for ever where the system allows no
 * folders, such as below /proc.
 */
export function makeFolders(folder: string): void {
	const found = statSync(folder, { throwIfNoEntry: false });
	if (found?.isDirectory()) return;
	if (found === undefined) makeFolders(dirname(folder));
	mkdirSync(folder);
}
