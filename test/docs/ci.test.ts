import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync("docs/ci.md", "utf8");
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const image = /^```dockerfile\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? "";

/** What follows a word at the beginning of the image's lines. */
const linesOf = (word: string) =>
	[...image.matchAll(new RegExp(`^${word} (.+)$`, "gm"))].map(([, rest = ""]) => rest);

test("the Dockerfile installs this version, by a Node that it runs on", () => {
	const [from = ""] = linesOf("FROM");
	const [, needed = ""] = /^>=(\d+)/.exec(manifest.engines.node) ?? [];
	expect(from).toMatch(/^node:\d+-\w+-slim$/);
	expect(Number(/\d+/.exec(from))).toBeGreaterThanOrEqual(Number(needed));
	expect(linesOf("RUN").join()).toContain(` ${manifest.name}@${manifest.version} `);
	expect(linesOf("COPY")).toEqual([]);
});

test("the Dockerfile starts the command, and not as root", () => {
	const [started = ""] = JSON.parse(linesOf("ENTRYPOINT").join());
	expect(Object.keys(manifest.bin)).toContain(started);
	expect(image.indexOf("USER node")).toBeGreaterThan(image.indexOf("RUN"));
	expect(page).toMatch(/^docker run .*--read-only .*--network none/m);
});
