import { createInflate, type Inflate } from "node:zlib";
import type { Cursor } from "../cursor.js";
import { Fields } from "../fields.js";

const HEADER_BYTES = 24;
const DESCRIPTOR_BYTES = 24;

/** Compressed bytes worked on at a time; they grow to 1032 times as many at most. */
const PIECE_BYTES = 1 << 15;

/**
 * The zlib part of a file: a header with its bounds, streams one after the other, a trailer that lists them.
 * @returns The unpacked bytes.
 * @throws UserError where a stream is damaged, or header, streams and trailer contradict each other.
 */
export async function* inflated(cursor: Cursor, littleEndian: boolean): AsyncGenerator<Buffer> {
	const start = cursor.offset;
	const header = new Fields(await cursor.take(HEADER_BYTES, "the zlib header"), littleEndian, cursor, start);
	const [own, trailer, trailerBytes] = [header.long(), header.long(), header.long()];
	const streams = (trailerBytes - HEADER_BYTES) / DESCRIPTOR_BYTES;
	if (own !== start || trailer < cursor.offset || !Number.isSafeInteger(streams) || streams < 0) {
		throw cursor.damaged("the zlib header does not fit the file", start);
	}
	let found = 0;
	while (cursor.offset < trailer) {
		yield* stream(cursor, trailer);
		found += 1;
	}
	if (found !== streams) throw cursor.damaged(`${found} zlib streams stand there instead of ${streams}`);
	await cursor.skip(trailerBytes, "the zlib trailer");
}

/** One stream; what is behind its end goes back to the cursor. */
async function* stream(cursor: Cursor, end: number): AsyncGenerator<Buffer> {
	const start = cursor.offset;
	const inflate = createInflate();
	const state = watch(inflate);
	try {
		while (!state.ended) {
			const piece = await cursor.some(Math.min(PIECE_BYTES, end - cursor.offset));
			const before = inflate.bytesWritten;
			await state.feed(piece);
			if (state.failure !== undefined) throw cursor.damaged("a zlib stream cannot be unpacked", start);
			const used = inflate.bytesWritten - before;
			if (used < piece.length) cursor.putBack(piece.subarray(used));
			yield* state.taken();
		}
	} finally {
		inflate.destroy();
	}
}

/** An inflating stream fed piece by piece, because only so its end within a piece can be told. */
function watch(inflate: Inflate) {
	let output: Buffer[] = [];
	let settle = () => {};
	const state = {
		ended: false,
		failure: undefined as unknown,
		/** Unpacks a piece; none means that no more will come. */
		feed: (piece: Buffer) =>
			new Promise<void>((resolve) => {
				settle = resolve;
				if (piece.length === 0) inflate.end();
				else inflate.write(piece, () => resolve());
			}),
		taken(): Buffer[] {
			const taken = output;
			output = [];
			return taken;
		},
	};
	inflate.on("data", (chunk: Buffer) => output.push(chunk));
	inflate.on("end", () => {
		state.ended = true;
		settle();
	});
	inflate.on("error", (cause) => {
		state.failure = cause;
		settle();
	});
	return state;
}
