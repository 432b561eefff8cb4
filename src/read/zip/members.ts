import { basename } from "node:path";
import { UserError } from "../../base/errors.js";
import { chunksOf } from "../bytes.js";
import { inMemory, openRandom, type RandomAccess, type Stored } from "../stored.js";
import { type Archive, type ArchiveMember, openArchive } from "./archive.js";
import { ARCHIVE, type MemberName } from "./member-names.js";

/** An archive within an archive is unpacked in memory. */
const MOST_INNER_BYTES = 2 ** 30;
/** Names that are told of what an archive has. */
const MOST_NAMED = 8;

/** Endings of survey files; what else lies in archives are readme files and questionnaires. */
const DATA = /\.(?:csv|tsv|tab|sav|zsav|parquet|xlsx|dta|rds|rda|rdata)(?:\.(?:gz|bz2|xz))?$/i;
const TEXT = /\.(?:txt|dat)(?:\.(?:gz|bz2|xz))?$/i;
/** What file managers put beside files. */
const HIDDEN = /(?:^|\/)(?:__MACOSX\/|\.)/;

/** Survey files by their endings; texts without one of those only where there is nothing else. */
export function dataAmong(paths: readonly string[]): string[] {
	const data = paths.filter((path) => DATA.test(path));
	return data.length > 0 ? data : paths.filter((path) => TEXT.test(path));
}

/** Names of all files in an archive and in the archives in it, but for hidden ones. */
export async function memberPaths(archive: string): Promise<string[]> {
	const open = await openArchive(openRandom(archive), basename(archive));
	try {
		const paths: string[] = [];
		for (const member of visible(open)) {
			if (!ARCHIVE.test(member.path)) paths.push(member.path);
			else {
				const inner = await openInner(member);
				paths.push(...visible(inner).map(({ path }) => `${member.path}/${path}`));
			}
		}
		return paths;
	} finally {
		open.close();
	}
}

/**
 * Opens a file in an archive.
 * @param descriptor Of the archive, where it is held open.
 * @throws UserError where there is none of this name.
 */
export async function openMember({ archive, path }: MemberName, descriptor?: number): Promise<Stored> {
	const open = await openArchive(openRandom(archive, descriptor), basename(archive));
	try {
		return closing(await findMember(open, path, basename(archive)), open);
	} catch (error) {
		open.close();
		throw error;
	}
}

interface Inside {
	/** Names of all its files. */
	paths: string[];
	/**
	 * Its only survey file, or archive.
	 * @throws UserError where there is none, or several.
	 */
	only(): Stored;
	close(): void;
}

/** What an archive is, whatever its name: a file of a format that is one, or what holds a survey file. */
export async function lookInside(access: RandomAccess, file: string): Promise<Inside> {
	const open = await openArchive(access, file);
	const paths = open.members.map(({ path }) => path);
	return {
		paths,
		close: open.close,
		only() {
			const names = visible(open).map(({ path }) => path);
			const data = dataAmong(names);
			const [name, ...others] = data.length > 0 ? data : names.filter((path) => ARCHIVE.test(path));
			if (name === undefined) throw noData(file, paths);
			if (others.length > 0) {
				throw new UserError(`holds several survey files: ${listed([name, ...others])}`, {
					where: { file },
					hint: `name those to be read, as in ARCHIVE.zip/${name}`,
				});
			}
			return closing((open.members.find(({ path }) => path === name) as ArchiveMember).stored(), open);
		},
	};
}

async function findMember(open: Archive, path: string, archive: string): Promise<Stored> {
	const member = open.members.find((one) => one.path === path);
	if (member !== undefined) return member.stored();
	const outer = visible(open).find((one) => ARCHIVE.test(one.path) && path.startsWith(`${one.path}/`));
	if (outer !== undefined) {
		const inner = await openInner(outer);
		const found = inner.members.find((one) => `${outer.path}/${one.path}` === path);
		if (found !== undefined) return found.stored();
	}
	const names = dataAmong(visible(open).map((one) => one.path));
	throw new UserError(`has no file ${path}`, {
		where: { file: archive },
		hint: names.length === 0 ? "look into it" : `it has ${listed(names)}`,
	});
}

async function openInner(member: ArchiveMember): Promise<Archive> {
	if (member.size > MOST_INNER_BYTES) {
		throw new UserError("is an archive within an archive, and too large to be unpacked in memory", {
			where: { file: member.path },
			hint: "unpack the outer one first",
		});
	}
	const chunks: Buffer[] = [];
	for await (const chunk of chunksOf(member.stored().reader)) chunks.push(chunk);
	return openArchive(inMemory(Buffer.concat(chunks)), basename(member.path));
}

/** The file, with its archive let go of when it has been read. */
function closing(stored: Stored, archive: Archive): Stored {
	const { reader } = stored;
	let closed = false;
	const close = () => {
		reader.close();
		if (!closed) archive.close();
		closed = true;
	};
	return {
		...stored,
		reader: {
			async read(target) {
				const length = await reader.read(target);
				if (length === 0) close();
				return length;
			},
			close,
		},
	};
}

function visible({ members }: Archive): ArchiveMember[] {
	return members.filter(({ path }) => !HIDDEN.test(path));
}

/** What is said of an archive in which there is not what is looked for. */
export function noMember(archive: string, paths: readonly string[], pattern?: string): UserError {
	const file = basename(archive);
	if (pattern === undefined) return noData(file, paths);
	return new UserError(`has no file that matches ${pattern}`, {
		where: { file },
		hint: `it has ${listed(paths)}`,
	});
}

function noData(file: string, paths: readonly string[]): UserError {
	return new UserError(
		paths.length === 0 ? "is an empty archive" : `holds no survey file: ${listed(paths)}`,
		{
			where: { file },
			hint: "give an archive with CSV, SPSS, Stata, R, Parquet or Excel files",
		},
	);
}

function listed(names: readonly string[]): string {
	const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
	return `${names.slice(0, MOST_NAMED).join(", ")}${more}`;
}
