import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { UserError } from "../base/errors.js";
import { unreadable } from "../platform/small-files.js";

/** A file that is kept open for several readers, so that they read the same file even if its name changes. */
export class HeldFile {
	readonly descriptor: number;
	/** In bytes. */
	readonly size: number;
	/** Whether it can be read only once, like a pipe. */
	readonly comesOnce: boolean;
	private readonly state: string;
	private closed = false;

	/** @throws UserError where it may not be read. */
	constructor(readonly path: string) {
		try {
			this.descriptor = openSync(path, "r");
		} catch (cause) {
			throw unreadable(path, cause);
		}
		const stats = fstatSync(this.descriptor);
		this.size = stats.size;
		this.comesOnce = !stats.isFile() && !stats.isDirectory();
		this.state = this.now();
	}

	/** @throws UserError where its bytes have changed since it was opened. */
	checkUnchanged(): void {
		if (this.now() === this.state) return;
		throw new UserError("has changed while it was read", {
			where: { file: basename(this.path) },
			hint: "run again when no program writes to it",
		});
	}

	close(): void {
		if (!this.closed) closeSync(this.descriptor);
		this.closed = true;
	}

	private now(): string {
		const { size, mtimeNs } = fstatSync(this.descriptor, { bigint: true });
		return `${size} ${mtimeNs}`;
	}
}

/** SHA-256 of a file as stored, which is held open; computed piece by piece. */
export class FileDigest {
	private readonly hash = createHash("sha256");
	private readonly buffer = Buffer.allocUnsafeSlow(DIGEST_BYTES);
	private position = 0;

	constructor(private readonly descriptor: number) {}

	/** Takes in the next bytes. @returns Whether there were any. */
	step(): boolean {
		const length = readSync(this.descriptor, this.buffer, 0, this.buffer.length, this.position);
		this.hash.update(this.buffer.subarray(0, length));
		this.position += length;
		return length > 0;
	}

	/** Takes in all that is left. */
	finish(): string {
		while (this.step());
		return this.hash.digest("hex");
	}
}

/** Small enough to stay in the processor's cache between reading and hashing. */
const DIGEST_BYTES = 1 << 18;
