import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apiPages } from "../../tools/api.mjs";
import { root } from "../support/golden.js";

// docs/api is what typedoc makes of the declarations that are shipped. `npm run docs` makes it.

const FOLDER = join(root, "docs/api");
const made = await apiPages();

test("docs/api is made from the declarations as they are (npm run docs)", () => {
	if (process.env.UPDATE_DOCS) {
		rmSync(FOLDER, { recursive: true, force: true });
		mkdirSync(FOLDER);
		for (const [name, text] of made) writeFileSync(join(FOLDER, name), text);
	}
	expect(readdirSync(FOLDER).sort()).toEqual([...made.keys()]);
	for (const [name, text] of made) expect(text === readFileSync(join(FOLDER, name), "utf8"), name).toBe(true);
});

test.each([
	["index", "talis-pd"],
	["arrow", "arrow"],
	["chart", "chart"],
	["report", "report"],
	["synth", "synth"],
])("everything that %s exports has a heading", (entry, page) => {
	const declared = readFileSync(join(root, `dist/${entry}.d.ts`), "utf8");
	const names = [...declared.matchAll(/^export (?:type )?\{([^}]+)\}/gm)].flatMap(([, list = ""]) =>
		list.split(",").flatMap((name) => name.match(/\w+(?=\s*$)/) ?? []),
	);
	expect(names.length).toBeGreaterThan(1);
	const headings = new Set(
		[...(made.get(`${page}.md`) ?? "").matchAll(/^### (.+?)(?:\(\))?$/gm)].map(([, name = ""]) =>
			name.replaceAll("\\", ""),
		),
	);
	expect(names.filter((name) => !headings.has(name))).toEqual([]);
});
