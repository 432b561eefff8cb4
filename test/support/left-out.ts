import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "vite";

/** Packages that are imported, and files of the repository that are imported or named, such as a script that is started. */
const IMPORTED = /(?:\bfrom|\bimport\(?) ?"([^".][^"]*)"/g;
const NAMED = /"(\.{1,2}\/[^"]+|(?:test|tools)\/[^"]+\.mjs)"/g;

/** What a file needs of `packages`, by itself or by other files of test/ and tools/. */
function neededBy(path: string, packages: readonly string[], seen = new Set<string>()): Set<string> {
	const file = existsSync(path) ? path : path.replace(/\.js$/, ".ts");
	const needed = new Set<string>();
	if (seen.has(file) || !/\/(test|tools)\/.*\.m?[jt]s$/.test(file) || !existsSync(file)) return needed;
	seen.add(file);
	const code = readFileSync(file, "utf8");
	for (const [, imported = ""] of code.matchAll(IMPORTED)) {
		const name = packages.find((one) => imported === one || imported.startsWith(`${one}/`));
		if (name !== undefined) needed.add(name);
	}
	for (const [, named = ""] of code.matchAll(NAMED)) {
		const other = named.startsWith(".") ? join(dirname(file), named) : resolve(named);
		for (const name of neededBy(other, packages, seen)) needed.add(name);
	}
	return needed;
}

/**
 * Tests that need a package of checks/package.json, which only `npm run check:tools` installs, are skipped where it is
 * missing: each such file becomes one skipped test, which says why.
 */
export function leftOut(): Plugin {
	const { devDependencies } = JSON.parse(readFileSync("checks/package.json", "utf8"));
	const missing = Object.keys(devDependencies).filter((name) => !existsSync(`node_modules/${name}`));
	const reasons = new Map<string, string>();
	const files = missing.length === 0 ? [] : readdirSync("test", { recursive: true, encoding: "utf8" });
	for (const file of files.filter((name) => name.endsWith(".test.ts"))) {
		const path = resolve("test", file);
		const needed = [...neededBy(path, missing)];
		if (needed.length > 0) reasons.set(path, `needs ${needed.join(", ")}: npm run check:tools installs it`);
	}
	return {
		name: "left-out",
		enforce: "pre",
		load(id) {
			const reason = reasons.get(id.replace(/\?.*/, ""));
			if (reason === undefined) return null;
			return `import { test } from "vitest"; test.skip(${JSON.stringify(reason)}, () => {});`;
		},
	};
}
