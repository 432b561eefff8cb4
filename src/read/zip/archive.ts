import { basename } from "node:path";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { UserError } from "../../base/errors.js";
import type { OpenReader } from "../bytes.js";
import { readerOf } from "../bytes.js";
import type { RandomAccess, Stored } from "../stored.js";
import { checkGrowth } from "../unpack/growth.js";

/** Files an archive may list; a list that fills the memory is not a survey's. */
const MOST_MEMBERS = 10_000;
const RANGE_BYTES = 1 << 18;
const [AS_IT_IS, DEFLATED] = [0, 8];

/** One file of an archive. */
export interface ArchiveMember {
	/** Its folders and name within the archive. */
	path: string;
	/** Unpacked, in bytes, as the archive says. */
	size: number;
	/**
	 * Its unpacked bytes.
	 * @throws UserError where it is encrypted, packed by an unsupported method, or would grow beyond the limit.
	 */
	stored(): Stored;
}

/** A zip archive that is open. */
export interface Archive {
	/** Its files in the order of its list. */
	members: readonly ArchiveMember[];
	close(): void;
}

/**
 * Opens a zip archive (also Zip64) and reads its list of files; their bytes are unpacked as they are read.
 * @param file The archive's name, for messages.
 * @throws UserError where it is cut off or damaged.
 */
export async function openArchive(access: RandomAccess, file: string): Promise<Archive> {
	const zip = await refusingDamage(file, () =>
		yauzl.fromRandomAccessReaderPromise(new Ranges(access), access.size, { autoClose: false }),
	);
	const members: ArchiveMember[] = [];
	let packed = 0;
	const iterator = zip.eachEntry();
	for (;;) {
		const { done, value: entry } = await refusingDamage(file, () => iterator.next());
		if (done) break;
		packed += entry.compressedSize;
		if (!entry.fileName.endsWith("/")) members.push(memberOf(zip, entry, file));
		if (members.length > MOST_MEMBERS || packed > access.size) {
			const what =
				packed > access.size ? "files that lie over each other" : `more than ${MOST_MEMBERS} files`;
			throw new UserError(`lists ${what}`, {
				where: { file },
				hint: "unpack it yourself, if you trust it, and give the survey file",
			});
		}
	}
	return { members, close: () => zip.close() };
}

function memberOf(zip: ZipFile, entry: Entry, archive: string): ArchiveMember {
	const path = entry.fileName;
	return {
		path,
		size: entry.uncompressedSize,
		stored() {
			checkReadable(entry, `${archive}/${path}`);
			const open = () => memberReader(zip, entry, `${archive}/${path}`);
			return {
				...{ name: basename(path), size: entry.uncompressedSize, reader: open(), random: null },
				again: open,
				settle() {},
			};
		},
	};
}

function checkReadable(entry: Entry, file: string): void {
	const refuse = (what: string, hint: string) => {
		throw new UserError(what, { where: { file }, hint });
	};
	const { compressionMethod: method, compressedSize: packed, uncompressedSize: size } = entry;
	if (entry.isEncrypted()) refuse("is encrypted in its archive", "unpack it with its password first");
	if (method !== AS_IT_IS && method !== DEFLATED) {
		refuse(`is packed by method ${method} of zip, which is not read`, "unpack it first, as with 7-Zip");
	}
	checkGrowth(file, packed, size);
}

/** The unpacked bytes of a file, checked against its length and checksum. */
function memberReader(zip: ZipFile, entry: Entry, file: string): OpenReader {
	let stream: Readable | undefined;
	async function* checked(): AsyncGenerator<Buffer> {
		stream = await zip.openReadStreamPromise(entry);
		let sum = 0;
		for await (const chunk of stream) {
			sum = crc32(chunk as Buffer, sum);
			yield chunk as Buffer;
		}
		if (sum !== entry.crc32) throw new Error("the checksum differs");
	}
	const { read } = readerOf(checked());
	return { read: (target) => refusingDamage(file, () => read(target)), close: () => stream?.destroy() };
}

/** Whatever is thrown where an archive is read means that it is not what the format asks for. */
async function refusingDamage<T>(file: string, read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError("is a zip archive, or a file of one, that is damaged or cut off", {
			where: { file },
			hint: "copy or download it again",
			cause,
		});
	}
}

/** Bytes of an archive in any order, as the library asks for them. */
class Ranges extends yauzl.RandomAccessReader {
	constructor(private readonly access: RandomAccess) {
		super();
	}

	override _readStreamForRange(start: number, end: number): Readable {
		const { access } = this;
		function* pieces() {
			for (let at = start; at < end; at += RANGE_BYTES)
				yield access.read(at, Math.min(end, at + RANGE_BYTES));
		}
		return Readable.from(pieces(), { objectMode: false });
	}

	override close(callback: (error: Error | null) => void): void {
		this.access.close();
		callback(null);
	}
}
