// Whether two builds make the same bytes: node test/bytes/compare.mjs BEFORE AFTER [FOLDER] [--blanks]
// BEFORE and AFTER are folders of the project, each built by `npm run build`; FOLDER keeps their outputs, and those of BEFORE
// are made only where they are not there. Set aside are what is new in JSON (ADDED) and, in a manifest, hashes of it, as output and as baseline; with
// --blanks also how many blanks stand between the words of a terminal's table.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { commandLines } from "./lines.mjs";

/** Keys that results have gained. */
const ADDED = ["kind"];

const blanks = process.argv.includes("--blanks");
const [before, after, asked] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const folder = resolve(asked ?? mkdtempSync(join(tmpdir(), "talis-pd-bytes-")));
mkdirSync(folder, { recursive: true });
const list = join(folder, "lines.json");
const lines = JSON.stringify({ root: resolve(before), lines: commandLines(after) });
const isKept = existsSync(list) && readFileSync(list, "utf8") === lines && existsSync(join(folder, "before"));
writeFileSync(list, lines);
if (!isKept) outputs(before, "before");
outputs(after, "after");

const [old, now] = ["before", "after"].map((name) => filesIn(join(folder, name)));
const names = [...new Set([...old.keys(), ...now.keys()])].sort();
const different = names.filter((name) => contentOf(old.get(name)) !== contentOf(now.get(name)));
for (const name of different) {
	const line = readFileSync(join(folder, "after", name.split("/")[0], "line.txt"), "utf8").split("\n")[0];
	process.stdout.write(`${name}: ${line}\n`);
}
process.stdout.write(`${names.length} outputs, ${different.length} differ; they are in ${folder}\n`);
process.exitCode = different.length === 0 ? 0 : 3;

function outputs(build, name) {
	const script = join(import.meta.dirname, "outputs.mjs");
	execFileSync(process.execPath, [script, resolve(build), join(folder, name), list], { stdio: "inherit" });
}

/** Path in the folder → path. */
function filesIn(place) {
	return new Map(
		readdirSync(place, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.map((path) => [relative(place, path), path]),
	);
}

function contentOf(path) {
	if (path === undefined) return null;
	const content = readFileSync(path, "latin1");
	if (content.startsWith("{")) return JSON.stringify(withoutAdded(JSON.parse(content)), null, 1);
	return blanks && path.endsWith("stdout.txt") ? content.replace(/ +/g, " ") : content;
}

function withoutAdded(data) {
	if (data.schema === "talis-pd/report@1") {
		const inputs = data.inputs.filter(({ role }) => role !== "baseline");
		return { ...data, inputs, outputs: data.outputs.filter(({ path }) => path !== "results.json") };
	}
	if (data.schema !== "talis-pd/results@1") return data;
	return Object.fromEntries(Object.entries(data).filter(([key]) => !ADDED.includes(key)));
}
