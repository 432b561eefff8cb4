import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as source from "../../src/index.js";
import { cachePath } from "../../src/start/bundle.js";
import { ENTRIES } from "../../tools/entries.mjs";
import { root } from "../support/golden.js";

/** What a module prints that Node runs in a folder, without the flags of the tests. */
function printed(folder: string, code: string): string {
	return execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
		cwd: folder,
		encoding: "utf8",
	});
}

describe("the bundle", () => {
	test.each(["bundle.js", "command-line.js"])("%s is read a byte a letter", (name) => {
		expect(readFileSync(join(root, "dist", name)).every((byte) => byte < 128)).toBe(true);
	});

	test("has all that modules which load late export", () => {
		const script = `import { loadBundle } from "./dist/start/bundle.cjs";
			const { internal, library } = loadBundle();
			console.log([internal(), library()].flatMap(Object.values).every((value) => value !== undefined));`;
		expect(printed(root, script)).toBe("true\n");
	});

	test("is what the package gives", () => {
		const names = printed(root, `console.log(Object.keys(await import("talis-pd")).join())`);
		expect(names.trim().split(",").toSorted()).toEqual(Object.keys(source).toSorted());
	});

	test.each([
		"bundle.js",
		"command-line.js",
		"packages/vega.cjs",
		"packages/vega-lite.cjs",
		"packages/subset-font.cjs",
	])("%s starts with the code compiled by the build", (name) => {
		const script = `import { compiledCode, builtScript } from "./dist/start/bundle.cjs";
				console.log(builtScript("${name}", compiledCode("${name}")).cachedDataRejected);`;
		expect(printed(root, script)).toBe("false\n");
	});

	test("starts with it after a font has been cut down, for which flags of V8 change", () => {
		const script = `import { published } from "talis-pd";
			import { chart, renderSvg } from "talis-pd/chart";
			import { compiledCode, builtScript } from "./dist/start/bundle.cjs";
			await renderSvg(await chart(published({ countries: ["KAZ"], topics: ["focus"] }), { format: "vega-lite" }));
			console.log(builtScript("bundle.js", compiledCode("bundle.js")).cachedDataRejected);`;
		expect(printed(root, script)).toBe("false\n");
	});
});

describe("what is built", () => {
	const read = (name: string) => readFileSync(join(root, name), "utf8");
	const { dependencies, peerDependencies } = JSON.parse(read("package.json"));

	test("needs no package that is not installed with it, or named as a peer", () => {
		const files = readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" }).filter((name) =>
			/^(?!packages\/vega).*\.cjs$|^(bundle|command-line)\.js$/.test(name),
		);
		const asked = files.flatMap((name) =>
			[...read(`dist/${name}`).matchAll(/\b(?:require|importPackage)\("([^"./][^"]*)"\)/g)].map(
				([, packaged]) => packaged as string,
			),
		);
		const packages = new Set(asked.filter((name) => !isBuiltin(name)));
		expect(packages).toContain("@resvg/resvg-js");
		const listed = { ...dependencies, ...peerDependencies };
		expect([...packages].filter((name) => !Object.hasOwn(listed, name))).toEqual([]);
	});

	test("names no other package in its types", () => {
		const seen = new Set<string>();
		const packages = new Set<string>();
		const look = (file: string): void => {
			if (seen.has(file)) return;
			seen.add(file);
			const code = read(file).replace(/\/\*[\s\S]*?\*\//g, "");
			for (const [, from = ""] of code.matchAll(/(?:from|import\() ?"([^"]+)"/g)) {
				if (from.startsWith(".")) look(join(dirname(file), from.replace(/\.js$/, ".d.ts")));
				else packages.add(from.split("/")[0] as string);
			}
		};
		for (const name of ENTRIES) look(`dist/${name}.d.ts`);
		const listed = { ...dependencies, ...peerDependencies };
		expect([...packages].filter((name) => !isBuiltin(name) && !Object.hasOwn(listed, name))).toEqual([]);
	});
});

describe("compiled code", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-bundle-"));
	afterAll(() => rmSync(folder, { recursive: true }));
	for (const part of ["bin", "dist", "package.json"]) {
		cpSync(join(root, part), join(folder, part), { recursive: true });
	}
	for (const part of ["data", "node_modules"]) symlinkSync(join(root, part), join(folder, part));
	const caches = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" }).filter((file) =>
		file.endsWith(".cache"),
	);
	const compiled = new Map(
		caches.map((file) => [join(folder, "dist", file), readFileSync(join(folder, "dist", file))]),
	);

	/** All that a command shows and writes: a table, and a chart, for which packages are imported. */
	function run() {
		const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
		const command = ["bin/talis-pd.js", "rates", sample, "--topic", "focus", "--chart", "chart.svg"];
		const { status, stdout, stderr } = spawnSync(process.execPath, command, {
			cwd: folder,
			encoding: "utf8",
		});
		return { status, stdout, stderr, chart: readFileSync(join(folder, "chart.svg"), "utf8") };
	}

	const whole = run();

	test("is one file a script, for this Node", () => {
		expect(caches.map((file) => join(root, "dist", file))).toContain(cachePath("bundle.js"));
		expect(caches.map((file) => join(root, "dist", file))).toContain(cachePath("packages/vega.cjs"));
		expect(whole).toMatchObject({ status: 0, stderr: "wrote chart.svg\n" });
	});

	test.each<[string, (cache: Buffer) => Buffer]>([
		["empty", () => Buffer.alloc(0)],
		["cut off", (bytes) => bytes.subarray(0, bytes.length >> 1)],
		["something else", () => Buffer.from("no compiled code".repeat(9999))],
		[
			"damaged inside",
			(bytes) => Buffer.from(bytes).fill(0xa5, bytes.length >> 1, (bytes.length >> 1) + 999),
		],
	])("that is %s changes nothing", (_, damage) => {
		for (const [cache, bytes] of compiled) writeFileSync(cache, damage(bytes));
		expect(run()).toEqual(whole);
	});

	test("of other flags changes nothing", () => {
		for (const [cache, bytes] of compiled) writeFileSync(cache, bytes);
		const help = (...flags: string[]) =>
			execFileSync(process.execPath, [...flags, "bin/talis-pd.js", "--help"], {
				cwd: folder,
				encoding: "utf8",
			});
		expect(help("--no-opt")).toBe(help());
	});

	test("is not needed", () => {
		for (const cache of compiled.keys()) rmSync(cache);
		expect(run()).toEqual(whole);
	});
});
