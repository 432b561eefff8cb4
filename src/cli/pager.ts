import { spawnSync } from "node:child_process";
import type { Io, Sink } from "./io.js";

/** How less shows a text: colours, short texts at once, and the text still there afterwards; as git asks it. */
const LESS = "FRX";

/**
 * Where a command writes. A terminal gets a text that is longer than it through a pager, as git does; `show` does so
 * at the end.
 */
export function paged(io: Io, argv: readonly string[]): { io: Io; show(): void } {
	const { stdout, env } = io;
	const { rows } = stdout;
	const pager = env.PAGER ?? "less";
	const isWanted = stdout.isTTY === true && env.TERM !== "dumb" && pager !== "" && pager !== "cat";
	if (!isWanted || rows === undefined || argv.includes("--no-pager")) return { io, show() {} };
	let held = "";
	const holding: Sink = {
		isTTY: true,
		columns: stdout.columns,
		write(text) {
			held += text;
		},
	};
	return {
		io: { ...io, stdout: holding },
		show() {
			if (held.split("\n").length <= rows || !showIn(pager, held, env)) stdout.write(held);
			held = "";
		},
	};
}

/** Whether the pager was there. */
function showIn(pager: string, text: string, env: Io["env"]): boolean {
	// Ctrl-C is the pager's while it is open.
	const leave = () => {};
	process.on("SIGINT", leave);
	const { status, error } = spawnSync(pager, {
		...{ input: text, stdio: ["pipe", "inherit", "inherit"], shell: true },
		env: { LESS, ...env },
	});
	process.off("SIGINT", leave);
	return error === undefined && status !== 127;
}
