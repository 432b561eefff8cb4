// Says whether two built checkouts give the same outputs for every command line of README and docs, those of the first:
//   node test/same-outputs/run.mjs [--figures] BEFORE AFTER [PATTERN]
// Lines that make results are run once more for every format, for charts and in other languages. With --figures only the
// figures of results and CSV are compared, row by row, for lines that both checkouts answer: that is for builds between
// which words, layout and defaults changed. A pattern keeps the lines it is found in, or the document (docs/report.md).
// Ends with 1 where anything differs.

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
import { differingFigures } from "./figures.mjs";
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
const ROWS = [
	["--out", "same.json"],
	["--out", "same.csv"],
];

const words = process.argv.slice(2);
const ofFigures = words[0] === "--figures";
const [before, after, pattern = ""] = ofFigures ? words.slice(1) : words;
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
	let runs = 0;
	const tally = ofFigures ? tallyOfFigures() : tallyOfOutputs();
	for (const { document, number, args } of documentedLines(before)) {
		if (!`${document} ${args.join(" ")}`.includes(pattern)) continue;
		const sides = [before, after].map((checkout, side) => ({ checkout, folder: folderOf(document, side) }));
		for (const more of [[], ...(ANALYSES.includes(args[0]) ? (ofFigures ? ROWS : MORE) : [])]) {
			const line = [...args, ...more];
			const [old, now] = await Promise.all(sides.map(({ checkout, folder }) => run(checkout, line, folder)));
			runs++;
			const differences = tally.add(old, now);
			if (differences.length > 0) process.exitCode = 1;
			for (const text of differences) say(`${document}:${number} talis-pd ${line.join(" ")}\n  ${text}`);
		}
	}
	say(`${runs} runs ${tally.summary()}`);
	if (runs === 0) process.exitCode = 1;
}

function tallyOfOutputs() {
	const counts = { outputs: 0, excused: 0, refused: 0, differ: 0 };
	return {
		add(old, now) {
			const { differences, excused } = differencesOf(old, now);
			counts.outputs += old.size;
			counts.excused += excused;
			counts.differ += differences.length;
			if (codeOf(old) === "2") counts.refused++;
			return differences;
		},
		summary: () =>
			`(${counts.refused} refused) gave ${counts.outputs} outputs: ${counts.differ} differ, ${counts.excused} by what is excused`,
	};
}

function tallyOfFigures() {
	const counts = { refused: 0, rows: 0, added: 0, figures: 0, near: 0 };
	return {
		add(old, now) {
			if (codeOf(old) === "2") {
				counts.refused++;
				return [];
			}
			if (codeOf(old) !== codeOf(now))
				return [`exit code ${codeOf(old)} became ${codeOf(now)}: ${now.get("stderr")}`];
			const { differences, ...more } = differingFigures(old, now);
			for (const [name, count] of Object.entries(more)) counts[name] += count;
			return differences;
		},
		summary: () =>
			`(${counts.refused} refused by the first) gave ${counts.figures} figures in ${counts.rows} rows that both have ` +
			`(${counts.near} of them the same to 12 digits only; ${counts.added} rows are new)`,
	};
}

function codeOf(outputs) {
	return String(outputs.get("exit code"));
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
