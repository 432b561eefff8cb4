/** Fills buffers with the bytes that come next, so that large files go through a few buffers again and again. */
export interface ByteReader {
	/** Writes at most `target.length` bytes. @returns their number; 0 at the end. */
	read(target: Uint8Array): Promise<number>;
	/** Passes over at most so many bytes, where they need not be read for that. @returns their number; 0 at the end. */
	skip?(most: number): Promise<number>;
}

/** A reader that holds something open. */
export type OpenReader = ByteReader & { close(): void };

/** Bytes per read. */
export const CHUNK_BYTES = 1 << 20;

/** Chunks of whatever size → reader. Closing it ends whatever makes them. */
export function readerOf(chunks: AsyncIterable<Uint8Array>): OpenReader {
	const iterator = chunks[Symbol.asyncIterator]();
	let rest = new Uint8Array();
	return {
		async read(target) {
			while (rest.length === 0) {
				const next = await iterator.next();
				if (next.done) return 0;
				rest = next.value as Uint8Array<ArrayBuffer>;
			}
			const part = rest.subarray(0, target.length);
			target.set(part);
			rest = rest.subarray(part.length);
			return part.length;
		},
		close() {
			// Nobody is left to receive an error.
			iterator.return?.()?.catch(() => {});
		},
	};
}

/** Reader → chunks, each in a buffer of its own. */
export async function* chunksOf(reader: ByteReader): AsyncGenerator<Buffer> {
	for (;;) {
		const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
		const length = await reader.read(buffer);
		if (length === 0) return;
		yield buffer.subarray(0, length);
	}
}

/** Reader whose first bytes have been looked at: they come first, then the rest. */
export function withHead(head: Uint8Array, rest: ByteReader): ByteReader {
	let left = head;
	return {
		read(target) {
			if (left.length === 0) return rest.read(target);
			const part = left.subarray(0, target.length);
			target.set(part);
			left = left.subarray(part.length);
			return Promise.resolve(part.length);
		},
		...(rest.skip && {
			async skip(most) {
				if (left.length === 0) return rest.skip?.(most) ?? 0;
				const passed = Math.min(most, left.length);
				left = left.subarray(passed);
				return passed;
			},
		}),
	};
}

/** Fills a buffer from its `filled`th byte as far as bytes come. @returns bytes it then has. */
export async function fill(reader: ByteReader, buffer: Uint8Array, filled = 0): Promise<number> {
	let length = filled;
	while (length < buffer.length) {
		const more = await reader.read(buffer.subarray(length));
		if (more === 0) break;
		length += more;
	}
	return length;
}
