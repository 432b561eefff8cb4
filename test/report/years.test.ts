import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../cli/support.js";

// The workflow that the documentation shows, year after year: its inputs, through the action's script, on the data of the year.

interface Inputs {
	config: string;
	out: string;
	baseline: string;
	"fail-on": string;
}

const workflow = parse(readFileSync("docs/report-workflow.yml", "utf8"));
const step = workflow.jobs.report.steps.find(({ id }: { id?: string }) => id === "report");
const inputs: Inputs = step.with;
const folder = mkdtempSync(join(tmpdir(), "talis-pd-years-"));
const installed = join(folder, "installed");
mkdirSync(join(installed, "node_modules"), { recursive: true });
symlinkSync(resolve("."), join(installed, "node_modules/talis-pd"));

/** A year's teachers: others each year, and of whom fewer had coaching where that is said. */
async function survey(seed: number, coaching?: number): Promise<string> {
	const path = join(folder, `year-${seed}.csv`);
	const calibration = join(folder, `year-${seed}.yaml`);
	const shipped = readFileSync("data/calibration/synthetic-kazakhstan-2018.yaml", "utf8");
	const changed = shipped.replace(/(peer-coaching: \{ percent: )94\.0/, `$1${coaching ?? 94}`);
	writeFileSync(calibration, changed);
	const { code, err } = await run([
		"synth",
		"--calibration",
		calibration,
		"--seed",
		`${seed}`,
		"--out",
		path,
	]);
	expect(code, err).toBe(0);
	return path;
}

/** A run of the workflow in the repository of the survey. */
function build(data: string, { level = 0.95, gates = inputs["fail-on"] } = {}) {
	cpSync(data, join(folder, "teachers.csv"));
	const config = `title: Yearly\ndata: teachers.csv\ntopics: [activities]\ncharts: none\nlevel: ${level}\n`;
	writeFileSync(join(folder, inputs.config), config);
	for (const name of ["output", "summary"]) writeFileSync(join(folder, name), "");
	const env = {
		...{ PATH: process.env.PATH, CONFIG: inputs.config, OUT: inputs.out, BASELINE: inputs.baseline },
		...{ FAIL_ON: gates, AS_OF: "", ALLOW_OUTSIDE: "", INSTALLED: installed },
		...{ GITHUB_OUTPUT: join(folder, "output"), GITHUB_STEP_SUMMARY: join(folder, "summary") },
	};
	const script = resolve("tools/report-action.sh");
	const { status, stdout } = spawnSync(script, { env, cwd: folder, encoding: "utf8" });
	return { status, stdout, output: readFileSync(join(folder, "output"), "utf8") };
}

/** What the comment in the workflow asks for: the results of a year stay in the repository. */
function keep(): void {
	const last = join(folder, inputs.baseline);
	mkdirSync(dirname(last), { recursive: true });
	cpSync(join(folder, inputs.out, "results.json"), last);
}

describe("the yearly workflow", async () => {
	const first = await survey(1);
	const second = await survey(2);
	const dropped = await survey(3, 84);

	test("is green in its first year, which has nothing to compare with", () => {
		const { status, stdout, output } = build(first);
		expect([status, stdout]).toEqual([0, expect.stringMatching(/^::notice::/)]);
		expect(output).toContain("gate=passed\n");
		keep();
	});

	test("is red in the second until its data have arrived", () => {
		const { status, stdout, output } = build(first);
		expect([status, stdout]).toEqual([3, expect.stringContaining("asked for with --fail-on year-missing")]);
		expect(output).toContain("gate=failed\n");
	});

	test("is then green, as other teachers are no drop", () => {
		expect(build(second)).toMatchObject({ status: 0, stdout: "" });
	});

	test("is red where figures are made in another way than last year", () => {
		const { status, stdout } = build(second, { level: 0.9 });
		expect([status, stdout]).toEqual([3, expect.stringContaining("design-changed")]);
	});

	test("is red where coaching dropped significantly", () => {
		const { status, stdout } = build(dropped);
		expect([status, stdout]).toEqual([3, expect.stringContaining("significant-drop:coaching")]);
		expect(stdout).toContain("by 10.");
	});

	test("says with data-changed that a file of the same year is another one, and nothing where it is not", () => {
		expect(build(first, { gates: "data-changed" })).toMatchObject({ status: 0, stdout: "" });
		const { status, stdout } = build(second, { gates: "data-changed" });
		expect([status, stdout]).toEqual([3, expect.stringContaining("the data are not those of the baseline")]);
	});
});
