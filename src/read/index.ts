import type { Readable } from "node:stream";
import type { Source } from "./block.js";
import { openCsv } from "./csv.js";
import { decode } from "./encoding.js";
import { openInput } from "./open.js";

export interface OpenOptions {
	stdin: Readable;
	/** Called now and then with the bytes read and the file's size (null for standard input). */
	progress?: (read: number, size: number | null) => void;
}

/** Opens a survey file of any format the tool reads and gives its columns. */
export function openSource(path: string, { stdin, progress }: OpenOptions): Promise<Source> {
	const input = openInput(path, stdin);
	const text = decode(input.bytes, input.name);
	return openCsv(
		progress === undefined ? text : watched(text, () => progress(input.position(), input.size)),
		input.name,
		input.sha256,
	);
}

async function* watched<T>(items: AsyncIterable<T>, seen: () => void): AsyncGenerator<T> {
	for await (const item of items) {
		seen();
		yield item;
	}
	seen();
}
