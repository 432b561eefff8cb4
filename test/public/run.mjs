// Runs test files of other readers through the commands, for developers: npm run check:public [-- FOLDER]
// Every file ends in 0, or in 2 with a sentence; none in 1, and none takes longer than a minute. Where R has haven and
// data.table, the values are held against theirs, and those of Parquet against DuckDB's. Without a folder the files are fetched, which needs a network; they are
// not kept in this project.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { SOURCES, TABLE } from "./sources.mjs";

const MINUTE = 60_000;
const ONE = fileURLToPath(new URL("one.mjs", import.meta.url));
const REFEREE = fileURLToPath(new URL("values.R", import.meta.url));
const DUCKDB = fileURLToPath(new URL("parquet.mjs", import.meta.url));

const [given, only] = process.argv.slice(2);
const folder = given ?? fetchAll();
const work = mkdtempSync(join(tmpdir(), "talis-pd-public-"));

const counts = { files: 0, read: 0, refused: 0, compared: 0 };
const faults = [];
for (const file of tablesIn(folder)) {
	const name = relative(folder, file);
	if (only !== undefined && !name.includes(only)) continue;
	counts.files += 1;
	const { code, out, err } = await oneFile([ONE, file, join(work, "converted.csv")]);
	if (code !== 0) {
		faults.push(
			`${name}: ${code === null ? "took longer than a minute" : err.trim() || `ended with ${code}`}`,
		);
		continue;
	}
	const { read, said } = JSON.parse(out);
	counts[read ? "read" : "refused"] += 1;
	if (!read) say(`  refused  ${name}: ${said}`);
	else await hold(file, name);
}
rmSync(work, { recursive: true });
say(`${JSON.stringify(counts)}`);
for (const fault of faults) say(`FAULT ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** A line of the log. */
function say(line) {
	process.stdout.write(`${line}\n`);
}

/** Clones what the files are in, without history. */
function fetchAll() {
	const to = mkdtempSync(join(tmpdir(), "talis-pd-sources-"));
	for (const source of SOURCES) {
		const from = `https://github.com/${source}.git`;
		execFileSync("git", ["clone", "--quiet", "--depth", "1", from, join(to, source.replace("/", "+"))]);
	}
	return to;
}

function tablesIn(from) {
	return readdirSync(from, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && TABLE.test(entry.name))
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((path) => !/[\\/]\.git[\\/]/.test(path))
		.sort();
}

function oneFile(args, command = process.execPath) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			stdio: ["ignore", "pipe", "pipe"],
			timeout: MINUTE,
			killSignal: "SIGKILL",
		});
		const parts = { out: "", err: "" };
		child.stdout.on("data", (data) => (parts.out += data));
		child.stderr.on("data", (data) => (parts.err += data));
		child.on("error", () => resolve({ code: 127, ...parts }));
		child.on("close", (code) => resolve({ code, ...parts }));
	});
}

/** Cells that another reader reads otherwise are faults; what it cannot read says nothing. */
async function hold(file, name) {
	const both = [file, join(work, "converted.csv")];
	const isParquet = file.toLowerCase().endsWith(".parquet");
	const { code, out } = await (isParquet
		? oneFile([DUCKDB, ...both])
		: oneFile([REFEREE, ...both], "Rscript"));
	if (code !== 0) return;
	counts.compared += 1;
	if (out.trim() !== "same") faults.push(`${name}: ${out.trim()}`);
}
