// Runs the command of a package of this folder: node checks/run.mjs PACKAGE ARGUMENTS…
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [name = "", ...args] = process.argv.slice(2);
const found = ["node_modules", "../node_modules"]
	.map((place) => join(fileURLToPath(new URL(place, import.meta.url)), name))
	.find((place) => existsSync(join(place, "package.json")));
if (found === undefined) {
	process.stderr.write(`${name} is not installed — npm run check:tools installs what checks the project\n`);
	process.exit(2);
}
const { bin } = JSON.parse(readFileSync(join(found, "package.json"), "utf8"));
const command = typeof bin === "string" ? bin : Object.values(bin)[0];
process.exitCode =
	spawnSync(process.execPath, [join(found, command), ...args], { stdio: "inherit" }).status ?? 1;
