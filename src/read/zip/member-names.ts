import { bytesOf, isThere } from "../../platform/small-files.js";

export const ARCHIVE = /\.zip$/i;

/** A file in an archive as it is named: `data/x.zip/folder/teachers.csv`. */
export interface MemberName {
	archive: string;
	/** Its name within the archive; with an archive's in it, the name of a file in that. */
	path: string;
}

export function isArchiveName(path: string): boolean {
	return ARCHIVE.test(path) && bytesOf(path) > 0;
}

/** Splits the name, or the pattern, of a file in an archive; undefined where it is of no archive. */
export function splitMember(name: string): MemberName | undefined {
	if (isThere(name)) return undefined;
	const [, archive = "", path = ""] = /^(.*?\.zip)[\\/](.+)$/is.exec(name) ?? [];
	if (path === "" || (isThere(archive) && bytesOf(archive) === 0)) return undefined;
	return { archive, path: path.replaceAll("\\", "/") };
}
