import { execFileSync, spawnSync } from "node:child_process";
import {
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportFolder } from "../report/support.js";
import { root } from "../support/golden.js";

// As on many a desk: a path with blanks and Kazakh letters.
const folder = mkdtempSync(join(tmpdir(), "talis-pd Сауалнама 2026 "));
afterAll(() => rmSync(folder, { recursive: true }));
const project = join(folder, "жоба");
const own = join(project, "node_modules/talis-pd");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const npm = (args: readonly string[], cwd: string) => spawnSync("npm", args, { cwd, encoding: "utf8" });
let archive = "";

beforeAll(() => {
	const packed = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root);
	const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
	archive = join(folder, filename);
	mkdirSync(project);
	writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
	// As action.yml does; from npm where its cache lacks something.
	const asked = { ...process.env, PACKAGE: archive, INSTALLED: project };
	const install = (env: NodeJS.ProcessEnv) =>
		spawnSync(join(root, "tools/install-action.sh"), { env, encoding: "utf8" });
	const offline = install({ ...asked, npm_config_offline: "true" });
	const { status, stderr } = offline.status === 0 ? offline : install(asked);
	if (status !== 0) throw new Error(`the packed release cannot be installed: ${stderr}`);
});

/** The first teacher says the other thing of the first activity. */
function withOtherAnswer(csv: string): string {
	const [head = "", first = "", ...rest] = csv.split("\n");
	const place = head.split(",").indexOf("TT3G22A");
	const cells = first.split(",");
	cells[place] = cells[place] === "1" ? "2" : "1";
	return [head, cells.join(","), ...rest].join("\n");
}

/** Links of the package's pages to files that it lacks. */
function deadLinks(): string[] {
	const pages = readdirSync(own, { recursive: true, encoding: "utf8" }).filter((name) =>
		name.endsWith(".md"),
	);
	return pages.flatMap((page) => {
		const text = readFileSync(join(own, page), "utf8");
		const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
			([, link = "", source = ""]) => (link || source).replace(/#.*$/, ""),
		);
		return links
			.filter((link) => link !== "" && !/^(https?|mailto):/.test(link))
			.filter((link) => !existsSync(join(own, dirname(page), link)))
			.map((link) => `${page}: ${link}`);
	});
}

test("its pages link to what it has, but for the gallery's pictures", () => {
	expect(deadLinks().filter((link) => !/^docs\/gallery\.md: gallery\/[\w-]+\.(svg|png)$/.test(link))).toEqual(
		[],
	);
});

/** Megabytes that files take on a disk of blocks of 4 KiB. */
function megabytes(path: string): number {
	const entries = readdirSync(path, { withFileTypes: true, recursive: true });
	const sizes = entries.map((entry) => Math.ceil(lstatSync(join(entry.parentPath, entry.name)).size / 4096));
	return (sizes.reduce((sum, blocks) => sum + blocks, 0) * 4096) / 1e6;
}

test("is small, and installs without building", () => {
	expect(statSync(archive).size).toBeLessThan(7e6);
	expect(megabytes(join(project, "node_modules"))).toBeLessThan(45);
	for (const script of ["preinstall", "install", "postinstall"])
		expect(manifest.scripts).not.toHaveProperty(script);
	// Nothing that is bundled is there once more, and no optional thing is there unasked.
	const packages = readdirSync(join(project, "node_modules"));
	for (const name of [
		"commander",
		"papaparse",
		"vega",
		"d3-array",
		"@stdlib",
		"@duckdb",
		"pg",
		"apache-arrow",
	]) {
		expect(packages).not.toContain(name);
	}
});

test("publint and attw have nothing to say, but that it is ESM only and needs a resolver that knows exports", async () => {
	const { messages } = await publint({ pkgDir: own, pack: false, strict: true });
	expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
	const { types, ...checked } = await checkPackage(createPackageFromTarballData(readFileSync(archive)));
	expect(types).toEqual({ kind: "included" });
	const problems = "problems" in checked ? checked.problems : [];
	const kinds = problems.map((found) =>
		[found.kind, "resolutionKind" in found ? found.resolutionKind : ""].join(" "),
	);
	expect(new Set(kinds)).toEqual(new Set(["NoResolution node10", "CJSResolvesToESM node16-cjs"]));
});

describe("in an empty folder with blanks and Kazakh letters in its path", () => {
	const run = (...args: string[]) =>
		spawnSync(process.execPath, [join(own, "bin/talis-pd.js"), ...args], { cwd: project, encoding: "utf8" });

	test("the command is there, and its numbers are right", () => {
		const { stdout } = npm(["exec", "--no", "talis-pd", "--", "--version"], project);
		expect(stdout.trim()).toBe(manifest.version);
		const { status, stdout: said } = run("selftest");
		expect([status, said]).toEqual([0, expect.stringMatching(/\d/)]);
	});

	// A number of a system, one of R, an answer of a teacher; and a file that was cut off.
	test.each([
		["published/talis-2024-isced2.csv", "94.771528754 ", "94.771538754 ", "published-averages"],
		["selftest/golden.json", '"estimate":', '"estimate":1', "golden-2018"],
		["samples/synthetic-kazakhstan-2018.csv", "an answer", "another", "golden-2018"],
		["selftest/golden.json", "]}", "]", "golden-2024"],
	])("a planted difference in %s is found: exit 3 (%s → %s)", (file, from, to, what) => {
		const path = join(own, "data", file);
		const whole = readFileSync(path, "utf8");
		const planted = from === "an answer" ? withOtherAnswer(whole) : whole.replace(from, to);
		expect(planted).not.toBe(whole);
		writeFileSync(path, planted);
		const { status, stdout, stderr } = run("selftest", "--format", "json");
		writeFileSync(path, whole);
		expect(status).toBe(3);
		expect(stderr).toContain("does not give the numbers it should");
		const { checks } = JSON.parse(stdout) as { checks: { what: string; ok: boolean; differs?: object }[] };
		expect(checks.filter(({ ok }) => !ok).map((one) => one.what)).toContain(what);
		const found = checks.find((one) => one.what === what) as { differs?: object; stopped?: string };
		expect(found.differs ?? found.stopped).toBeTruthy();
	});

	test("the demo draws its charts", () => {
		expect(run("demo", "--out", "қорытынды").status).toBe(0);
		expect(
			readdirSync(join(project, "қорытынды")).filter((name) => /\.(svg|png)$/.test(name)).length,
		).toBeGreaterThan(3);
	});

	test("the action builds a report with it", () => {
		const { folder: data, config, out } = reportFolder();
		const written = (name: string) => join(data, name);
		const env = {
			...{ PATH: process.env.PATH, CONFIG: config, OUT: out, BASELINE: "", FAIL_ON: "suppressed", AS_OF: "" },
			...{ ALLOW_OUTSIDE: "", INSTALLED: project },
			...{ GITHUB_OUTPUT: written("output"), GITHUB_STEP_SUMMARY: written("summary") },
		};
		const { status, stdout } = spawnSync(join(root, "tools/report-action.sh"), {
			env,
			cwd: data,
			encoding: "utf8",
		});
		expect([status, stdout]).toEqual([0, ""]);
		expect(readFileSync(written("output"), "utf8")).toContain("gate=passed\n");
		expect(readFileSync(written("summary"), "utf8")).toBe(readFileSync(join(out, "summary.md"), "utf8"));
	});

	test("a table is that of the clone", () => {
		const asked = [
			"rates",
			"data/samples/synthetic-kazakhstan-2018.csv",
			"--item",
			"coaching",
			"--format",
			"csv",
		];
		const clone = execFileSync(process.execPath, [join(root, "bin/talis-pd.js"), ...asked], {
			cwd: root,
			encoding: "utf8",
		});
		const installed = spawnSync(process.execPath, [join(own, "bin/talis-pd.js"), ...asked], {
			cwd: own,
			encoding: "utf8",
		});
		expect(installed.stdout).toBe(clone);
	});
});

test("types resolve under strict settings, with every library checked, without types of Node", () => {
	const path = join(project, "uses.ts");
	writeFileSync(
		path,
		`import { compare, rates, samplePath, UserError, type ResultSet } from "talis-pd";
import { chart, renderSvg } from "talis-pd/chart";
import { configTemplate } from "talis-pd/report";
import { synthesize } from "talis-pd/synth";
const results: ResultSet = await rates([samplePath()], { by: ["gender"] });
export const shares: (number | null)[] = results.estimates.map(({ estimate }) => estimate);
export const others = [compare, renderSvg, configTemplate, synthesize, UserError];
const spec = await chart(results, { format: "vega-lite" });
await renderSvg({ ...spec, background: "white" });
// @ts-expect-error
await rates([samplePath()], { bye: ["gender"] });
`,
	);
	const program = ts.createProgram([path], {
		...{ strict: true, noEmit: true, types: [], skipLibCheck: false },
		exactOptionalPropertyTypes: true,
		module: ts.ModuleKind.NodeNext,
		moduleResolution: ts.ModuleResolutionKind.NodeNext,
		target: ts.ScriptTarget.ES2022,
	});
	const host = { getCurrentDirectory: () => project, getCanonicalFileName: String, getNewLine: () => "\n" };
	expect(ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host)).toBe("");
});
