import { resolve } from "node:path";
import { UserError } from "../base/errors.js";
import { isThere } from "../platform/small-files.js";
import { isAddress } from "./database/address.js";
import { dataOf, isMemory, type SurveyData, type SurveyInput } from "./memory/data.js";
import { isArchiveName, splitMember } from "./zip/member-names.js";

/** A pattern such as `/**` looks through the whole disk. */
const MOST_SECONDS = 10;

/** Folders of the kernel: they hold no data, and their links lead round the disk without end. */
const KERNEL = ["/proc/**", "/sys/**", "/dev/**"];

/** Cache of results: a run searches for its files once. */
const found = new WeakSet<readonly string[]>();

/**
 * Files by name or pattern, for shells that leave patterns as they are: `data/BTG*T3.csv`, `{BTG,BCG}KAZT3.sav`. A
 * pattern's files follow in the order of their names, those named before left out. An archive stands for the survey files
 * in it, `x.zip/*.csv` for those that match. `-` stays, and so does a name
 * that some file has, whatever characters are in it.
 * @throws UserError where no file matches a pattern, or a file is named twice.
 */
export async function findFiles(names: readonly string[]): Promise<string[]> {
	if (found.has(names)) return names as string[];
	checkNames(names);
	const byPath = new Map<string, string>();
	for (const name of names) {
		const matching = isAddress(name) ? undefined : await matches(name);
		for (const file of matching ?? [name]) {
			const path = file === "-" || isAddress(file) ? file : resolve(file);
			if (!byPath.has(path)) byPath.set(path, file);
			else if (matching === undefined) {
				throw new UserError("is named twice", {
					where: { file },
					hint: "name each file once, or its teachers count twice",
				});
			}
		}
	}
	const files = [...byPath.values()];
	found.add(files);
	return files;
}

/**
 * Each file and table of an input, with patterns as the files that match them.
 * @throws UserError as `findFiles` does.
 */
export async function findData(input: SurveyInput): Promise<readonly SurveyData[]> {
	const data = dataOf(input);
	if (data === null || !data.some(isMemory)) return findFiles((data ?? input) as readonly string[]);
	const files = await findFiles(data.filter((one) => !isMemory(one)) as readonly string[]);
	return [...files, ...data.filter(isMemory)];
}

/** Characters that are said of something that is not a list of files. */
const MOST_TOLD = 80;

/**
 * @throws UserError for anything that is not a list of names, which nothing but the types keeps a caller from giving.
 */
function checkNames(names: unknown): void {
	if (Array.isArray(names) && names.every((name) => typeof name === "string")) return;
	// Only enough to recognise it: it may hold somebody's whole data set.
	const told = String(JSON.stringify(names)).slice(0, MOST_TOLD);
	throw new UserError(`files are a list of names, and ${told} is none`, {
		code: "option",
		hint: `write ${JSON.stringify(typeof names === "string" ? [names] : ["teachers.csv"])}`,
	});
}

/** Files that match a pattern, or that an archive holds; undefined where the name is of one file. */
async function matches(name: string): Promise<string[] | undefined> {
	if (isArchiveName(name)) return inArchive(name);
	const member = splitMember(name);
	const onDisk = await matchesOnDisk(member?.archive ?? name);
	if (member === undefined)
		return onDisk && inAll(onDisk, (file) => (isArchiveName(file) ? inArchive(file) : [file]));
	if (onDisk !== undefined) return inAll(onDisk, (archive) => inArchive(archive, member.path));
	return isPattern(member.path) ? inArchive(member.archive, member.path) : undefined;
}

async function inAll(
	files: readonly string[],
	found: (file: string) => string[] | Promise<string[]>,
): Promise<string[]> {
	return (await Promise.all(files.map(found))).flat();
}

/**
 * Survey files in an archive, by the name under which they are opened.
 * @param pattern Those that match it, in any folder where it names none; else all survey files.
 */
async function inArchive(archive: string, pattern?: string): Promise<string[]> {
	const { dataAmong, memberPaths, noMember } = await import("./zip/members.js");
	const paths = await memberPaths(archive);
	const found = pattern === undefined ? dataAmong(paths) : await matching(paths, pattern);
	if (found.length === 0) throw noMember(archive, paths, pattern);
	return found.sort().map((path) => `${archive}/${path}`);
}

async function matching(paths: readonly string[], pattern: string): Promise<string[]> {
	if (paths.includes(pattern)) return [pattern];
	const { default: picomatch } = await import("picomatch");
	const isMatch = picomatch(pattern, { basename: !pattern.includes("/") });
	return paths.filter((path) => isMatch(path));
}

function isPattern(name: string): boolean {
	return /[*?[{(]/.test(name);
}

async function matchesOnDisk(name: string): Promise<string[] | undefined> {
	if (!isPattern(name) || isThere(name)) return undefined;
	const { glob, isDynamicPattern } = await import("tinyglobby");
	const windows = process.platform === "win32";
	const pattern = windows ? name.replaceAll("\\", "/") : name;
	if (!isDynamicPattern(pattern)) return undefined;
	const signal = AbortSignal.timeout(1000 * MOST_SECONDS);
	const files = await glob([pattern], {
		expandDirectories: false,
		caseSensitiveMatch: !windows,
		ignore: KERNEL,
		signal,
	});
	if (signal.aborted) {
		throw new UserError(`looking for "${name}" takes more than ${MOST_SECONDS} seconds`, {
			hint: "name the folder more closely, or the files themselves",
		});
	}
	if (files.length > 0) return files.sort();
	throw new UserError(`no file matches "${name}"`, {
		hint: windows
			? "check the folder and the spelling"
			: "check the folder and the spelling; upper and lower case differ",
	});
}
