import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { run, SAMPLE } from "./support.js";

/** What a terminal of some columns shows of an error. */
async function said(words: readonly string[], columns = 80): Promise<string> {
	let err = "";
	await main(words, {
		stdin: Readable.from([]),
		stdout: { write: () => true, isTTY: true, columns },
		stderr: { write: (text) => (err += text), isTTY: true, columns },
		env: {},
	});
	return err;
}

test("on a terminal, items that there are stand in lines, with what they are called in its language", async () => {
	const needs = ["rates", SAMPLE, "--topic", "needs", "--item", "zzz"];
	const lines = (await said(needs)).split("\n");
	expect(lines[0]).toBe('talis-pd: there is no item "zzz" — there are:');
	expect(lines[1]).toBe("  subject                  Knowledge of the subject");
	expect(lines).toHaveLength(1 + 14 + 1);
	const [first, second] = (await said([...needs, "--lang", "ru"])).split("\n");
	expect(first).toBe("talis-pd: нет показателя «zzz» — есть:");
	expect(second).toMatch(/^ {2}subject +\p{Script=Cyrillic}/u);
});

test("names that are called nothing else stand in as many columns as there is room for", async () => {
	const kinds = ["rates", SAMPLE, "--chart", "x.svg", "--kind", "zzz"];
	const narrow = (await said(kinds, 40)).trim().split("\n").slice(1);
	const wide = (await said(kinds, 160)).trim().split("\n").slice(1);
	expect(narrow.length).toBeGreaterThan(wide.length);
	for (const line of narrow) expect(line.length).toBeLessThanOrEqual(40);
	const words = (lines: readonly string[]) => lines.flatMap((line) => line.trim().split(/ +/)).sort();
	expect(words(narrow)).toEqual(words(wide));
});

test("of a survey's columns, what is called something comes first, and the command that lists all", async () => {
	const lines = (await said(["rates", SAMPLE, "--by", "zzz"])).trimEnd().split("\n");
	expect(lines.slice(1, 4)).toEqual(expect.arrayContaining([expect.stringMatching(/^ {2}gender +Gender$/)]));
	expect(lines.at(-1)).toMatch(/^ {2}and \d+ more: talis-pd inspect FILE --variables$/);
	expect(lines.length).toBeLessThan(42);
});

test("countries have their names", async () => {
	expect(await said(["published", "--country", "XYZ"])).toMatch(/^ {2}(?:\S+ +)?FRA +France$/m);
});

test("elsewhere the sentence has every name but those of replicate weights", async () => {
	const { err } = await run(["rates", SAMPLE, "--by", "zzz"]);
	expect(err).toContain("TT3G28G, TCHWGT");
	expect(err).not.toContain("TRWGT1");
	expect(err.trim().split("\n")).toHaveLength(1);
	const asked = await run(["rates", SAMPLE, "--by", "zzz", "--json-errors"]);
	expect(JSON.parse(asked.err).hint).toContain("TT3G28G, TCHWGT");
});
