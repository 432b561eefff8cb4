// Of the types that tsc writes, the package ships those that its exports reach. Specifications of charts are of vega-lite,
// which is not installed with the package: vega-lite.d.ts says of them what does not depend on it.
import { copyFileSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const VEGA_LITE = "vega-lite.d.ts";

/** @param entries What the package exports, as `index`. */
export function shipTypes(folder, entries) {
	const kept = new Set([join(folder, VEGA_LITE)]);
	copyFileSync(new URL(VEGA_LITE, import.meta.url), join(folder, VEGA_LITE));
	const keep = (path) => {
		if (kept.has(path)) return;
		kept.add(path);
		const own = `./${relative(dirname(path), join(folder, "vega-lite.js"))}`;
		const code = readFileSync(path, "utf8").replaceAll('from "vega-lite"', `from "${own}"`);
		writeFileSync(path, code);
		for (const [, from] of code.matchAll(/(?:\bfrom|\bimport\() ?"(\.[^"]+)"/g))
			keep(join(dirname(path), from.replace(/\.js$/, ".d.ts")));
	};
	for (const entry of entries) keep(join(folder, `${entry}.d.ts`));
	prune(folder, kept);
}

function prune(folder, kept) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) prune(path, kept);
		else if (path.endsWith(".d.ts") && !kept.has(path)) rmSync(path);
	}
	if (readdirSync(folder).length === 0) rmdirSync(folder);
}
