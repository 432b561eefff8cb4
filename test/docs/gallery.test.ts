import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHART_KINDS } from "../../src/chart/choices.js";
import { run, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

// docs/gallery.md: each kind of chart, with a picture made by the command that it shows. `npm run docs` makes the pictures.

const PICTURES = join(root, "docs/gallery");
const SECTION =
	/^## `([\w-]+)`\n\n.+(?:\n.+)*\n\n```sh\ntalis-pd (.+) --chart (\S+)\n```\n\n!\[.+\]\(gallery\/(\S+)\)\n/gm;

const sections = [...readFileSync(join(root, "docs/gallery.md"), "utf8").matchAll(SECTION)].map(
	([, kind = "", line = "", chart = "", picture = ""]) => ({ kind, line, chart, picture }),
);
const folder = temporaryFolder();

test("has every kind once, in the order of the registry, with its own picture", () => {
	expect(sections.map(({ kind }) => kind)).toEqual(CHART_KINDS);
	for (const { kind, chart, picture } of sections) {
		expect(picture).toBe(chart);
		expect(chart.replace(/\.\w+$/, "")).toBe(kind);
	}
});

test.each(sections)("$kind is what its command draws (npm run docs)", async ({ kind, line, chart }) => {
	const drawn = await draw(line, chart);
	if (process.env.UPDATE_DOCS) writeFileSync(join(PICTURES, chart), drawn);
	expect(drawn.equals(readFileSync(join(PICTURES, chart)))).toBe(true);
	if (!line.includes("--kind")) expect(drawn.equals(await draw(`${line} --kind ${kind}`, chart))).toBe(true);
});

test("has no picture that it does not show", () => {
	expect(readdirSync(PICTURES).sort()).toEqual(sections.map(({ picture }) => picture).sort());
});

async function draw(line: string, chart: string): Promise<Buffer> {
	const words = line.split(" ").map((word) => (word.startsWith("data/") ? join(root, word) : word));
	const { code, err } = await run([...words, "--chart", join(folder, chart)]);
	expect(code, err).toBe(0);
	return readFileSync(join(folder, chart));
}
