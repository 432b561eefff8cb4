import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { main } from "../../src/cli/main.js";

export const SAMPLE = fileURLToPath(
	new URL("../../data/samples/synthetic-kazakhstan-2018.csv", import.meta.url),
);

export interface Run {
	code: number;
	out: string;
	err: string;
}

/** A command line with streams in memory. */
export async function run(
	argv: readonly string[],
	{ tty = false, env = {}, stdin = "" }: { tty?: boolean; env?: Record<string, string>; stdin?: string } = {},
): Promise<Run> {
	let out = "";
	let err = "";
	const code = await main(argv, {
		stdin: Readable.from([Buffer.from(stdin)]),
		stdout: { write: (text) => (out += text), isTTY: tty, columns: 80 },
		stderr: { write: (text) => (err += text), isTTY: false },
		env,
	});
	return { code, out, err };
}

export function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), "talis-pd-"));
}
