// src/ → dist/: types by tsc, code bundled by esbuild, so that starting means opening a few files and not six hundred;
// assembly/*.ts → dist/*.wasm, the inner loops.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
	stdio: "inherit",
});

await build({
	entryPoints: [
		"src/index.ts",
		"src/cli/main.ts",
		"src/read/thread.ts",
		"src/read/threads.ts",
		"src/report/workbook-thread.ts",
		"src/read/digest.ts",
	],
	outdir: "dist",
	bundle: true,
	splitting: true,
	chunkNames: "chunks/[name]-[hash]",
	format: "esm",
	platform: "node",
	target: "node20",
	logLevel: "warning",
	minifyWhitespace: true,
	minifySyntax: true,
	// Loaded only where a chart is drawn, and large.
	external: ["vega", "vega-lite", "@resvg/resvg-js", "subset-font"],
	// Packages in the older module format ask for Node's own modules by require.
	banner: {
		js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
	},
});

// Names of functions are kept, for profiles.
const options = [
	"-O3",
	"--noAssert",
	"--debug",
	"--runtime",
	"stub",
	"--enable",
	"simd",
	"--enable",
	"bulk-memory",
];
for (const file of readdirSync("assembly").filter((name) => name.endsWith(".ts"))) {
	const name = file.slice(0, -".ts".length);
	const { error, stderr } = await asc.main([`assembly/${file}`, "-o", `dist/${name}.wasm`, ...options]);
	if (error) {
		process.stderr.write(stderr.toString());
		throw error;
	}
}

// Codebooks as checked JSON, which loads in a tenth of the time that YAML takes.
const { codebookIds, compileCodebook } = await import("../dist/index.js");
mkdirSync("dist/codebooks");
for (const id of codebookIds()) writeFileSync(`dist/codebooks/${id}.json`, compileCodebook(id));
