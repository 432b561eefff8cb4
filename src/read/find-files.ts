import { resolve } from "node:path";
import { UserError } from "../base/errors.js";
import { isThere } from "../platform/small-files.js";

/**
 * Files by name or pattern, for shells that leave patterns as they are: `data/BTG*T3.csv`, `{BTG,BCG}KAZT3.sav`. A
 * pattern's files follow in the order of their names, those named before left out. `-` stays, and so does a name
 * that some file has, whatever characters are in it.
 * @throws UserError where no file matches a pattern, or a file is named twice.
 */
export async function findFiles(names: readonly string[]): Promise<string[]> {
	const found = new Map<string, string>();
	for (const name of names) {
		const matching = await matches(name);
		for (const file of matching ?? [name]) {
			const path = file === "-" ? file : resolve(file);
			if (!found.has(path)) found.set(path, file);
			else if (matching === undefined) {
				throw new UserError("is named twice", {
					where: { file },
					hint: "name each file once, or its teachers count twice",
				});
			}
		}
	}
	return [...found.values()];
}

/** Files that match a pattern; undefined where the name is none. */
async function matches(name: string): Promise<string[] | undefined> {
	if (!/[*?[{(]/.test(name) || isThere(name)) return undefined;
	const { glob, isDynamicPattern } = await import("tinyglobby");
	const windows = process.platform === "win32";
	const pattern = windows ? name.replaceAll("\\", "/") : name;
	if (!isDynamicPattern(pattern)) return undefined;
	const files = await glob([pattern], { expandDirectories: false, caseSensitiveMatch: !windows });
	if (files.length > 0) return files.sort();
	throw new UserError(`no file matches "${name}"`, {
		hint: windows
			? "check the folder and the spelling"
			: "check the folder and the spelling; upper and lower case differ",
	});
}
