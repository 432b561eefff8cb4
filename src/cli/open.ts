import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { UserError } from "../index.js";
import { legible } from "../internal.js";
import type { Io } from "./io.js";

/** What opens a file with the program that a desktop has for it. */
const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer.exe" };

/**
 * Shows a file as its desktop does, and does not wait for it to be closed.
 * @throws UserError where there is nothing that could.
 */
export async function openFile(file: string, { env }: Io): Promise<void> {
	const program = OPENERS[process.platform] ?? "xdg-open";
	const child = spawn(program, [resolve(file)], { detached: true, stdio: "ignore", env });
	await new Promise<void>((done, fail) => {
		child.once("spawn", done);
		child.once("error", () =>
			fail(
				new UserError(`${legible(file)} is written, but there is no ${program} that could open it`, {
					hint: "open it by hand",
				}),
			),
		);
	});
	child.unref();
}
