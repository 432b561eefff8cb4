import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { UserError, type Where } from "../errors.js";
import { type Block, Dictionary, type Source, type Wanted } from "./block.js";
import { builtPath } from "./open.js";
import { Slots } from "./slots.js";

/** What the thread that reads is given, once its file has been opened here, too, and it is known what is wanted. */
export interface Task {
	wanted: Wanted;
	memory: SharedArrayBuffer;
}

/** What the thread that reads tells. */
export type Message =
	| {
			kind: "block";
			rows: number;
			unit: "line" | "row";
			/** Texts that are new in each coded column. */
			texts: string[][];
			/** Bytes read so far. */
			position: number;
	  }
	| { kind: "end"; sha256: string }
	| { kind: "fault"; message: string; hint: string | undefined; where: Where; exitCode: 2 | 3 };

/** When the thread starts: before it is known what is wanted, which saves its start, or no sooner than it is read. */
export type Start = "at-once" | "when-read";

/**
 * The source of a file, with its rows read by a thread of their own, some blocks ahead of who works on them. The blocks
 * are the same as without, but hold no `texts`.
 * @param source The same file, opened here for its header.
 */
export function readAhead(
	path: string,
	source: Source,
	progress: (read: number) => void,
	start: Start,
): Source {
	let { sha256 } = source;
	let thread = start === "at-once" ? startThread(path) : undefined;
	return {
		...source,
		sha256: () => sha256(),
		read(wanted) {
			thread ??= startThread(path);
			const dictionaries = wanted.coded.map(() => new Dictionary());
			const ended = (digest: string) => {
				sha256 = () => digest;
			};
			return { blocks: blocksOf(thread, wanted, dictionaries, progress, ended), dictionaries };
		},
		close() {
			void thread?.terminate();
		},
	};
}

function startThread(path: string): Worker {
	const thread = new Worker(builtPath("read/thread.js"), { workerData: path });
	// As long as it has nothing to do, nobody waits for it.
	thread.unref();
	return thread;
}

async function* blocksOf(
	thread: Worker,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
	progress: (read: number) => void,
	ended: (sha256: string) => void,
): AsyncGenerator<Block> {
	const slots = new Slots(wanted);
	const task: Task = { wanted, memory: slots.memory };
	thread.ref();
	thread.postMessage(task);
	try {
		const messages = on(thread, "message", { close: ["exit"] });
		for await (const [message] of messages as AsyncIterable<[Message]>) {
			if (message.kind === "fault") throw new UserError(message.message, withoutHint(message));
			if (message.kind === "end") return ended(message.sha256);
			for (const [slot, texts] of message.texts.entries()) {
				for (const text of texts) dictionaries[slot]?.index(text);
			}
			progress(message.position);
			yield slots.take(message.rows, message.unit);
			slots.empty();
		}
		throw new Error("the thread that reads ended before its file did");
	} finally {
		await thread.terminate();
	}
}

function withoutHint({ hint, where, exitCode }: Extract<Message, { kind: "fault" }>) {
	return { where, exitCode, ...(hint === undefined ? {} : { hint }) };
}
