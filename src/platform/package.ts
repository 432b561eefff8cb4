import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's folder. The code is bundled, so this file may stand at different depths of it. */
export const packageFolder = folderAbove(import.meta.dirname);

function folderAbove(folder: string): string {
	return existsSync(join(folder, "package.json")) ? folder : folderAbove(dirname(folder));
}

/** The tool's version. */
export function packageVersion(): string {
	return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).version;
}

/** The tool as results name it. */
export const TOOL = { name: "talis-pd", version: packageVersion() } as const;
