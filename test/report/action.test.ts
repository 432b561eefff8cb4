import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
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
const build = steps.find(({ id }) => id === "report") as Step & { env: Record<string, string> };
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

	test("hands every input to the script, and every output on from it", () => {
		const script = readFileSync(SCRIPT, "utf8");
		const handed = Object.values(build.env).join(" ");
		for (const input of Object.keys(action.inputs)) expect(handed).toContain(`inputs.${input} }}`);
		for (const name of Object.keys(build.env))
			expect(script).toContain(`$${name}`.replace("$FAIL_ON", "{FAIL_ON"));
		for (const [name, { value }] of Object.entries<{ value: string }>(action.outputs)) {
			expect(value).toBe(`\${{ steps.report.outputs.${name} }}`);
			expect(script).toMatch(new RegExp(`echo "?${name}=`));
		}
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

describe("the action's script", () => {
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
			...{ ACTION_PATH: resolve("."), GITHUB_OUTPUT: place("output"), GITHUB_STEP_SUMMARY: place("summary") },
			...inputs,
		};
		const { status, stdout } = spawnSync(SCRIPT, { env, cwd: folder, encoding: "utf8" });
		const text = (name: string) => readFileSync(join(folder, name), "utf8");
		return { status, stdout, output: text("output"), summary: text("summary"), folder, config, out };
	}

	test.skipIf(!hasShellcheck)(
		`passes shellcheck${hasShellcheck ? "" : " (skipped: there is no shellcheck)"}`,
		() => {
			expect(spawnSync("shellcheck", [SCRIPT], { encoding: "utf8" }).stdout).toBe("");
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
