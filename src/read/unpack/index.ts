import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "../../base/errors.js";
import { type ByteReader, chunksOf } from "../bytes.js";
import { checkGrowth } from "./growth.js";

/** How files are packed as a whole, known by their first bytes and never by the name. */
interface Packing {
	what: string;
	/** What such files begin with, as Latin-1 text; one of these. */
	starts: readonly string[];
	unpack(stored: ByteReader): AsyncIterable<Uint8Array>;
}

const PACKINGS: readonly Packing[] = [
	{
		what: "gzip",
		starts: ["\u001f\u008b"],
		// The callback is empty because a failure also reaches who reads, as the error of the stream.
		unpack: (stored) => pipeline(Readable.from(chunksOf(stored)), createGunzip(), () => {}),
	},
	{
		what: "bzip2",
		// The size of its blocks, then the first of them or, where there is none, the end.
		starts: [..."123456789"].flatMap((size) => [`BZh${size}1AY&SY`, `BZh${size}\u0017rE8P\u0090`]),
		async *unpack(stored) {
			const { unbzip2 } = await import("./bzip2.js");
			yield* unbzip2(stored);
		},
	},
	{
		what: "xz",
		starts: ["\u00fd7zXZ\0"],
		async *unpack(stored) {
			const { unxz } = await import("./xz.js");
			yield* unxz(stored);
		},
	},
];

/**
 * What a packed file holds; undefined where these are not the first bytes of one.
 * @param head The first bytes of what `stored` gives.
 */
export function unpacked(
	head: Uint8Array,
	stored: ByteReader,
	file: string,
): AsyncIterable<Uint8Array> | undefined {
	const start = Buffer.from(head.subarray(0, 16)).toString("latin1");
	const packing = PACKINGS.find(({ starts }) => starts.some((mark) => start.startsWith(mark)));
	return packing && refusingDamage(packing, stored, file);
}

async function* refusingDamage(
	{ what, unpack }: Packing,
	stored: ByteReader,
	file: string,
): AsyncGenerator<Uint8Array> {
	let [packed, size] = [0, 0];
	const counted: ByteReader = {
		async read(target) {
			const length = await stored.read(target);
			packed += length;
			return length;
		},
	};
	try {
		for await (const chunk of unpack(counted)) {
			size += chunk.length;
			checkGrowth(file, packed, size);
			yield chunk;
		}
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError(`the ${what} file is damaged or cut off`, {
			where: { file },
			hint: "copy or download it again",
			cause,
		});
	}
}
