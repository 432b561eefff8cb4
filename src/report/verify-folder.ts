import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { UserError } from "../base/errors.js";
import type { ResultDifference } from "../results/differences.js";
import { hashOf, MANIFEST, readManifest } from "./manifest.js";

/**
 * Checks a report's folder against its manifest: files that differ, are missing, or are not listed.
 * @param folder That `report` wrote.
 * @throws UserError where it has no manifest.
 */
export function verifyFolder(folder: string): ResultDifference[] {
	const path = join(folder, MANIFEST);
	const manifest = existsSync(path) ? readManifest(readFileSync(path, "utf8")) : null;
	if (manifest === null) {
		throw new UserError("holds no manifest of a report", {
			where: { file: folder },
			hint: "name a folder that report wrote, or a file of results",
		});
	}
	const said = new Map(manifest.outputs.map(({ path: name, sha256 }) => [name, sha256]));
	const there = filesIn(folder).filter((name) => name !== MANIFEST);
	return [...new Set([...said.keys(), ...there])].sort().flatMap((name): ResultDifference[] => {
		const first = said.get(name) ?? null;
		const second = there.includes(name) ? hashOf(readFileSync(join(folder, name))) : null;
		if (first === second) return [];
		const field = first === null || second === null ? null : "SHA-256";
		return [{ what: "file", where: name, field, first, second, apart: null }];
	});
}

/** Whether a path is a folder. */
export function isFolder(path: string): boolean {
	return existsSync(path) && statSync(path).isDirectory();
}

/** Paths below a folder, with slashes on every system. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
