import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package.js";

/** Path of a file that ships with the tool, below `data/`: codebooks, locales, fonts, samples. */
export function assetPath(name: string): string {
	return join(packageFolder, "data", name);
}

/** Text of a shipped file. A missing one is a broken installation, so it throws as a bug would. */
export function readAsset(name: string): string {
	return readFileSync(assetPath(name), "utf8");
}

/** Bytes of a shipped file. */
export function readAssetBytes(name: string): Uint8Array {
	return readFileSync(assetPath(name));
}

/** Names of the shipped files in a folder below `data/`, in alphabetical order. */
export function listAssets(folder: string): string[] {
	return readdirSync(assetPath(folder)).sort();
}

/** Names of the shipped YAML files in a folder below `data/`, without their ending. */
export function listYaml(folder: string): string[] {
	return listAssets(folder).flatMap((file) =>
		file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : [],
	);
}

/** Path of a file that `npm run build` makes. */
export function builtPath(name: string): string {
	return join(packageFolder, "dist", name);
}

/** Text of a file that `npm run build` makes; null where it has not run. */
export function readBuiltText(name: string): string | null {
	const path = builtPath(name);
	return existsSync(path) ? readFileSync(path, "utf8") : null;
}
