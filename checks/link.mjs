// Packages of this folder can be imported from anywhere in the repository: node_modules beside it has links to them, where
// it has not the package itself. With --needed, it is an error where one of them is missing.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const missing = [];
for (const name of Object.keys(devDependencies)) {
	const from = join(folder, "node_modules", name);
	const to = join(folder, "../node_modules", name);
	if (existsSync(to)) continue;
	if (!existsSync(from)) {
		missing.push(name);
		continue;
	}
	mkdirSync(dirname(to), { recursive: true });
	// One that leads nowhere.
	rmSync(to, { force: true });
	symlinkSync(from, to, "junction");
}
if (missing.length > 0 && process.argv.includes("--needed")) {
	process.stderr.write(
		`${missing.join(", ")}: not installed — npm run check:tools installs what checks the project\n`,
	);
	process.exitCode = 2;
}
