import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-fresh-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...parts: string[]) => join(folder, ...parts);

test("a build is fresh until something it is made of changes, comes or goes, or another Node runs", async () => {
	const tool = pathToFileURL(join(root, "tools/is-fresh.mjs")).href;
	const { isFresh } = (await import(tool)) as {
		isFresh(folder: string, last: readonly string[], inputs: readonly string[]): boolean;
	};
	const fresh = () => isFresh(at("dist"), ["bundle.js"], [at("src")]);
	for (const name of ["dist", "src/room"]) mkdirSync(at(name), { recursive: true });
	for (const name of ["src/room/a.ts", "src/room/b.ts", "dist/bundle.js"]) writeFileSync(at(name), "");
	const setTime = (name: string, seconds: number) => utimesSync(at(name), seconds, seconds);
	const makeOld = () => {
		for (const name of ["src", "src/room", "src/room/a.ts"]) setTime(name, 1000);
		setTime("dist/bundle.js", 2000);
	};
	rmSync(at("src/room/b.ts"));
	makeOld();
	expect(fresh(), "no compiled code of this Node").toBe(false);
	writeFileSync(at(`dist/bundle-${process.version}-abc.cache`), "");
	expect(fresh()).toBe(true);
	setTime("src/room/a.ts", 3000);
	expect(fresh(), "changed").toBe(false);
	makeOld();
	writeFileSync(at("src/room/c.ts"), "");
	setTime("src/room/c.ts", 1000);
	expect(fresh(), "one more").toBe(false);
	makeOld();
	rmSync(at("src/room/c.ts"));
	expect(fresh(), "one less").toBe(false);
	makeOld();
	rmSync(at("dist/bundle.js"));
	expect(fresh(), "half removed").toBe(false);
});
