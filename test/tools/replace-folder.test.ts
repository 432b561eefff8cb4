import { spawn, spawnSync } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-replace-"));
afterAll(() => rmSync(folder, { recursive: true }));
const tool = pathToFileURL(join(root, "tools/replace-folder.mjs")).href;

test("a folder holds what the new one held, and nothing else", async () => {
	const { replaceFolder } = (await import(tool)) as { replaceFolder(to: string, from: string): void };
	const [to, from] = [join(folder, "old"), join(folder, "new")];
	mkdirSync(join(to, "gone/deep"), { recursive: true });
	mkdirSync(join(from, "part"), { recursive: true });
	for (const file of ["a.js", "b.js", "gone/deep/c.js"]) writeFileSync(join(to, file), "old");
	for (const file of ["a.js", "part/d.js"]) writeFileSync(join(from, file), "new");
	replaceFolder(to, from);
	expect(readdirSync(to, { recursive: true }).map(String).toSorted()).toEqual(["a.js", "part", "part/d.js"]);
	expect(readFileSync(join(to, "a.js"), "utf8")).toBe("new");
});

test("commands that run while dist is replaced do not fail", async () => {
	const own = join(folder, "package");
	mkdirSync(own);
	for (const part of ["bin", "dist", "package.json"]) {
		cpSync(join(root, part), join(own, part), { recursive: true });
	}
	for (const part of ["data", "node_modules"]) symlinkSync(join(root, part), join(own, part), "junction");
	const replacing = `import { cpSync, existsSync } from "node:fs";
		import { replaceFolder } from ${JSON.stringify(tool)};
		let times = 0;
		while (!existsSync("stop")) {
			cpSync(${JSON.stringify(join(root, "dist"))}, "next", { recursive: true });
			replaceFolder("dist", "next", ["bundle.js", "start/command.cjs"]);
			times++;
		}
		console.log(times);`;
	const child = spawn(process.execPath, ["--input-type=module", "--eval", replacing], { cwd: own });
	let said = "";
	child.stdout.on("data", (text) => {
		said += text;
	});
	const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
	const failures = Array.from({ length: 12 }, () => {
		const command = ["bin/talis-pd.js", "rates", sample, "--format", "csv"];
		return spawnSync(process.execPath, command, { cwd: own, encoding: "utf8" });
	}).filter(({ status }) => status !== 0);
	writeFileSync(join(own, "stop"), "");
	await new Promise((resolve) => child.on("close", resolve));
	expect(failures.map(({ stderr }) => stderr)).toEqual([]);
	expect(Number(said)).toBeGreaterThan(1);
	expect(existsSync(join(own, "dist/bundle.js"))).toBe(true);
});
