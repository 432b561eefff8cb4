import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { Where } from "../../base/errors.js";
import { askThread } from "../../platform/ask-thread.js";
import { builtPath } from "../../platform/assets.js";
import { bytesOf, unreadable } from "../../platform/small-files.js";
import type { Block, Wanted } from "../block.js";
import type { HeldFile } from "../held-file.js";

/** Input of the reading thread, once the wanted columns are known. */
export interface Task {
	path: string;
	/** Of the file, which is held open. */
	descriptor: number;
	/** What has been read of it before its rows. */
	opened: unknown;
	/** What its texts are said to be in. */
	encoding: string | undefined;
	/** Whether it is to work out the file's SHA-256, too. */
	hashed: boolean;
	wanted: Wanted;
	memory: SharedArrayBuffer;
}

/** Messages of the reading thread. */
export type Message =
	| {
			kind: "block";
			rows: number;
			unit: Block["unit"];
			unsigned: boolean;
			/** Texts that are new in each coded column. */
			texts: string[][];
			/** Bytes read so far. */
			position: number;
	  }
	| { kind: "end"; sha256: string | null }
	| { kind: "fault"; message: string; hint: string | undefined; where: Where; exitCode: 2 | 3 };

/** From this size on a thread of its own saves more time than it takes to start. */
const LARGE_BYTES = 1 << 24;

/** From this size on its SHA-256 takes longer than another thread takes to start. */
const HUGE_BYTES = 1 << 26;

/** The threads of a file: one that reads its rows once it is told which columns, and one for the SHA-256 of a huge one. */
export class Threads {
	/** Messages of the reading thread, kept until they are needed. */
	private readonly told: AsyncIterable<[Message]>;
	private digest: Worker | undefined;
	private answer: Promise<string> | undefined;

	constructor(readonly reader: Worker) {
		this.told = on(reader, "message", { close: ["exit"] }) as AsyncIterable<[Message]>;
		// An idle thread must not keep the process alive; a listener would.
		reader.unref();
	}

	/** Sets the reading thread to work. @returns What it tells. */
	read(task: Task): AsyncIterable<Message> {
		this.reader.ref();
		this.reader.postMessage(task);
		return this.messages();
	}

	private async *messages(): AsyncGenerator<Message> {
		for await (const [message] of this.told) yield message;
		throw new Error("the thread that reads ended before its file did");
	}

	/** SHA-256 of a file by a thread of its own; begun when first asked for. */
	digested({ path, descriptor }: HeldFile): Promise<string> {
		if (this.answer === undefined) {
			const { thread, answer } = askThread<string>("read/threads/digest-thread.cjs", descriptor);
			this.digest = thread;
			this.answer = answer.catch((cause) => {
				throw unreadable(path, cause);
			});
			// It is awaited last; an earlier failure comes from elsewhere.
			this.answer.catch(() => {});
		}
		return this.answer;
	}

	async end(): Promise<void> {
		await Promise.all([this.reader.terminate(), this.digest?.terminate()]);
	}
}

function startReader(path: string): Worker {
	return new Worker(builtPath("start/thread.cjs"), { argv: ["reading"], workerData: path });
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
	return path === undefined || others.length > 0 ? undefined : { path, reader: startReader(path) };
}

let waiting: { path: string; threads: Threads } | undefined;

/** Takes over a thread that was started before this code was loaded. */
export function takeOver(started: Waiting | undefined): void {
	waiting = started && { path: started.path, threads: new Threads(started.reader) };
}

/** Threads of a file, started now if none is waiting for it. */
export function threadsOf(file: HeldFile): Threads {
	const threads = waiting?.path === file.path ? waiting.threads : new Threads(startReader(file.path));
	if (waiting?.threads === threads) waiting = undefined;
	return threads;
}

/** Whether a thread of its own is worth while for a file's SHA-256. */
export function isHuge({ size }: HeldFile): boolean {
	return size >= HUGE_BYTES;
}

/** Whether there is a file that is worth a thread of its own. */
export function isLarge(path: string): boolean {
	return bytesOf(path) >= LARGE_BYTES;
}
