import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contents, reportFolder } from "./support.js";

interface Step {
	id?: string;
	uses?: string;
	run?: string;
	shell?: string;
	env?: Record<string, string>;
	with?: Record<string, string>;
}

const SCRIPT = resolve("tools/report-action.sh");
const action = parse(readFileSync("action.yml", "utf8"));
const steps: Step[] = action.runs.steps;
const ours = steps.filter((step): step is Step & { env: Record<string, string> } => step.env !== undefined);
const workflow = parse(readFileSync("docs/report-workflow.yml", "utf8"));
const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

describe("action.yml", () => {
	test("is composite, names a shell for every command, and takes no input into a command's text", () => {
		expect(action.runs.using).toBe("composite");
		for (const { run, uses, shell } of steps) {
			expect([run, uses].filter((part) => part !== undefined)).toHaveLength(1);
			if (run === undefined) continue;
			expect(shell).toBe("bash");
			expect(run).not.toContain("${{");
		}
	});

	test("hands every input to a script, and every output on from it", () => {
		const handed = ours.flatMap(({ env }) => Object.values(env)).join(" ");
		for (const input of Object.keys(action.inputs)) expect(handed).toContain(`inputs.${input} }}`);
		for (const { env, run } of ours) {
			const [, name = ""] = /"\$ACTION_PATH\/(tools\/[\w-]+\.sh)"/.exec(run ?? "") ?? [];
			const used = `${readFileSync(name, "utf8")} ${run}`;
			for (const key of Object.keys(env)) expect(used).toContain(`$${key}`.replace("$FAIL_ON", "{FAIL_ON"));
		}
		const script = readFileSync(SCRIPT, "utf8");
		for (const [name, { value }] of Object.entries<{ value: string }>(action.outputs)) {
			expect(value).toBe(`\${{ steps.report.outputs.${name} }}`);
			expect(script).toMatch(new RegExp(`echo "?${name}=`));
		}
	});

	test("installs its own version, kept from run to run by what is asked for", () => {
		const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
		expect(action.inputs.package.default).toBe(`${name}@${version}`);
		const cache = steps.find(({ uses }) => uses?.startsWith("actions/cache@")) as Step;
		for (const { env } of ours) expect(env.INSTALLED).toBe(cache.with?.path);
		expect(cache.with?.key).toContain("inputs.package }}");
	});

	test("the workflow in the documentation asks for inputs and outputs there are", () => {
		const used: Step[] = workflow.jobs.report.steps;
		const own = used.find(({ uses }) => uses?.includes("talis-pd@")) as Step;
		for (const input of Object.keys(own.with ?? {})) expect(action.inputs).toHaveProperty(input);
		for (const [, name] of JSON.stringify(used).matchAll(/steps\.report\.outputs\.(\w+)/g)) {
			expect(action.outputs).toHaveProperty(name as string);
		}
		expect(workflow.permissions).toEqual({ contents: "read", pages: "write", "id-token": "write" });
	});
});

describe("the script that installs", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-action-"));
	const log = join(folder, "log");
	const installed = join(folder, "kept");

	/** Runs it with an npm that writes down what it is asked for; the exit code, and all that was asked so far. */
	function install(asked: string, npm = `printf '%s\\n' "\${@: -1}" >>"${log}"`): [number | null, string[]] {
		const path = join(folder, "npm");
		writeFileSync(path, `#!/usr/bin/env bash\n${npm}\n`, { mode: 0o755 });
		const env = {
			...{ PACKAGE: asked, INSTALLED: installed },
			PATH: `${folder}${delimiter}${process.env.PATH}`,
		};
		const { status } = spawnSync(resolve("tools/install-action.sh"), { env, cwd: folder });
		return [status, existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []];
	}

	test("asks npm once for a version, again for another one, and each time for a tarball", () => {
		expect(install("talis-pd@1.0.0", "exit 7")).toEqual([7, []]);
		expect(install("talis-pd@1.0.0")).toEqual([0, ["talis-pd@1.0.0"]]);
		mkdirSync(join(installed, "node_modules"));
		expect(install("talis-pd@1.0.0")).toEqual([0, ["talis-pd@1.0.0"]]);
		expect(existsSync(join(installed, "node_modules"))).toBe(true);
		expect(install("talis-pd@1.0.1")).toEqual([0, ["talis-pd@1.0.0", "talis-pd@1.0.1"]]);
		expect(existsSync(join(installed, "node_modules"))).toBe(false);
		const tarball = join(folder, "own.tgz");
		writeFileSync(tarball, "");
		install("own.tgz");
		expect(install("own.tgz")).toEqual([0, ["talis-pd@1.0.0", "talis-pd@1.0.1", tarball, tarball]]);
		install("$(touch ran)");
		expect(existsSync(join(folder, "ran"))).toBe(false);
	});
});

describe("the script that builds", () => {
	// What stands in the place of the installed release: test/installed runs both scripts with a packed one.
	const installed = mkdtempSync(join(tmpdir(), "talis-pd-action-"));
	mkdirSync(join(installed, "node_modules"));
	symlinkSync(resolve("."), join(installed, "node_modules/talis-pd"));

	function start(inputs: Record<string, string>, { folder, config, out } = reportFolder()) {
		const place = (name: string) => {
			const path = join(folder, name);
			writeFileSync(path, "");
			return path;
		};
		const env = {
			...{
				PATH: process.env.PATH,
				CONFIG: config,
				OUT: out,
				BASELINE: "",
				FAIL_ON: "",
				AS_OF: "",
				ALLOW_OUTSIDE: "",
			},
			...{ INSTALLED: installed, GITHUB_OUTPUT: place("output"), GITHUB_STEP_SUMMARY: place("summary") },
			...inputs,
		};
		const { status, stdout } = spawnSync(SCRIPT, { env, cwd: folder, encoding: "utf8" });
		const text = (name: string) => readFileSync(join(folder, name), "utf8");
		return { status, stdout, output: text("output"), summary: text("summary"), folder, config, out };
	}

	test.skipIf(!hasShellcheck)(
		`passes shellcheck${hasShellcheck ? "" : " (skipped: there is no shellcheck)"}`,
		() => {
			expect(spawnSync("shellcheck", [SCRIPT, "tools/install-action.sh"], { encoding: "utf8" }).stdout).toBe(
				"",
			);
		},
	);

	test("builds the report, tells where it is, and shows its findings", () => {
		const { status, stdout, output, summary, out } = start({ AS_OF: "2026-09-01" });
		expect([status, stdout]).toEqual([0, ""]);
		expect(output).toBe(`folder=${out}\npage=${out}/index.html\nresults=${out}/results.json\ngate=passed\n`);
		expect(summary).toBe(readFileSync(join(out, "summary.md"), "utf8"));
		expect(readFileSync(join(out, "index.html"), "utf8")).toContain("September 1, 2026");
	});

	test("the first year has no baseline, and the gates of change wait for it", () => {
		const first = start({
			BASELINE: "last.json",
			FAIL_ON: "data-changed, significant-drop:coaching suppressed",
		});
		expect(first.status).toBe(0);
		expect(first.stdout).toContain("::notice::There is no last.json yet");
		writeFileSync(join(first.folder, "last.json"), readFileSync(join(first.out, "results.json")));
		const second = start({ BASELINE: "last.json", FAIL_ON: "data-changed" }, first);
		expect([second.status, second.stdout]).toEqual([0, ""]);
		expect(second.summary).toContain("Compared with the last report");
	});

	test("a gate that fails ends with 3, says why, and the report is there", () => {
		const first = start({});
		const results = JSON.parse(readFileSync(join(first.out, "results.json"), "utf8"));
		results.source[0].sha256 = "0".repeat(64);
		// As other teachers would have answered.
		for (const row of results.estimates)
			for (const key of ["estimate", "ciLow", "ciHigh"]) if (typeof row[key] === "number") row[key] *= 0.99;
		writeFileSync(join(first.folder, "last.json"), JSON.stringify(results));
		const { status, stdout, output, summary } = start(
			{ BASELINE: "last.json", FAIL_ON: "data-changed" },
			first,
		);
		expect(status).toBe(3);
		expect(stdout).toMatch(/^::error title=talis-pd::.*the data are not those of the baseline/m);
		expect(output).toContain("gate=failed\n");
		expect(summary).toContain("a different sample");
	});

	test("wrong input ends with 2 and leaves the earlier report and no output", () => {
		const first = start({});
		const before = contents(first.out);
		writeFileSync(first.config, "title: 100 %\ndata: nowhere.csv\n");
		const { status, stdout, output, summary } = start({}, first);
		expect([status, output, summary]).toEqual([2, "", ""]);
		expect(stdout).toContain("nowhere.csv: there is no such file");
		expect(contents(first.out)).toEqual(before);
	});

	test("what an input holds is never run", () => {
		const { status, folder } = start({ FAIL_ON: "$(touch ran) `touch ran`;touch ran *" });
		expect(status).toBe(2);
		expect(existsSync(join(folder, "ran"))).toBe(false);
	});
});
