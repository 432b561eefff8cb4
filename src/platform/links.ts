import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";

const MOST_LINKS = 40;

/**
 * Where a name leads to, after all links, also where nothing is there yet or any more. A ring of links stays as it is.
 */
export function realPath(name: string): string {
	let path = resolve(name);
	for (let links = 0; links < MOST_LINKS; links++) {
		if (!isLink(path)) return join(realFolder(dirname(path)), basename(path));
		path = resolve(dirname(path), readlinkSync(path));
	}
	return path;
}

/** Whether a file lies in a folder, or below it, after all links. */
export function liesWithin(folder: string, file: string): boolean {
	const [real, place] = [realPath(folder), realPath(file)];
	return place === real || place.startsWith(real.endsWith(sep) ? real : real + sep);
}

/** Not where the system does not let the name be looked up: what is wrong with it is told when it is opened. */
function isLink(path: string): boolean {
	try {
		return lstatSync(path).isSymbolicLink();
	} catch {
		return false;
	}
}

function realFolder(folder: string): string {
	try {
		return realpathSync(folder);
	} catch {
		return folder;
	}
}
