// All of the tool's code is built into one file, but for the command line, which is in one of its own and shows --help by
// itself, and packages that few commands need. Beside each lies what V8 compiled of it while it did typical work, so that
// a start need not compile it again.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { once } from "../base/once.js";
import { builtPath } from "../platform/assets.js";

/** What the bundle holds; each part is initialised when it is first asked for. */
export interface Bundle {
	library(): typeof import("../index.js");
	chart(): typeof import("../chart.js");
	report(): typeof import("../report.js");
	synth(): typeof import("../synth.js");
	arrow(): typeof import("../arrow.js");
	internal(): typeof import("../internal.js");
	threads(): typeof import("../read/threads/file-threads.js");
	/** What a thread does that reads a file. */
	reading(): void;
	/** What a thread does that makes a workbook. */
	workbook(): void;
}

const SEAL_BYTES = 4;

const MAIN = "bundle.js";
const COMMAND_LINE = "command-line.js";
const PACKAGE = /^\.\/packages\/|^vega$/;

/** How compiled code is named for this Node. V8 itself looks at its version and flags alone, and not how it was built. */
const build = `${process.version}-${crc32(JSON.stringify([process.platform, process.arch, process.config])).toString(16)}`;

/** Where compiled code of a file lies, for this Node. */
export function cachePath(name: string): string {
	return builtPath(`${name.replace(/\.c?js$/, "")}-${build}.cache`);
}

/** What has run, by its file, so that the build can keep what V8 compiled of it. */
export const scripts: Map<string, Script> = new Map();

/** What a file of code is wrapped in, so that it is given what it would find of itself. */
export function asFunction(code: string): string {
	return `(function (exports, require, module, __filename, __dirname, importPackage) {${code}\n})`;
}

/** Whether the build has written it at one byte per letter and as a function: to copy megabytes takes a while. */
const isOurs = (name: string) => name === MAIN || name === COMMAND_LINE;

/** A file that is built, as code that can run. */
export function builtScript(name: string, cachedData?: Buffer): Script {
	const code = readFileSync(builtPath(name), isOurs(name) ? "latin1" : "utf8");
	return new Script(isOurs(name) ? code : asFunction(code), {
		// It stands in the compiled code, wherever the package is then.
		filename: `talis-pd/dist/${name}`,
		...(cachedData === undefined ? {} : { cachedData }),
	});
}

function run(name: string): unknown {
	const script = builtScript(name, compiledCode(name));
	scripts.set(name, script);
	const [path, module] = [builtPath(name), { exports: {} }];
	// Compiled code does not know who it is, so that import has to be given.
	const importPackage = (wanted: string) => import(wanted);
	const args = [module.exports, requireOf(path), module, path, dirname(path), importPackage];
	script.runInThisContext()(...args);
	return module.exports;
}

/** What a file of the build requires: the bundle, packages that were built with it, others as Node finds them. */
function requireOf(path: string): object {
	const installed = createRequire(path);
	const load = (name: string) => {
		if (name === "./bundle.js") return loadBundle();
		return PACKAGE.test(name) ? loadPackage(basename(name, ".cjs")) : installed(name);
	};
	return Object.assign(
		load,
		// What packages read beside their code.
		{ resolve: (name: string) => join(dirname(path), basename(name)) },
	);
}

const packages = new Map<string, unknown>();

function loadPackage(name: string): unknown {
	if (!packages.has(name)) packages.set(name, run(`packages/${name}.cjs`));
	return packages.get(name);
}

/** The bundle, with what has been compiled of it already; one and the same however often it is asked for. */
export const loadBundle: () => Bundle = once(() => run(MAIN) as Bundle);

/** The command line, which loads the bundle for what it does. */
export const loadCommandLine: () => typeof import("../cli/main.js") = once(
	() => run(COMMAND_LINE) as typeof import("../cli/main.js"),
);

/** What the file of compiled code holds: V8 itself does not look whether it is damaged, and would fail. */
export function sealed(compiled: Buffer): Buffer {
	const seal = Buffer.alloc(SEAL_BYTES);
	seal.writeUInt32LE(crc32(compiled));
	return Buffer.concat([compiled, seal]);
}

/** Code compiled before; undefined where there is none or it is damaged. */
export function compiledCode(name: string): Buffer | undefined {
	try {
		const file = readFileSync(cachePath(name));
		const compiled = file.subarray(0, -SEAL_BYTES);
		return crc32(compiled) === file.readUInt32LE(compiled.length) ? compiled : undefined;
	} catch {
		return undefined;
	}
}
