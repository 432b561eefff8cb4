import { UserError } from "../../base/errors.js";
import { type Block, Dictionary, type Source } from "../block.js";
import type { HeldFile } from "../held-file.js";
import { isHuge, type Message, type Threads, threadsOf } from "./file-threads.js";
import { Slots } from "./shared-slots.js";

/**
 * The source of a file, with its rows read by a thread of their own, some blocks ahead of who works on them, and its
 * SHA-256 worked out by it or, of a huge file, by another. The blocks are the same as without, but hold no `texts`.
 * @param source The same file, opened here for its header.
 * @param hashed Whether its SHA-256 is worked out.
 * @param encoding What its texts are said to be in.
 * @param begun Its threads, where they have been started before it is known what is wanted.
 */
export function readAhead(
	file: HeldFile,
	source: Source,
	{
		progress,
		hashed,
		encoding,
		begun,
	}: {
		progress(read: number): void;
		hashed: boolean;
		encoding?: string | undefined;
		begun?: Threads | undefined;
	},
): Source {
	let { sha256 } = source;
	let threads = begun;
	return {
		...source,
		sha256: () => sha256(),
		read(wanted) {
			threads ??= threadsOf(file);
			const slots = new Slots(wanted);
			const { path, descriptor } = file;
			const { opened } = source;
			const { memory } = slots;
			// At once, so that the first rows are read while who wants them gets ready.
			const task = { path, descriptor, opened, encoding, hashed: hashed && !isHuge(file), wanted, memory };
			const messages = threads.read(task);
			const dictionaries = wanted.coded.map(() => new Dictionary());
			const ended = (digest: Promise<string>) => {
				sha256 = async () => {
					const known = await digest;
					file.checkUnchanged();
					return known;
				};
			};
			const blocks = blocksOf({ file, hashed, threads, messages, slots, dictionaries, progress, ended });
			return { blocks, dictionaries };
		},
		close: () => end(file, threads),
	};
}

async function end(file: HeldFile, threads?: Threads): Promise<void> {
	await threads?.end();
	file.close();
}

interface Reading {
	file: HeldFile;
	hashed: boolean;
	threads: Threads;
	messages: AsyncIterable<Message>;
	slots: Slots;
	dictionaries: readonly Dictionary[];
	progress(read: number): void;
	/** Takes the file's SHA-256 when all rows are read. */
	ended(digest: Promise<string>): void;
}

async function* blocksOf(reading: Reading): AsyncGenerator<Block> {
	const { file, hashed, threads, messages, slots, dictionaries } = reading;
	let ended = false;
	try {
		for await (const message of messages) {
			if (message.kind === "fault") throw new UserError(message.message, withoutHint(message));
			// Not before, so that the threads do not wait for each other while they start.
			const digest = hashed && isHuge(file) ? threads.digested(file) : null;
			if (message.kind === "end") {
				reading.ended(digest ?? Promise.resolve(message.sha256 ?? ""));
				ended = true;
				return;
			}
			for (const [slot, texts] of message.texts.entries()) {
				for (const text of texts) dictionaries[slot]?.add(text);
			}
			reading.progress(message.position);
			yield slots.take(message);
			slots.empty();
		}
	} finally {
		if (!ended) await end(file, threads);
	}
}

function withoutHint({ hint, where, exitCode }: Extract<Message, { kind: "fault" }>) {
	return { where, exitCode, ...(hint === undefined ? {} : { hint }) };
}
