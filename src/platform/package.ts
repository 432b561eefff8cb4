import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's folder. Bundling moves this code, so its depth below the folder varies. */
export const packageFolder = folderAbove(import.meta.dirname);

function folderAbove(folder: string): string {
	return existsSync(join(folder, "package.json")) ? folder : folderAbove(dirname(folder));
}

/** The tool's version. */
export function packageVersion(): string {
	return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).version;
}

/** Name and version of the tool in results. */
export const TOOL = { name: "talis-pd", version: packageVersion() } as const;
