// All of the tool's code is built into one file, beside which lies what V8 compiled of it while it did typical work, so
// that a start need not compile it again.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
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
	command(): typeof import("../cli/main.js");
	threads(): typeof import("../read/threads/file-threads.js");
	/** What a thread does that reads a file. */
	reading(): void;
	/** What a thread does that makes a workbook. */
	workbook(): void;
}

const SEAL_BYTES = 4;

const path = builtPath("bundle.js");

/** Where compiled code for this Node lies. V8 itself looks at its version and flags alone, and not how it was built. */
export const cachePath = builtPath(`bundle-${process.version}-${buildOf(process.config)}.cache`);

function buildOf(config: object): string {
	return crc32(JSON.stringify([process.platform, process.arch, config])).toString(16);
}

/** The bundle, not yet run. */
export function bundleScript(cachedData?: Buffer): Script {
	return new Script(readFileSync(path, "latin1"), {
		// It stands in the compiled code, wherever the package is then.
		filename: "talis-pd/dist/bundle.js",
		...(cachedData === undefined ? {} : { cachedData }),
	});
}

/** Runs the bundle. */
export function runBundle(script: Script): Bundle {
	const module = { exports: {} };
	// Compiled code does not know who it is, so that import has to be given.
	const importPackage = (name: string) => import(name);
	script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path), importPackage);
	return module.exports as Bundle;
}

/** The bundle, with what has been compiled of it already; one and the same however often it is asked for. */
export const loadBundle: () => Bundle = once(() => runBundle(bundleScript(compiledCode())));

/** What the file of compiled code holds: V8 itself does not look whether it is damaged, and would fail. */
export function sealed(compiled: Buffer): Buffer {
	const seal = Buffer.alloc(SEAL_BYTES);
	seal.writeUInt32LE(crc32(compiled));
	return Buffer.concat([compiled, seal]);
}

/** Code compiled before; undefined where there is none or it is damaged. */
export function compiledCode(): Buffer | undefined {
	try {
		const file = readFileSync(cachePath);
		const compiled = file.subarray(0, -SEAL_BYTES);
		return crc32(compiled) === file.readUInt32LE(compiled.length) ? compiled : undefined;
	} catch {
		return undefined;
	}
}
