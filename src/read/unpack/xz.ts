import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type ByteReader, fill } from "../bytes.js";
import { Lzma } from "./lzma.js";

const MAGIC = "\u00fd7zXZ\0";
const LZMA2 = 0x21;
/** A greater dictionary than any level of xz has could fill the memory. */
const MOST_DICTIONARY = 1 << 28;

/**
 * Unpacks xz, also several streams one after the other; blocks are checked against their checksums. After "The .xz
 * File Format", version 1.2.
 * @throws Error where the bytes are not what the format asks for.
 */
export async function* unxz(stored: ByteReader): AsyncGenerator<Uint8Array> {
	const bytes = new Bytes(stored);
	while (!(await bytes.ended())) {
		const first = await bytes.take(4);
		// Streams may be filled up with zeros.
		if (first.readUInt32LE() === 0) continue;
		yield* stream(bytes, Buffer.concat([first, await bytes.take(8)]));
	}
}

async function* stream(bytes: Bytes, header: Buffer): AsyncGenerator<Uint8Array> {
	const flags = header.subarray(6, 8);
	if (header.toString("latin1", 0, 6) !== MAGIC || crc32(flags) !== header.readUInt32LE(8)) {
		throw new Error("no xz stream");
	}
	let blocks = 0;
	for (;;) {
		const size = (await bytes.take(1))[0] as number;
		if (size === 0) break;
		yield* block(bytes, size, flags[1] as number);
		blocks += 1;
	}
	const index = await passIndex(bytes, blocks);
	const footer = await bytes.take(12);
	const isRight =
		crc32(footer.subarray(4, 10)) === footer.readUInt32LE() &&
		(footer.readUInt32LE(4) + 1) * 4 === index &&
		footer.subarray(8, 10).equals(flags) &&
		footer.toString("latin1", 10) === "YZ";
	if (!isRight) throw new Error("the stream ends wrongly");
}

async function* block(bytes: Bytes, size: number, kind: number): AsyncGenerator<Uint8Array> {
	const rest = await bytes.take((size + 1) * 4 - 1);
	const header = Buffer.concat([Buffer.of(size), rest.subarray(0, -4)]);
	if (crc32(header) !== rest.readUInt32LE(rest.length - 4)) throw new Error("a block's header is damaged");
	const lzma = new Lzma(dictionaryOf(header));
	const check = checkOf(kind);
	const start = bytes.taken;
	for await (const chunk of chunks(bytes, lzma)) {
		check.update(chunk);
		yield Buffer.from(chunk);
	}
	await bytes.take((4 - ((bytes.taken - start) % 4)) % 4);
	if (!check.digest().equals(await bytes.take(check.bytes))) throw new Error("a block's checksum differs");
}

/** Bytes a match may reach back, by the only filter data are packed with. */
function dictionaryOf(header: Buffer): number {
	const flags = header[1] as number;
	if ((flags & 0x3f) !== 0) throw new Error("filters nobody uses for data");
	let at = 2;
	const skipNumber = () => {
		while ((header[at++] ?? 0) & 0x80);
	};
	if (flags & 0x40) skipNumber();
	if (flags & 0x80) skipNumber();
	const [id, length, bits = 0] = header.subarray(at);
	if (id !== LZMA2 || length !== 1 || bits > 40) throw new Error("no LZMA2");
	const dictionary = bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
	if (dictionary > MOST_DICTIONARY) throw new Error("its dictionary is too large");
	return dictionary;
}

/** The parts of a block, each unpacked. */
async function* chunks(bytes: Bytes, lzma: Lzma): AsyncGenerator<Uint8Array> {
	let [begun, known] = [false, false];
	for (;;) {
		const control = (await bytes.take(1))[0] as number;
		if (control === 0) return;
		if (control === 1 || control >= 0xe0) {
			lzma.resetDictionary();
			begun = true;
		}
		if (!begun || (control > 2 && control < 0x80)) throw new Error("a chunk of no kind");
		if (control < 0x80) {
			yield lzma.copy(await bytes.take((await bytes.take(2)).readUInt16BE() + 1));
			continue;
		}
		const sizes = await bytes.take(4);
		const size = ((control & 0x1f) << 16) + sizes.readUInt16BE() + 1;
		const packed = sizes.readUInt16BE(2) + 1;
		if (control >= 0xc0) {
			lzma.resetState((await bytes.take(1))[0]);
			known = true;
		} else if (!known) throw new Error("a chunk without properties");
		else if (control >= 0xa0) lzma.resetState();
		yield lzma.unpack(await bytes.take(packed), size);
	}
}

/** Passes over the list of blocks. @returns Its bytes. */
async function passIndex(bytes: Bytes, blocks: number): Promise<number> {
	const start = bytes.taken - 1;
	const parts: Buffer[] = [Buffer.of(0)];
	const number = async () => {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = await bytes.take(1);
			parts.push(byte);
			value += ((byte[0] as number) & 0x7f) * 2 ** shift;
			if (((byte[0] as number) & 0x80) === 0) return value;
			if (shift > 56) throw new Error("a number is too long");
		}
	};
	if ((await number()) !== blocks) throw new Error("the list of blocks is not as long as they are many");
	for (let left = 2 * blocks; left > 0; left--) await number();
	parts.push(await bytes.take((4 - ((bytes.taken - start) % 4)) % 4));
	if (crc32(Buffer.concat(parts)) !== (await bytes.take(4)).readUInt32LE())
		throw new Error("the index is damaged");
	return bytes.taken - start;
}

interface Check {
	bytes: number;
	update(part: Uint8Array): void;
	digest(): Buffer;
}

/** The checksum of a block, by its kind: none, CRC-32, CRC-64 or SHA-256. */
function checkOf(kind: number): Check {
	if (kind === 0) return { bytes: 0, update() {}, digest: () => Buffer.alloc(0) };
	if (kind === 1) {
		let sum = 0;
		const digest = Buffer.alloc(4);
		return {
			bytes: 4,
			update: (part) => {
				sum = crc32(part, sum);
			},
			digest() {
				digest.writeUInt32LE(sum);
				return digest;
			},
		};
	}
	if (kind === 4) return crc64();
	if (kind !== 10) throw new Error("a checksum of no kind");
	const hash = createHash("sha256");
	return { bytes: 32, update: (part) => hash.update(part), digest: () => hash.digest() };
}

/** What each byte adds to a CRC-64, in two halves of 32 bits. */
const SUMS = Array.from({ length: 256 }, (_, byte) => {
	let sum = BigInt(byte);
	for (let bit = 0; bit < 8; bit++) sum = sum & 1n ? (sum >> 1n) ^ 0xc96c5795d7870f42n : sum >> 1n;
	return sum;
});
const LOW_SUMS = Uint32Array.from(SUMS, (sum) => Number(sum & 0xffff_ffffn));
const HIGH_SUMS = Uint32Array.from(SUMS, (sum) => Number(sum >> 32n));

function crc64(): Check {
	let [low, high] = [-1, -1];
	return {
		bytes: 8,
		update(part) {
			for (const byte of part) {
				const place = (low ^ byte) & 0xff;
				low = ((low >>> 8) | (high << 24)) ^ (LOW_SUMS[place] as number);
				high = (high >>> 8) ^ (HIGH_SUMS[place] as number);
			}
		},
		digest() {
			const digest = Buffer.alloc(8);
			digest.writeInt32LE(~low);
			digest.writeInt32LE(~high, 4);
			return digest;
		},
	};
}

/** Bytes of a file as they are asked for. */
class Bytes {
	taken = 0;
	private rest: Buffer = Buffer.alloc(0);

	constructor(private readonly stored: ByteReader) {}

	async ended(): Promise<boolean> {
		await this.hold(1);
		return this.rest.length === 0;
	}

	async take(count: number): Promise<Buffer> {
		await this.hold(count);
		if (this.rest.length < count) throw new Error("the end is missing");
		const part = this.rest.subarray(0, count);
		this.rest = this.rest.subarray(count);
		this.taken += count;
		return part;
	}

	private async hold(count: number): Promise<void> {
		if (this.rest.length >= count) return;
		const next = Buffer.allocUnsafe(count + (1 << 18));
		next.set(this.rest);
		this.rest = next.subarray(0, await fill(this.stored, next, this.rest.length));
	}
}
