// Packages of this folder can be imported from anywhere in the repository: node_modules beside it has links to them, where
// it has not the package itself. Without them installed here, nothing is done.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
for (const name of Object.keys(devDependencies)) {
	const from = join(folder, "node_modules", name);
	const to = join(folder, "../node_modules", name);
	if (!existsSync(from) || existsSync(to)) continue;
	mkdirSync(dirname(to), { recursive: true });
	// One that leads nowhere.
	rmSync(to, { force: true });
	symlinkSync(from, to, "junction");
}
