import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";

const MOST_LINKS = 40;

/** Target of a path after all links, even if the target does not exist. A cycle of links is returned unchanged. */
export function realPath(name: string): string {
	let path = resolve(name);
	for (let links = 0; links < MOST_LINKS; links++) {
		if (!isLink(path)) return join(realFolder(dirname(path)), basename(path));
		path = resolve(dirname(path), readlinkSync(path));
	}
	return path;
}

/** Whether a file lies in a folder or below it, after links are resolved. */
export function liesWithin(folder: string, file: string): boolean {
	const [real, place] = [realPath(folder), realPath(file)];
	return place === real || place.startsWith(real.endsWith(sep) ? real : real + sep);
}

/** False if the path cannot be looked up: opening the file reports the reason. */
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
