import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../cli/support.js";
import { root } from "../support/golden.js";

const folder = `${mkdtempSync(join(tmpdir(), "talis-pd-example-"))}/`;

/** Commands of the worked example, each with the lines that are shown of its output. */
const EXAMPLES = [
	...readFileSync(join(root, "docs/own-surveys.md"), "utf8").matchAll(/^```\n(\$ .*?)^```$/gms),
].flatMap(([, block = ""]) =>
	block
		.split(/^\$ talis-pd /m)
		.slice(1)
		.map((text): [string, string[]] => {
			const [command = "", ...lines] = text.trimEnd().split("\n");
			return [command, lines.filter((line) => line !== "" && line !== "…")];
		}),
);

/** A shipped file where the outputs are made, as it is for who types the commands in a checkout. */
function besideOutputs(file: string): string {
	cpSync(join(root, file), join(folder, file), { recursive: true });
	return join(folder, file);
}

test("there are commands", () => expect(EXAMPLES.length).toBeGreaterThan(7));

test.each(EXAMPLES)("%s prints what docs/own-surveys.md shows", async (command, lines) => {
	const words = command
		.split(" ")
		.map((word) => (/^data\//.test(word) ? besideOutputs(word) : word))
		.map((word, place, all) =>
			/\.(svg|yaml)$/.test(word) || all[place - 1] === "--out" ? `${folder}${word}` : word,
		);
	const { code, out, err } = await run(words);
	expect(code, err).toBe(0);
	const printed = `${out}\n${err.replaceAll(folder, "")}`.split("\n");
	for (const line of lines) expect(printed).toContain(line);
});
