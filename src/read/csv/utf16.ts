import { loadWasm } from "../../platform/wasm.js";
import type { ByteReader } from "../bytes.js";

/** The loop (src/loops/utf16.ts); addresses are bytes in its memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	taken: { value: number };
	reserve(bytes: number): void;
	transcode(units: number, bytes: number, text: number, bigEndian: boolean, isLast: boolean): number;
}

/** Few enough to stay in a cache. */
const CHUNK_BYTES = 1 << 17;
const TEXT_AT = CHUNK_BYTES;
const MARK = Buffer.from("\ufeff");

/** Bytes of UTF-16, with or without a byte order mark → bytes of UTF-8 without. */
export function utf8Of(reader: ByteReader, bigEndian: boolean): ByteReader {
	const wasm = loadWasm<Exports>("utf16.wasm");
	wasm.reserve(TEXT_AT + 1.5 * CHUNK_BYTES);
	const { buffer } = wasm.memory;
	const units = new Uint8Array(buffer, 0, CHUNK_BYTES);
	let text: Uint8Array | undefined;
	let kept = 0;
	let isLast = false;
	const next = async () => {
		const more = await reader.read(units.subarray(kept));
		isLast = more === 0;
		const length = wasm.transcode(0, kept + more, TEXT_AT, bigEndian, isLast);
		units.copyWithin(0, wasm.taken.value, kept + more);
		kept += more - wasm.taken.value;
		return Buffer.from(buffer, TEXT_AT, length);
	};
	return {
		async read(target) {
			while ((text === undefined || text.length === 0) && !isLast) {
				const found = await next();
				const marked = text === undefined && found.subarray(0, MARK.length).equals(MARK);
				// A byte alone is no text yet.
				if (text !== undefined || found.length > 0) text = marked ? found.subarray(MARK.length) : found;
			}
			const part = text?.subarray(0, target.length) ?? new Uint8Array();
			target.set(part);
			text = text?.subarray(part.length);
			return part.length;
		},
	};
}
