import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/golden.js";
import { run, temporaryFolder } from "./support.js";

const page = readFileSync(join(root, "docs/models.md"), "utf8");
const commands = [...page.matchAll(/```sh\ntalis-pd (.*)\n```/g)].map(([, command]) => command as string);

/** What one command writes, a later one reads. */
const folder = temporaryFolder();

/** Words as a shell tells them apart. */
function wordsOf(command: string): string[] {
	return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? (plain as string));
}

test("the page has a command for every part", () => {
	expect(commands).toHaveLength(11);
});

test.each(commands)("%s", async (command) => {
	const placed = (word: string) => {
		if (word.startsWith("data/")) return join(root, word);
		return word === "systems.csv" ? join(folder, word) : word;
	};
	const words = wordsOf(command).map(placed);
	const { code, out, err } = await run(words);
	if (words[0] === "synth") {
		expect([code, out]).toEqual([0, ""]);
		return;
	}
	expect([code, err]).toEqual([0, ""]);
	expect(out.split("\n").length).toBeGreaterThan(5);
	expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
});
