import type { Readable } from "node:stream";
import type { Source } from "./block.js";
import { openCsv } from "./csv.js";
import { asciiCompatible } from "./encoding.js";
import { type Input, openInput } from "./open.js";

export interface OpenOptions {
	stdin: Readable;
	/** Called now and then with the bytes read and the file's size (null for standard input). */
	progress?: (read: number, size: number | null) => void;
}

/** How a file of one format is opened. */
interface Format {
	/** The first bytes of such files, as Latin-1 text. */
	signature: RegExp;
	open(input: Input): Promise<Source>;
}

/** Formats known by their first bytes; whatever else there is, is text. A reader is loaded when it is needed. */
const FORMATS: readonly Format[] = [];

const LONGEST_SIGNATURE = 8;

/** Opens a survey file of any format the tool reads and gives its columns. */
export async function openSource(path: string, { stdin, progress }: OpenOptions): Promise<Source> {
	const input = openInput(path, stdin);
	const watchedInput =
		progress === undefined
			? input
			: { ...input, bytes: watched(input.bytes, () => progress(input.position(), input.size)) };
	const start = (await input.head()).subarray(0, LONGEST_SIGNATURE).toString("latin1");
	const format = FORMATS.find(({ signature }) => signature.test(start));
	return (format?.open ?? openText)(watchedInput);
}

function openText({ bytes, name, sha256 }: Input): Promise<Source> {
	return openCsv(asciiCompatible(bytes, name), name, sha256);
}

async function* watched<T>(items: AsyncIterable<T>, seen: () => void): AsyncGenerator<T> {
	for await (const item of items) {
		seen();
		yield item;
	}
	seen();
}
