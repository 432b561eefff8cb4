// All outputs of one build: node test/bytes/outputs.mjs BUILD FOLDER LINES.json
// Each line is run in the same folder by the built program, in this one process; what it prints and writes goes to FOLDER.
import {
	cpSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";

const [build, folder, list] = process.argv.slice(2).map((path) => resolve(path));
const lines = JSON.parse(readFileSync(list, "utf8"));
const { root } = lines;
const place = join(tmpdir(), `talis-pd-bytes-${process.pid}`);
rmSync(folder, { recursive: true, force: true });
mkdirSync(place);
for (const name of ["data", "reports"]) symlinkSync(join(root, name), join(place, name));
symlinkSync(resolve(root, "../shared"), join(place, "shared"));
const KEPT = readdirSync(place);
process.chdir(place);

const { loadBundle } = await import(join(build, "dist/start/bundle.cjs"));
const { main } = loadBundle().command();

for (const [index, args] of lines.lines.entries()) {
	const texts = { stdout: "", stderr: "" };
	const sink = (name) => ({ write: (text) => (texts[name] += text), columns: 100 });
	const io = { stdin: Readable.from([]), stdout: sink("stdout"), stderr: sink("stderr"), env: {} };
	const before = stamps();
	const code = await main(args, io);
	const own = join(folder, String(index).padStart(3, "0"));
	mkdirSync(own, { recursive: true });
	writeFileSync(join(own, "line.txt"), `talis-pd ${args.join(" ")}\nexit code ${code}\n`);
	writeFileSync(join(own, "stdout.txt"), texts.stdout);
	writeFileSync(join(own, "stderr.txt"), texts.stderr);
	const after = stamps();
	for (const [name, stamp] of after) {
		if (before.get(name) !== stamp) cpSync(join(place, name), join(own, name), { recursive: true });
	}
	process.stderr.write(`\r${index + 1} of ${lines.lines.length} `);
}
process.stderr.write("\n");
rmSync(place, { recursive: true });
process.exit(0);

/** What is in the folder, by the number of the file, which is another where it is written anew. */
function stamps() {
	return new Map(
		readdirSync(place)
			.filter((name) => !KEPT.includes(name))
			.map((name) => [name, statSync(join(place, name)).ino]),
	);
}
