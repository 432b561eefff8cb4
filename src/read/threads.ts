import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { Where } from "../errors.js";
import { askThread } from "./answer.js";
import type { Wanted } from "./block.js";
import { builtPath, bytesOf, type HeldFile, unreadable } from "./open.js";

/** What the thread that reads is given first: a file that is held open. */
export interface Opening {
	path: string;
	descriptor: number;
}

/** What it is given then, once it is known what is wanted. */
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
	/** What the reading thread has told, kept until it is asked for. */
	private readonly told: AsyncIterable<[Message]>;
	private file: Opening | undefined;
	private digest: Worker | undefined;
	private answer: Promise<string> | undefined;

	constructor(readonly reader = startReader()) {
		this.told = on(reader, "message", { close: ["exit"] }) as AsyncIterable<[Message]>;
	}

	/** Which file it is about. */
	open({ path, descriptor }: Opening): void {
		this.file = { path, descriptor };
		this.reader.postMessage(this.file);
	}

	/** What the reading thread tells. */
	async *messages(task: Task): AsyncGenerator<Message> {
		this.reader.ref();
		this.reader.postMessage(task);
		for await (const [message] of this.told) yield message;
		throw new Error("the thread that reads ended before its file did");
	}

	/** The file's SHA-256; begun when first asked for. */
	digested(): Promise<string> {
		if (this.answer === undefined) {
			const { path, descriptor } = this.file as Opening;
			const { thread, answer } = askThread<string>("read/digest.cjs", descriptor);
			this.digest = thread;
			this.answer = answer.catch((cause) => {
				throw unreadable(path, cause);
			});
			// It is waited for last, and a failure before then is another's.
			this.answer.catch(() => {});
		}
		return this.answer;
	}

	async end(): Promise<void> {
		await Promise.all([this.reader.terminate(), this.digest?.terminate()]);
	}
}

function startReader(): Worker {
	const reader = new Worker(builtPath("start/thread.cjs"), { argv: ["reading"] });
	// As long as it has nothing to do, nobody waits for it.
	reader.unref();
	return reader;
}

/** A thread that waits for a file to read. */
export interface Waiting {
	path: string;
	reader: Worker;
}

/**
 * Starts the thread that reads a large file, if exactly one argument of a command names one, so that it starts while the
 * command is still being loaded.
 */
export function standBy(args: readonly string[]): Waiting | undefined {
	const [path, ...others] = args.filter(isLarge);
	return path === undefined || others.length > 0 ? undefined : { path, reader: startReader() };
}

let waiting: { path: string; threads: Threads } | undefined;

/** Takes over a thread that was started before this code was loaded. */
export function takeOver(started: Waiting | undefined): void {
	waiting = started && { path: started.path, threads: new Threads(started.reader) };
}

/** Threads of a file, started now if none is waiting for it. */
export function threadsOf(file: HeldFile): Threads {
	const threads = waiting?.path === file.path ? waiting.threads : new Threads();
	if (waiting?.threads === threads) waiting = undefined;
	threads.open(file);
	return threads;
}

/** Whether there is a file that is worth a thread of its own. */
export function isLarge(path: string): boolean {
	return bytesOf(path) >= LARGE_BYTES;
}
