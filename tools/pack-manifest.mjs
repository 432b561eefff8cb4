// npm warns whoever installs a release of scripts that it could run, `prepare` among them, though the packed folder is built.
// `prepack` takes `prepare` out of package.json, and `postpack` puts the file back as it was, to the byte.
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const MANIFEST = "package.json";
const KEPT = "node_modules/.package.json.kept";

if (process.argv.includes("--restore")) renameSync(KEPT, MANIFEST);
else {
	copyFileSync(MANIFEST, KEPT);
	const text = readFileSync(MANIFEST, "utf8");
	const packed = text.replace(/^\t\t"prepare": .*\n/m, "");
	if (packed === text) throw new Error(`${MANIFEST} has no line with prepare`);
	writeFileSync(MANIFEST, packed);
}
