// src/ → dist/: types by tsc, code bundled by esbuild into one file, so that starting means opening a few files and not six
// hundred; src/loops/*.ts → dist/*.wasm, the inner loops; and at the end what V8 compiles of the bundle. All of it is made
// beside dist/ and takes its place when it is whole: commands that run meanwhile find the old one or the new one.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { removeAtEnd, replaceFolder } from "./replace-folder.mjs";

// A package of its own, in which what has been built can run before it is moved.
const folder = resolve(`.build-${process.pid}`);
const dist = join(folder, "dist");
removeAtEnd(folder);
mkdirSync(dist, { recursive: true });
for (const part of ["package.json", "data"]) symlinkSync(resolve(part), join(folder, part), "junction");

execFileSync(
	process.execPath,
	["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", dist],
	{ stdio: "inherit" },
);

const options = {
	bundle: true,
	format: "cjs",
	platform: "node",
	target: "node20",
	// One byte a character, so that it is read at once.
	charset: "ascii",
	logLevel: "warning",
	minifyWhitespace: true,
	minifySyntax: true,
	define: { "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
};

// Texts are measured in one way, that of src/present, which knows quickly of most that they have a column a letter; the
// table library brings another one.
const oneMeasure = {
	name: "one-measure",
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^string-width$/ }, ({ importer }) =>
			importer.includes("cli-table3") ? { path: "measure", namespace: "own" } : undefined,
		);
		onLoad({ filter: /^measure$/, namespace: "own" }, () => ({
			contents: `module.exports = require("./src/present/text/text-width.ts").widthOf;`,
			resolveDir: ".",
		}));
	},
};

// These do much as they load, and most runs need nothing of them: they load when one of their exports is first used.
const LATE = /(definition\/schema|variables\/schema|saved-schema)\.ts$|string-width\/index\.js$/;
const whenUsed = {
	name: "when-used",
	setup({ onResolve, onLoad, resolve }) {
		onResolve({ filter: /schema\.js$|^string-width$/ }, async ({ path, namespace, pluginData, ...from }) => {
			if (namespace === "when-used" || pluginData === "found") return undefined;
			const found = await resolve(path, { ...from, pluginData: "found" });
			return LATE.test(found.path) ? { path: found.path, namespace: "when-used" } : found;
		});
		onLoad({ filter: /./, namespace: "when-used" }, ({ path }) => {
			const late = `require(${JSON.stringify(path)})`;
			const names = exportsOf(readFileSync(path, "utf8"));
			const getters = names.map((name) => `get ${name}() { return ${late}.${name}; }`);
			// What a module of this package imports as the default of a CommonJS one is that as a whole.
			const contents = names.includes("default")
				? `module.exports = (...given) => ${late}.default(...given);`
				: `module.exports = { __esModule: true, ${getters} };`;
			return { contents, resolveDir: dirname(path) };
		});
	},
};

function exportsOf(code) {
	const declared = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
	const renamed = [...code.matchAll(/^export \{(.*)\}/gm)].flatMap(([, list]) => list.match(/(?<= as )\w+/g));
	return [...declared, ...renamed, ...(/^export default/m.test(code) ? ["default"] : [])];
}

// What is in the bundle by the names of src/start/bundle.ts.
const parts = {
	library: "src/index.ts",
	chart: "src/chart.ts",
	report: "src/report.ts",
	synth: "src/synth.ts",
	arrow: "src/arrow.ts",
	internal: "src/internal.ts",
	command: "src/cli/main.ts",
	threads: "src/read/threads/file-threads.ts",
	reading: "src/read/threads/reading-thread.ts",
	workbook: "src/report/workbook-thread.ts",
};
const contents = Object.entries(parts)
	.map(([name, path]) => `exports.${name} = () => require("./${path}");`)
	.join("\n");
const { outputFiles } = await build({
	...options,
	stdin: { contents, resolveDir: "." },
	write: false,
	plugins: [oneMeasure, whenUsed],
	// Loaded only where a chart is drawn, results are protected or a database is asked, and large or not there.
	external: [
		...["vega", "vega-lite", "@resvg/resvg-js", "subset-font", "pdfkit", "highs"],
		...["@duckdb/node-api", "pg", "@clickhouse/client", "apache-arrow"],
	],
});
// Compiled code cannot import, and esbuild leaves other letters in regular expressions.
const code = outputFiles[0].text
	.replaceAll(/\bimport\(/g, "importPackage(")
	.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
const names = "exports, require, module, __filename, __dirname, importPackage";
writeFileSync(join(dist, "bundle.js"), `(function (${names}) {${code}\n})`);

// What starts before the bundle is loaded, or does without it.
await build({
	...options,
	entryPoints: [
		"src/start/command.ts",
		"src/start/thread.ts",
		"src/start/bundle.ts",
		"src/read/threads/digest-thread.ts",
	],
	outbase: "src",
	outdir: dist,
	outExtension: { ".js": ".cjs" },
});

// What pages with a chart interpret its expressions with, as a script that sets `interpreter`.
await build({
	entryPoints: [fileURLToPath(import.meta.resolve("vega-interpreter"))],
	outfile: join(dist, "vega-interpreter.js"),
	bundle: true,
	minify: true,
	format: "iife",
	globalName: "interpreter",
	target: "es2020",
	logLevel: "warning",
});

// Names of functions are kept, for profiles.
const wasm = [
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
for (const file of readdirSync("src/loops").filter((name) => name.endsWith(".ts"))) {
	const name = file.slice(0, -".ts".length);
	const { error, stderr } = await asc.main([`src/loops/${file}`, "-o", join(dist, `${name}.wasm`), ...wasm]);
	if (error) {
		process.stderr.write(stderr.toString());
		throw error;
	}
}

// What package.json exports, each a part of the bundle.
const { loadBundle } = await import(pathToFileURL(join(dist, "start/bundle.cjs")));
const bundle = loadBundle();
for (const [file, part] of [
	["index", "library"],
	...["arrow", "chart", "report", "synth"].map((name) => [name, name]),
]) {
	const names = Object.keys(bundle[part]()).join(", ");
	writeFileSync(
		join(dist, `${file}.js`),
		`import { loadBundle } from "./start/bundle.cjs";\nexport const { ${names} } = loadBundle().${part}();\n`,
	);
}

// Codebooks and lists of variables as checked JSON, which loads in a tenth of the time that YAML takes.
mkdirSync(join(dist, "codebooks"));
const { codebookIds, compileCodebook, compileVariables, variablesIds } = bundle.internal();
for (const id of codebookIds()) writeFileSync(join(dist, `codebooks/${id}.json`), compileCodebook(id));
mkdirSync(join(dist, "variables"));
for (const id of variablesIds()) writeFileSync(join(dist, `variables/${id}.json`), compileVariables(id));

// By itself, so that it holds no more than that.
execFileSync(process.execPath, ["tools/compile.mjs", dist], { stdio: "inherit" });

// What starts the rest comes last, so that it never meets less than it needs.
replaceFolder("dist", dist, ["bundle.js", "start/bundle.cjs", "start/thread.cjs", "start/command.cjs"]);
