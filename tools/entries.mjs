import { readFileSync } from "node:fs";
import { basename } from "node:path";

const { exports } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** What the package exports, by the names of its files: `index` first, then its sub-paths. */
export const ENTRIES = Object.values(exports).flatMap(({ types }) =>
	types === undefined ? [] : [basename(types, ".d.ts")],
);
