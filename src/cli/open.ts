import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { UserError } from "../index.js";
import { legible } from "../internal.js";
import type { Io } from "./io.js";

/** What opens a file with the program that a desktop has for it. */
const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer.exe" };

/** A program that cannot open a file says so within this time; one that opens it may stay until it is closed. */
const PATIENCE_MS = 1000;

/**
 * Opens a file with the desktop's default program and does not wait for it to close.
 * @throws UserError if there is no such program, or it fails.
 */
export async function openFile(file: string, { env }: Io): Promise<void> {
	const program = OPENERS[process.platform] ?? "xdg-open";
	const hint = "open it by hand";
	const child = spawn(program, [resolve(file)], { detached: true, stdio: "ignore", env });
	await new Promise<void>((done, fail) => {
		const wait = setTimeout(done, PATIENCE_MS);
		child.once("exit", (code) => {
			clearTimeout(wait);
			// Windows' explorer exits with 1 even after success.
			if (code === 0 || process.platform === "win32") done();
			else fail(new UserError(`${legible(file)} is written, but ${program} could not open it`, { hint }));
		});
		child.once("error", () => {
			clearTimeout(wait);
			fail(
				new UserError(`${legible(file)} is written, but there is no ${program} that could open it`, { hint }),
			);
		});
	});
	child.unref();
}
