import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { Where } from "../errors.js";
import { askThread } from "./answer.js";
import type { Wanted } from "./block.js";
import { builtPath, bytesOf } from "./open.js";

/** What the thread that reads is given, once it is known what is wanted. */
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

/** From this size on a thread of its own saves more time than it takes to start. */
const LARGE_BYTES = 1 << 24;

/** Two threads for a file: one that reads its rows once it is told which columns, and then one for its SHA-256. */
export class Threads {
	private readonly reader: Worker;
	private digest: Worker | undefined;
	private answer: Promise<string> | undefined;
	private over = false;

	/** @param waited Whether they were started before it was known that they are needed. */
	constructor(
		private readonly path: string,
		readonly waited = false,
	) {
		this.reader = new Worker(builtPath("read/thread.js"), { workerData: path });
		// As long as it has nothing to do, nobody waits for it, and what goes wrong there goes wrong here, too.
		this.reader.unref();
		this.reader.on("error", () => {});
		this.reader.once("exit", () => {
			this.over = true;
		});
	}

	/** What the reading thread tells. */
	async *messages(task: Task): AsyncGenerator<Message> {
		this.reader.ref();
		this.reader.postMessage(task);
		const messages = on(this.reader, "message", { close: ["exit"] }) as AsyncIterable<[Message]>;
		if (!this.over) for await (const [message] of messages) yield message;
		throw new Error("the thread that reads ended before its file did");
	}

	/** The file's SHA-256; begun when first asked for. */
	digested(): Promise<string> {
		if (this.answer === undefined) {
			const { thread, answer } = askThread<string>("read/digest.js", this.path);
			this.digest = thread;
			this.answer = answer;
			// It is waited for last, and a failure before then is another's.
			answer.catch(() => {});
		}
		return this.answer;
	}

	async end(): Promise<void> {
		await Promise.all([this.reader.terminate(), this.digest?.terminate()]);
	}
}

let waiting: { path: string; threads: Threads } | undefined;

/**
 * Starts the threads of a large file, if exactly one argument of a command names one, so that they start while the
 * command is still being loaded.
 */
export function standBy(args: readonly string[]): void {
	const [path, ...others] = args.filter(isLarge);
	if (path !== undefined && others.length === 0) waiting = { path, threads: new Threads(path, true) };
}

/** Threads of a file, started now if they are not waiting for it. */
export function threadsOf(path: string): Threads {
	if (waiting?.path !== path) return new Threads(path);
	const { threads } = waiting;
	waiting = undefined;
	return threads;
}

/** Whether there is a file that is worth a thread of its own. */
export function isLarge(path: string): boolean {
	return bytesOf(path) >= LARGE_BYTES;
}
