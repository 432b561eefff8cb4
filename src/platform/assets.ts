import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package.js";

/** Path of a shipped file below `data/`: codebooks, locales, fonts, samples. */
export function assetPath(name: string): string {
	return join(packageFolder, "data", name);
}

/** Text of a shipped file. If it is missing, the installation is broken, so this throws like any bug. */
export function readAsset(name: string): string {
	return readFileSync(assetPath(name), "utf8");
}

/** Names of the shipped files in a folder below `data/`, in alphabetical order. */
export function listAssets(folder: string): string[] {
	return readdirSync(assetPath(folder)).sort();
}

/** Names of the shipped YAML files in a folder below `data/`, without extension. */
export function listYaml(folder: string): string[] {
	return listAssets(folder).flatMap((file) =>
		file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : [],
	);
}

/** Path of a file built by `npm run build`. */
export function builtPath(name: string): string {
	return join(packageFolder, "dist", name);
}

/** Text of a file built by `npm run build`; null before the first build. */
export function readBuiltText(name: string): string | null {
	const path = builtPath(name);
	return existsSync(path) ? readFileSync(path, "utf8") : null;
}
