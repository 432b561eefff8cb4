import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/golden.js";
import { run } from "./support.js";

const page = readFileSync(join(root, "docs/models.md"), "utf8");
const commands = [...page.matchAll(/```sh\ntalis-pd (.*)\n```/g)].map(([, command]) => command as string);

/** Words as a shell tells them apart. */
function wordsOf(command: string): string[] {
	return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? (plain as string));
}

test("the page has a command for every part", () => {
	expect(commands).toHaveLength(8);
});

test.each(commands)("%s", async (command) => {
	const words = wordsOf(command).map((word) => (word.startsWith("data/") ? join(root, word) : word));
	const { code, out, err } = await run(words);
	expect([code, err]).toEqual([0, ""]);
	expect(out.split("\n").length).toBeGreaterThan(5);
	expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
});
