import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Path of a file that ships with the tool, below `data/`: codebooks, locales, fonts, samples. */
export function assetPath(name: string): string {
	return fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
}

/** Text of a shipped file. A missing one is a broken installation, so it throws as a bug would. */
export function readAsset(name: string): string {
	return readFileSync(assetPath(name), "utf8");
}
