import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { UserError, unwritableError } from "../base/errors.js";
import { realPath } from "../platform/links.js";
import { makeFolders } from "../platform/make-folders.js";
import { checkWritableFolder } from "../platform/outputs.js";
import { whileWriting } from "../platform/unfinished.js";
import { type Files, hashOf, MANIFEST, readManifest } from "./manifest.js";

/** Of a folder's name, to which a mark is added while it is written. */
const MOST_BYTES = 200;

/** Files that file managers leave behind, safe to delete. */
const LITTER = [".DS_Store", "Thumbs.db", "desktop.ini"];

/**
 * Checks before the work begins whether a report can replace a folder, and repairs what a killed run left. @throws
 * UserError where the folder holds anything but an unchanged earlier report.
 */
export function checkFolder(named: string): void {
	checkWritableFolder(named, { replaced: true });
	const folder = realPath(named);
	const { aside, old } = placesOf(folder);
	try {
		if (!existsSync(folder) && existsSync(old)) renameSync(old, folder);
		for (const left of [aside, old]) rmSync(left, { recursive: true, force: true });
		if (!existsSync(folder)) return;
		rejectOthers(folder, named);
	} catch (cause) {
		throw cause instanceof UserError ? cause : unwritable(named, cause);
	}
}

/**
 * @throws UserError where something that this tool did not make would be lost.
 */
function rejectOthers(folder: string, named: string): void {
	const found = filesIn(folder);
	if (found.length === 0) return;
	const manifest = found.includes(MANIFEST)
		? readManifest(readFileSync(join(folder, MANIFEST), "utf8"))
		: null;
	if (manifest === null) throw kept(named, `holds files that are no report, such as ${found[0]}`);
	const hashes = new Map(manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
	for (const file of found) {
		if (file === MANIFEST) continue;
		const hash = hashes.get(file);
		if (hash === undefined) throw kept(named, `holds ${file}, which is not part of the report there`);
		if (hash !== hashOf(readFileSync(join(folder, file)))) {
			throw kept(named, `holds ${file}, which was changed after the report had been built`);
		}
	}
}

function kept(folder: string, what: string): UserError {
	return new UserError(what, {
		where: { file: folder },
		hint: "a report takes the place of the whole folder: name another, or move that away",
	});
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory() && !LITTER.includes(entry.name))
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
		.sort();
}

/**
 * Writes a folder whole or not at all: aside first, then in the place of the old one.
 * @throws UserError where it cannot be written; the old folder is untouched then.
 */
export function writeFolder(named: string, files: Files): void {
	// A link to the folder stays; its target is replaced.
	const folder = realPath(named);
	const { aside, old } = placesOf(folder);
	const done = whileWriting(aside);
	try {
		makeFolders(aside);
		for (const [path, content] of files) {
			makeFolders(dirname(join(aside, path)));
			writeFileSync(join(aside, path), content);
		}
		if (existsSync(folder)) renameSync(folder, old);
		renameSync(aside, folder);
	} catch (cause) {
		if (!existsSync(folder) && existsSync(old)) renameSync(old, folder);
		rmSync(aside, { recursive: true, force: true });
		throw unwritable(named, cause);
	} finally {
		done();
	}
	rmSync(old, { recursive: true, force: true });
}

/** Beside the folder, so that renaming never crosses file systems. */
function placesOf(folder: string): { aside: string; old: string } {
	const name = basename(folder);
	// Systems allow 255 bytes, and the next run has to find the same name.
	const short = Buffer.byteLength(name) > MOST_BYTES ? hashOf(name).slice(0, 32) : name;
	const place = (what: string) => join(dirname(folder), `.${short}.talis-pd-${what}`);
	return { aside: place("new"), old: place("old") };
}

function unwritable(folder: string, cause: unknown): UserError {
	return unwritableError(folder, "an earlier report there is as it was", cause);
}
