import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const checks = JSON.parse(readFileSync("checks/package.json", "utf8"));

/** Every file of the repository; of an unpacked archive, every file that git would not ignore. */
function repositoryFiles(): string[] {
	// In a container the folder often belongs to someone else, and git then refuses without this.
	const git = spawnSync("git", ["-c", "safe.directory=*", "ls-files", "-z"], { encoding: "utf8" });
	const files =
		git.status === 0
			? git.stdout.split("\0")
			: readdirSync(".", { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
	return files.filter(
		(file) =>
			file !== "" &&
			!/^((checks\/)?node_modules|dist|\.git)(\/|$)/.test(file) &&
			existsSync(file) &&
			statSync(file).isFile(),
	);
}

describe("package.json", () => {
	it("is an ES module for Node 20 or newer, under the licence in LICENSE", () => {
		expect(manifest.type).toBe("module");
		expect(manifest.engines.node).toMatch(/^>=20/);
		expect(manifest.license).toBe("MIT");
		expect(readFileSync("LICENSE", "utf8")).toMatch(/^MIT License/);
	});

	it("names a command that is executable text and starts Node", () => {
		const command: string = manifest.bin["talis-pd"];
		expect(readFileSync(command, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
		if (process.platform !== "win32") expect(statSync(command).mode & 0o111).toBe(0o111);
	});

	it("exports what the entries of src/ are built to, and no helpers of the command line", () => {
		const entry = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
		expect(manifest.exports).toEqual({
			".": entry("index"),
			"./arrow": entry("arrow"),
			"./chart": entry("chart"),
			"./report": entry("report"),
			"./synth": entry("synth"),
			"./results.schema.json": "./results.schema.json",
			"./package.json": "./package.json",
		});
		for (const name of ["index", "arrow", "chart", "report", "synth"]) {
			expect(existsSync(`src/${name}.ts`)).toBe(true);
			expect(existsSync(`dist/${name}.js`)).toBe(true);
		}
		expect(manifest.files).toContain("dist");
	});

	it("has its version in the changelog, the citation and the example workflow", () => {
		const { version } = manifest;
		const changes = readFileSync("CHANGELOG.md", "utf8").match(/^## .*$/gm);
		expect(changes?.[0]).toMatch(/^## \[\d+\.\d+\.\d+\] – \d{4}-\d\d-\d\d$/);
		expect(changes?.[0]).toContain(`[${version}]`);
		expect(readFileSync("CITATION.cff", "utf8")).toContain(`\nversion: ${version}\n`);
		expect(readFileSync("docs/report-workflow.yml", "utf8")).toContain(`talis-pd@v${version}\n`);
		expect(JSON.parse(readFileSync("package-lock.json", "utf8")).version).toBe(version);
	});

	it("changes only what a user notices: Added, Changed, Fixed and their like", () => {
		const kinds = readFileSync("CHANGELOG.md", "utf8").match(/^### .*$/gm) ?? [];
		for (const kind of kinds) expect(kind).toMatch(/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/);
	});

	it("builds on installation and checks everything with one command", () => {
		expect(manifest.scripts.prepare).toMatch(/ && npm run build$/);
		for (const part of ["lint", "typecheck", "deps", "test"]) {
			expect(manifest.scripts[part]).toBeTypeOf("string");
			expect(manifest.scripts.check).toMatch(new RegExp(`npm (run )?${part}\\b`));
		}
	});
});

describe("what is published", () => {
	const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
		encoding: "utf8",
		shell: process.platform === "win32",
		stdio: ["ignore", "pipe", "ignore"],
	});
	const shipped: string[] = JSON.parse(packed)[0].files.map((file: { path: string }) => file.path);

	it("has the command, the licence and every asset", () => {
		const assets = repositoryFiles().filter((file) => file.startsWith("data/"));
		expect(shipped).toEqual(
			expect.arrayContaining(["bin/talis-pd.js", "bin/package.json", "LICENSE", "package.json", ...assets]),
		);
	});

	it("has every folder that the source reads assets from", () => {
		const folders = repositoryFiles()
			.filter((file) => file.startsWith("src/") && file.endsWith(".ts"))
			.flatMap((file) => [
				...readFileSync(file, "utf8").matchAll(/\b(?:assetPath|readAsset|listAssets)\(\s*["'`]([\w-]+)/g),
			])
			.map((match) => `data/${match[1]}/`);
		expect(folders.length).toBeGreaterThan(0);
		for (const folder of new Set(folders)) expect(shipped.some((file) => file.startsWith(folder))).toBe(true);
	});

	it("leaves tests and sources at home", () => {
		expect(shipped.filter((file) => /^(test|src|scripts|\.ci)\//.test(file))).toEqual([]);
	});
});

describe("the repository", () => {
	it.each(["package-lock.json", "checks/package-lock.json"])(
		"%s does not say where versions came from",
		(lock) => {
			expect(readFileSync(lock, "utf8")).not.toContain('"resolved"');
		},
	);

	it("has in checks/ only what a test, a tool or a script uses, at one version where package.json has it too", () => {
		const users = repositoryFiles().filter((file) =>
			/^(test|tools)\/.*\.(ts|mjs)$|^package\.json$/.test(file),
		);
		const code = users.map((file) => readFileSync(file, "utf8")).join("\n");
		const locked = (name: string) => JSON.parse(readFileSync(name, "utf8")).packages;
		const [own, others] = [locked("package-lock.json"), locked("checks/package-lock.json")];
		for (const [name, range] of Object.entries(checks.devDependencies as Record<string, string>)) {
			const path = `node_modules/${name}`;
			if (manifest.devDependencies[name] === undefined) {
				expect(code).toMatch(
					new RegExp(`"${name}["/]|run\\.mjs ${name}\\b|"${name.replace("@types/", "")}"`),
				);
			} else {
				expect([range, others[path].version]).toEqual([manifest.devDependencies[name], own[path].version]);
			}
			if (name in manifest.peerDependencies) expect(range).toBe(manifest.peerDependencies[name]);
		}
	});

	it("has in its root no file that an example has left there", () => {
		const files = repositoryFiles().filter((file) => !file.includes("/"));
		expect(files.filter((file) => !/^\.|\.(md|json|ts|yml|cff)$|^LICENSE$/.test(file))).toEqual([]);
	});

	it.each([
		["paths of one machine", /(?<![\w.-])\/(work|root|home|Users)\/\w/],
		["paths in which blanks and other letters are escaped", /import\.meta\.url\)\.pathname/],
		["package registry hosts", /\bregistry\.(?!js\b)[a-z]/],
	])("has no %s in any file", (_, pattern) => {
		const found = repositoryFiles().filter((file) => pattern.test(readFileSync(file, "latin1")));
		expect(found).toEqual([]);
	});

	it("explains every dependency in docs/dependencies.md", () => {
		const page = readFileSync("docs/dependencies.md", "utf8");
		const rows = [...page.matchAll(/^\| *`([^`]+)` *†? *\|/gm)].map((match) => match[1]);
		const names = Object.keys({
			...{ ...manifest.dependencies, ...manifest.devDependencies },
			...checks.devDependencies,
		});
		expect(names.filter((name) => !rows.includes(name))).toEqual([]);
	});
});
