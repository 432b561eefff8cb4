// What a thread does that reads a file for another (threads.ts): it opens the file and hands over block after block.
import { on } from "node:events";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { UserError } from "../../base/errors.js";
import { unreadable } from "../../platform/small-files.js";
import type { Dictionary } from "../block.js";
import { FileDigest } from "../held-file.js";
import { loadReader, openSource } from "../index.js";
import type { Message, Task } from "./file-threads.js";
import { Slots } from "./shared-slots.js";

const port = parentPort as MessagePort;
const given = on(port, "message");

function tell(message: Message): void {
	port.postMessage(message);
}

async function readAll(): Promise<void> {
	// While the task is not known. What is wrong with the file is told when it is read.
	await loadReader(workerData as string).catch(() => {});
	let position = 0;
	const { path, descriptor, opened, encoding, hashed, wanted, memory }: Task = (await given.next()).value[0];
	const source = await openSource(path, {
		descriptor,
		opened,
		encoding,
		hashed: false,
		onProgress: ({ read }) => {
			position = read;
		},
	});
	const slots = new Slots(wanted, memory);
	const digest = hashed ? new FileDigest(descriptor) : null;
	const step = () => digest !== null && readable(path, () => digest.step());
	const { blocks, dictionaries } = source.read(wanted);
	const told = dictionaries.map(() => 0);
	for await (const block of blocks) {
		slots.fill(block, step);
		const { rows, unit, unsigned = false } = block;
		tell({ kind: "block", rows, unit, unsigned, texts: newTexts(dictionaries, told), position });
	}
	tell({ kind: "end", sha256: digest && readable(path, () => digest.finish()) });
}

function readable<T>(path: string, read: () => T): T {
	try {
		return read();
	} catch (cause) {
		throw unreadable(path, cause);
	}
}

function newTexts(dictionaries: readonly Dictionary[], told: number[]): string[][] {
	return dictionaries.map(({ texts }, slot) => {
		const fresh = texts.slice(told[slot]);
		told[slot] = texts.length;
		return fresh;
	});
}

async function run(): Promise<void> {
	try {
		await readAll();
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const { message, hint, where, exitCode } = error;
		tell({ kind: "fault", message, hint, where, exitCode });
	} finally {
		// Nothing more is waited for, so that the thread ends.
		await given.return?.();
	}
}

void run();
