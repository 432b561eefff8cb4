// Says whether two built checkouts give the same outputs for every command line of README and docs, those of the first:
//   node test/same-outputs/run.mjs BEFORE AFTER [PATTERN]
// Lines that make results are run once more for every format, for charts and in other languages. A pattern keeps the lines
// it is found in. Ends with 1 where anything differs.

import { spawn } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { documentedLines } from "./command-lines.mjs";
import { differencesOf } from "./differences.mjs";
import { EARLIER_REPORT, EARLIER_RESULTS, layInputs } from "./inputs.mjs";

const ANALYSES = ["rates", "compare", "gaps", "means", "published", "reach", "render"];
const MORE = [
	["--out", "same.json", "--chart", "same.svg"],
	["--out", "same.csv", "--chart", "same.vl.json"],
	["--out", "wide.csv", "--wide"],
	["--out", "same.xlsx"],
	["--out", "same.md"],
	["--out", "same.html", "--chart", "chart.html", "--lang", "ru"],
	["--out", "same.tex", "--chart", "chart.svg", "--lang", "kk"],
];

const [before, after, pattern = ""] = process.argv.slice(2);
for (const checkout of [before, after])
	if (checkout === undefined || !existsSync(join(checkout, "dist")))
		throw new Error("name two built checkouts: BEFORE AFTER");

const work = mkdtempSync(join(tmpdir(), "same-outputs-"));
try {
	await compareAll();
} finally {
	rmSync(work, { recursive: true });
}

async function compareAll() {
	const inputs = join(work, "inputs");
	layInputs(before, inputs);
	for (const args of [EARLIER_RESULTS, EARLIER_REPORT]) await run(before, args, inputs);
	const counts = { runs: 0, outputs: 0, excused: 0, refused: 0, differences: 0 };
	for (const { document, number, args } of documentedLines(before)) {
		if (!args.join(" ").includes(pattern)) continue;
		const sides = [before, after].map((checkout, side) => ({ checkout, folder: folderOf(document, side) }));
		for (const more of [[], ...(ANALYSES.includes(args[0]) ? MORE : [])]) {
			const line = [...args, ...more];
			const [old, now] = await Promise.all(sides.map(({ checkout, folder }) => run(checkout, line, folder)));
			const { differences, excused } = differencesOf(old, now);
			counts.runs++;
			counts.outputs += old.size;
			counts.excused += excused;
			counts.differences += differences.length;
			if (String(old.get("exit code")) === "2") counts.refused++;
			for (const text of differences) say(`${document}:${number} talis-pd ${line.join(" ")}\n  ${text}`);
		}
	}
	const { runs, outputs, excused, refused, differences } = counts;
	say(
		`${runs} runs (${refused} refused) gave ${outputs} outputs: ${differences} differ, ${excused} by what is excused`,
	);
	if (differences > 0 || runs === 0) process.exitCode = 1;
}

/** Lines of one document go on from each other in one folder a side. */
function folderOf(document, side) {
	const folder = join(work, document.replace("/", "-"), `side-${side}`);
	if (existsSync(folder)) return folder;
	cpSync(join(work, "inputs"), folder, { recursive: true });
	cpSync(join(work, "inputs/earlier"), join(folder, "../2025/report"), { recursive: true });
	return folder;
}

/** Runs one line: what it prints, its exit code and the files it writes. */
async function run(checkout, args, cwd) {
	mkdirSync(cwd, { recursive: true });
	const earlier = stamps(cwd);
	const child = spawn(process.execPath, [resolve(checkout, "bin/talis-pd.js"), ...args], {
		cwd,
		env: { ...process.env, LANG: "C.UTF-8", NO_COLOR: "1" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = new Promise((done) => child.on("close", done));
	const [stdout, stderr, code] = await Promise.all([bytesOf(child.stdout), bytesOf(child.stderr), ended]);
	const written = [...stamps(cwd)].filter(([name, stamp]) => earlier.get(name) !== stamp);
	return new Map([
		["stdout", stdout],
		["stderr", stderr],
		["exit code", Buffer.from(String(code))],
		...written.map(([name]) => [name, readFileSync(join(cwd, name))]),
	]);
}

async function bytesOf(stream) {
	const pieces = [];
	for await (const piece of stream) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** When each file below a folder was written last. */
function stamps(folder) {
	const names = readdirSync(folder, { recursive: true });
	return new Map(
		names
			.map((name) => [name, statSync(join(folder, name))])
			.filter(([, stat]) => stat.isFile())
			.map(([name, { mtimeMs, ino }]) => [name, `${ino} ${mtimeMs}`]),
	);
}

function say(text) {
	process.stdout.write(`${text}\n`);
}
