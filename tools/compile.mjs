// Keeps what V8 compiles of the code while it does typical work, so that a start need not compile it again.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

const [dist] = process.argv.slice(2);
const { cachePath, loadCommandLine, scripts, sealed } = await import(
	pathToFileURL(join(dist, "start/bundle.cjs"))
);

const folder = mkdtempSync(join(tmpdir(), "talis-pd-compile-"));
const at = (name) => join(folder, name);
const one = "data/samples/synthetic-kazakhstan-2018.csv";
const four = "data/samples/synthetic-talis-2024.csv";

const WORK = [
	["--help"],
	["rates", one],
	["rates", one, "--chart", at("one.svg")],
	["rates", one, "--chart", at("one.png")],
	["rates", one, "--chart", at("one.html")],
	["rates", four, "--by", "country,gender", "--out", at("rates.csv")],
	["compare", four, "--between", "country"],
	["model", one, "--outcome", "types", "--predict", "gender,age", "--out", at("model.csv")],
	["model", one, "--outcome", "coaching", "--predict", "gender,age"],
	["convert", one, at("one.parquet")],
	["rates", at("one.parquet"), "--by", "gender"],
	["convert", "test/fixtures/read/haven-bytecode.sav", at("small.csv")],
];

/** Packages whose compiled code would take more room in a release than its few milliseconds are worth. */
const SELDOM = ["hyparquet-writer"];

/** Runs one command, of which nothing is shown. */
async function run(main, argv) {
	const said = [];
	const stdout = { write() {} };
	const stderr = { write: (text) => said.push(text) };
	if ((await main(argv, { stdin: process.stdin, stdout, stderr, env: {} })) !== 0) {
		throw new Error(`talis-pd ${argv.join(" ")}: ${said.join("")}`);
	}
}

// V8 lets go of code that has not run for a while, and takes code only with the flags it was compiled with.
setFlagsFromString("--no-flush-bytecode");
const { main } = loadCommandLine();
for (const argv of WORK) await run(main, argv);
setFlagsFromString("--flush-bytecode");
for (const [name, script] of scripts) {
	if (!SELDOM.some((part) => name.includes(part))) {
		writeFileSync(cachePath(name), sealed(script.createCachedData()));
	}
}
rmSync(folder, { recursive: true });
