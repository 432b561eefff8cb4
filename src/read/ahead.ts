import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { UserError, type Where } from "../errors.js";
import { askThread } from "./answer.js";
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
			unsigned: boolean;
			/** Texts that are new in each coded column. */
			texts: string[][];
			/** Bytes read so far. */
			position: number;
	  }
	| { kind: "end" }
	| { kind: "fault"; message: string; hint: string | undefined; where: Where; exitCode: 2 | 3 };

/** When the thread starts: before it is known what is wanted, which saves its start, or no sooner than it is read. */
export type Start = "at-once" | "when-read";

/**
 * The source of a file, with its rows read by a thread of their own, some blocks ahead of who works on them, and its
 * SHA-256 worked out by another. The blocks are the same as without, but hold no `texts`.
 * @param source The same file, opened here for its header.
 */
export function readAhead(
	path: string,
	source: Source,
	progress: (read: number) => void,
	start: Start,
): Source {
	let { sha256 } = source;
	let threads = start === "at-once" ? new Threads(path) : undefined;
	return {
		...source,
		sha256: () => sha256(),
		read(wanted) {
			threads ??= new Threads(path);
			const dictionaries = wanted.coded.map(() => new Dictionary());
			const ended = (digest: string) => {
				sha256 = () => digest;
			};
			return { blocks: blocksOf(threads, wanted, dictionaries, progress, ended), dictionaries };
		},
		close() {
			void threads?.end();
		},
	};
}

/** Two threads for a file: one that reads its rows once it is told which columns, and then one for its SHA-256. */
class Threads {
	private readonly reader: Worker;
	private digest: Worker | undefined;

	constructor(private readonly path: string) {
		this.reader = new Worker(builtPath("read/thread.js"), { workerData: path });
		// As long as it has nothing to do, nobody waits for it.
		this.reader.unref();
	}

	/** What the reading thread tells. */
	async *messages(task: Task): AsyncGenerator<Message> {
		this.reader.ref();
		this.reader.postMessage(task);
		const messages = on(this.reader, "message", { close: ["exit"] }) as AsyncIterable<[Message]>;
		for await (const [message] of messages) yield message;
		throw new Error("the thread that reads ended before its file did");
	}

	/** The file's SHA-256. */
	async digested(): Promise<string> {
		const { thread, answer } = askThread<string>("read/digest.js", this.path);
		this.digest = thread;
		return answer;
	}

	async end(): Promise<void> {
		await Promise.all([this.reader.terminate(), this.digest?.terminate()]);
	}
}

async function* blocksOf(
	threads: Threads,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
	progress: (read: number) => void,
	ended: (sha256: string) => void,
): AsyncGenerator<Block> {
	const slots = new Slots(wanted);
	const sha256 = threads.digested();
	// It is waited for last, and a failure before then is another's.
	sha256.catch(() => {});
	try {
		for await (const message of threads.messages({ wanted, memory: slots.memory })) {
			if (message.kind === "fault") throw new UserError(message.message, withoutHint(message));
			if (message.kind === "end") return ended(await sha256);
			for (const [slot, texts] of message.texts.entries()) {
				for (const text of texts) dictionaries[slot]?.index(text);
			}
			progress(message.position);
			yield slots.take(message);
			slots.empty();
		}
	} finally {
		await threads.end();
	}
}

function withoutHint({ hint, where, exitCode }: Extract<Message, { kind: "fault" }>) {
	return { where, exitCode, ...(hint === undefined ? {} : { hint }) };
}
