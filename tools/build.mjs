// src/ → dist/: types by tsc, code bundled by esbuild into one file, so that starting means opening a few files and not six
// hundred; src/loops/*.ts → dist/*.wasm, the inner loops; and at the end what V8 compiles of the code. All of it is made
// beside dist/ and takes its place when it is whole: commands that run meanwhile find the old one or the new one.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { shipTypes } from "./declarations.mjs";
import { ENTRIES } from "./entries.mjs";
import { isFresh } from "./is-fresh.mjs";
import { removeAtEnd, replaceFolder } from "./replace-folder.mjs";

// What starts the rest comes last, so that it never meets less than it needs.
const LAST = ["bundle.js", "command-line.js", "start/bundle.cjs", "start/thread.cjs", "start/command.cjs"];

// `npm test` builds only what has changed since.
const INPUTS = ["src", "tools", "data/codebooks", "data/variables", "package.json", "package-lock.json"];
if (process.argv.includes("--if-stale") && isFresh("dist", LAST, [...INPUTS, "tsconfig.build.json"]))
	process.exit();

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
shipTypes(dist, ENTRIES);

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

// Parts of Node that few runs need and that take milliseconds to load: they do so when one of their exports is first used.
const lateParts = {
	name: "late-parts",
	setup({ onResolve, onLoad }) {
		onResolve(
			{ filter: /^node:(child_process|crypto|fs\/promises|worker_threads)$/ },
			({ path, namespace }) =>
				namespace === "late-parts" ? { path, external: true } : { path, namespace: "late-parts" },
		);
		onLoad({ filter: /./, namespace: "late-parts" }, async ({ path }) => {
			const names = Object.keys(await import(path)).filter((name) => name !== "default");
			return { contents: gettersOf(names, `require(${JSON.stringify(path)})`) };
		});
	},
};

// What most runs need nothing of, and is much: schemas that are made as they load, and entries of rooms that few questions
// enter. They load when one of their exports is first used.
const LATE = new RegExp(
	[
		"/(definition/schema|variables/schema|saved-schema|variable-metadata|report/config|report/manifest)\\.ts$",
		"/src/(protect/index|tabulate/tables/tabulate-table|stats/(tails|upper-tails)|analysis/saved/translate)\\.ts$",
		"/src/analysis/(synthesis/synthesize-results|benchmarks/published-benchmarks|associations/answer-covariances)\\.ts$",
		"/src/present/formats/(csv|html|json|latex|markdown)\\.ts$",
		"/string-width/index\\.js$",
	].join("|"),
);
// The library and its inner entry are lists, of which a command needs little: what is behind a name loads when it is used.
const LIST = /src\/(index|internal)\.ts$/;
// Packages that only some commands need. Each is a file of its own, so that the others do not read it.
const APART =
	/^(any-ascii|fontkitten|hucre|hyparquet-compressors|hyparquet-writer|ml-matrix|pdfkit|picomatch|subset-font|tinyglobby|vega|vega-lite|write-excel-file|yaml|yauzl|@bomb\.sh\/tab|@xmldom\/xmldom)(\/.*)?$/;
// What pages with a chart hold as it is; pictures are drawn by the same files.
const IN_PAGES = ["vega", "vega-lite"];
const isLate = (path) => LATE.test(path) || LIST.test(path);
const apart = new Map();
const whenUsed = {
	name: "when-used",
	setup({ onResolve, onLoad, resolve }) {
		onResolve(
			{ filter: /^\..*\.[jt]s$|^string-width$/ },
			async ({ path, namespace, pluginData, ...from }) => {
				if (namespace === "when-used" || pluginData === "found") return undefined;
				const found = await resolve(path, { ...from, pluginData: "found" });
				return isLate(found.path) ? { path: found.path, namespace: "when-used" } : undefined;
			},
		);
		onLoad({ filter: /./, namespace: "when-used" }, async ({ path }) => {
			const contents = LIST.test(path)
				? listOf(readFileSync(path, "utf8"))
				: gettersOf(await exportsOf(path), `require(${JSON.stringify(path)})`);
			return { contents, resolveDir: dirname(path) };
		});
		onResolve({ filter: APART }, ({ path, importer }) =>
			importer.includes("node_modules") ? undefined : { path, namespace: "apart" },
		);
		onLoad({ filter: /./, namespace: "apart" }, async ({ path }) => {
			const [, name] = APART.exec(path);
			const file = `./packages/${name.replace(/[^\w-]+/g, "-")}.cjs`;
			const found = await import(path);
			const names = Object.keys(found).filter((key) => key !== "module.exports");
			const whole = `require(${JSON.stringify(file)})`;
			if (IN_PAGES.includes(path)) return { contents: gettersOf(names, whole) };
			apart.set(file, (apart.get(file) ?? new Set()).add(path));
			const late = `${whole}[${JSON.stringify(path)}]()`;
			return { contents: gettersOf(names, late, typeof found.default === "function") };
		});
		onResolve({ filter: /^\.\/packages\// }, ({ path }) => ({ path, external: true }));
	},
};

// A package whose files make tables as they load: only those of the functions that are used come along.
const usedFunctions = {
	name: "used-functions",
	setup({ onResolve }) {
		const index = resolve("node_modules/simple-statistics/index.js");
		onResolve({ filter: /^simple-statistics$/ }, () => ({ path: index, sideEffects: false }));
		onResolve({ filter: /^\./ }, ({ path, importer }) =>
			importer === index ? { path: join(dirname(index), path), sideEffects: false } : undefined,
		);
	},
};

// A module whose exports are read when they are used, of modules that load then and are kept: esbuild makes an object of all
// that a module exports each time it is required.
function lateModule(sources, getters, object = "{}") {
	const kept = sources.map(
		(source, place) => `let made${place}; const from${place} = () => made${place} ??= ${source};`,
	);
	const properties = getters.map(
		([name, value]) => `${name}: { get() { return ${value}; }, enumerable: true }`,
	);
	return `${kept.join(" ")} module.exports = Object.defineProperties(${object}, { __esModule: { value: true }, ${properties} });`;
}

// One whose exports are all read of `late`. What a module of this package imports as the default of a CommonJS one is that
// as a whole.
function gettersOf(names, late, whole = names.includes("default")) {
	// A CommonJS one may be its default itself, and that a class.
	const called = "const used = from0(), made = used.default ?? used;";
	const returned = "return new.target ? Reflect.construct(made, given) : made(...given);";
	const object = whole ? `function (...given) { ${called} ${returned} }` : "{}";
	const getters = names.map((name) => [name, `from0().${name}`]);
	return lateModule([late], getters, object);
}

// One that is a list of exports, each from where it stands.
function listOf(code) {
	const lists = [...code.matchAll(/^export (?:\* as (\w+)|\{([^}]*)\}) from ("[^"]+");$/gm)];
	const required = (from) => `require(${from.replace(/\.js"$/, '.ts"')})`;
	const sources = [...new Set(lists.map(([, , , from]) => required(from)))];
	const getters = lists.flatMap(([, whole, names = "", from]) => {
		const source = `from${sources.indexOf(required(from))}()`;
		if (whole !== undefined) return [[whole, source]];
		const values = names
			.split(",")
			.map((name) => name.trim())
			.filter((name) => name !== "" && !name.startsWith("type "));
		return values.map((value) => {
			const [name, as = name] = value.split(" as ");
			return [as, `${source}.${name}`];
		});
	});
	return lateModule(sources, getters);
}

// Names that a module exports, wherever it has them from.
async function exportsOf(path) {
	const { metafile } = await build({
		...{ entryPoints: [path], outdir: ".", write: false, metafile: true, format: "esm", logLevel: "warning" },
	});
	return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}

// What starts before the bundle is loaded, or does without it.
await build({
	...options,
	plugins: [lateParts],
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
const { asFunction, loadBundle } = await import(pathToFileURL(join(dist, "start/bundle.cjs")));

// What is read a byte a letter, as it runs. Compiled code cannot import, and esbuild leaves other letters in regular expressions.
function asItRuns({ outputFiles }) {
	return asFunction(outputFiles[0].text)
		.replaceAll(/\bimport\(/g, "importPackage(")
		.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

// The command line by itself: what it imports when it is needed is in the bundle.
const asked = new Set();
const fromBundle = {
	name: "from-bundle",
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
			kind === "dynamic-import"
				? {
						path: `./${relative(".", join(resolveDir, path)).replace(/\.js$/, ".ts")}`,
						namespace: "from-bundle",
					}
				: undefined,
		);
		onLoad({ filter: /./, namespace: "from-bundle" }, ({ path }) => {
			asked.add(path);
			return { contents: `module.exports = require("./bundle.js")[${JSON.stringify(path)}]();` };
		});
		onResolve({ filter: /^\.\/bundle\.js$/ }, ({ path, namespace }) =>
			namespace === "from-bundle" ? { path, external: true } : undefined,
		);
	},
};
const commandLine = await build({
	...options,
	entryPoints: ["src/cli/main.ts"],
	plugins: [lateParts, fromBundle],
	write: false,
});
writeFileSync(join(dist, "command-line.js"), asItRuns(commandLine));

// What is in the bundle by the names of src/start/bundle.ts.
const parts = {
	library: "./src/index.ts",
	chart: "./src/chart.ts",
	report: "./src/report.ts",
	synth: "./src/synth.ts",
	arrow: "./src/arrow.ts",
	internal: "./src/internal.ts",
	threads: "./src/read/threads/file-threads.ts",
	reading: "./src/read/threads/reading-thread.ts",
	workbook: "./src/report/workbook-thread.ts",
	...Object.fromEntries([...asked].map((path) => [path, path])),
};
const contentsOf = (modules) =>
	modules.map(([name, path]) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(path)});`);
const bundled = await build({
	...options,
	stdin: { contents: contentsOf(Object.entries(parts)).join("\n"), resolveDir: "." },
	write: false,
	plugins: [lateParts, oneMeasure, usedFunctions, whenUsed],
	// Loaded only where a chart is drawn, results are protected or a database is asked, and large or not there.
	external: [
		...["@resvg/resvg-js", "highs"],
		...["@duckdb/node-api", "pg", "@clickhouse/client", "apache-arrow"],
	],
});
writeFileSync(join(dist, "bundle.js"), asItRuns(bundled));

// Fonts are cut down to WOFF, and what would make WOFF2 starts slowly.
const woffOnly = {
	name: "woff-only",
	setup({ onLoad }) {
		onLoad({ filter: /wawoff2\/index\.js$/ }, () => ({ contents: "" }));
	},
};

for (const [file, paths] of apart) {
	await build({
		...options,
		minify: true,
		plugins: [woffOnly],
		...(file.includes("subset-font") ? { inject: ["src/start/compile-once.ts"] } : {}),
		external: ["*.wasm"],
		stdin: { contents: contentsOf([...paths].map((path) => [path, path])).join("\n"), resolveDir: "." },
		outfile: join(dist, file),
	});
}

const installed = (path) => join("node_modules", path);
for (const name of IN_PAGES) {
	copyFileSync(installed(`${name}/build/${name}.min.js`), join(dist, `packages/${name}.cjs`));
}
copyFileSync(installed("harfbuzzjs/dist/harfbuzz-subset.wasm"), join(dist, "packages/harfbuzz-subset.wasm"));

// What runs in the browser, in a page that explorers are made of.
await build({
	entryPoints: ["src/explore/client/main.ts"],
	bundle: true,
	format: "iife",
	platform: "browser",
	target: "es2022",
	charset: "utf8",
	logLevel: "warning",
	minify: true,
	outfile: join(dist, "explore-client.js"),
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
const bundle = loadBundle();
for (const file of ENTRIES) {
	const part = file === "index" ? "library" : file;
	const names = Object.keys(bundle[part]()).join(", ");
	writeFileSync(
		join(dist, `${file}.js`),
		`import { loadBundle } from "./start/bundle.cjs";\nexport const { ${names} } = loadBundle().${part}();\n`,
	);
}

// Codebooks and lists of variables as checked JSON, which loads in a tenth of the time that YAML takes.
mkdirSync(join(dist, "codebooks"));
const { codebookIds, compileCodebook, compileVariables, numberSigns, variablesIds } = bundle.internal();
for (const id of codebookIds()) writeFileSync(join(dist, `codebooks/${id}.json`), compileCodebook(id));
mkdirSync(join(dist, "variables"));
for (const id of variablesIds()) writeFileSync(join(dist, `variables/${id}.json`), compileVariables(id));

for (const folder of ["regions", "numbers"]) mkdirSync(join(dist, folder));
for (const language of bundle.library().LANGUAGES) {
	const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
	const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
	const codes = letters.flatMap((first) => letters.map((second) => first + second));
	const known = codes.flatMap((code) => (names.of(code) === undefined ? [] : [[code, names.of(code)]]));
	writeFileSync(join(dist, `regions/${language}.json`), JSON.stringify(Object.fromEntries(known)));
	writeFileSync(join(dist, `numbers/${language}.json`), JSON.stringify(numberSigns(language)));
}

// By itself, so that it holds no more than that.
execFileSync(process.execPath, ["tools/compile.mjs", dist], { stdio: "inherit" });

replaceFolder("dist", dist, LAST);
