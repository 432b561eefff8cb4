import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Whether what a build of this Node writes last is there and newer than all that it is made of. */
export function isFresh(folder, last, inputs) {
	const built = last.map((name) => join(folder, name));
	if (!built.every((path) => existsSync(path))) return false;
	if (!readdirSync(folder).some((name) => name.startsWith(`bundle-${process.version}-`))) return false;
	const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs));
	return inputs.every((path) => newestOf(path) < oldest);
}

/** When a file, or anything in a folder, was changed last; a folder changes where files come or go. */
function newestOf(path) {
	const state = statSync(path);
	if (!state.isDirectory()) return state.mtimeMs;
	return Math.max(state.mtimeMs, ...readdirSync(path).map((name) => newestOf(join(path, name))));
}
