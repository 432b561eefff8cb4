import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { processIo } from "../../src/cli/main.js";
import { createProgram } from "../../src/cli/program.js";
import { temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const SAMPLE = "data/samples/synthetic-kazakhstan-2018.csv";
const OWN = "data/samples/synthetic-national-pd-survey.csv";
const at = (name: string) => join(folder, name);

writeFileSync(at("counts.csv"), "program,year,trained,eligible\nPhysics,2024,70,95\n");

/** What a run of Node asked of the network. */
function asked(...argv: string[]): string {
	const NETWORK_SEEN = at("seen");
	writeFileSync(NETWORK_SEEN, "");
	const env = {
		...process.env,
		NETWORK_SEEN,
		NODE_OPTIONS: `--require ${JSON.stringify(join(root, "test/network/watch.cjs"))}`,
	};
	const traced = hasStrace ? ["strace", ...TRACING, at("traced")] : [];
	const [command, ...rest] = [...traced, process.execPath, ...argv] as [string, ...string[]];
	execFileSync(command, rest, { cwd: root, env, stdio: "ignore" });
	const sockets = hasStrace ? readFileSync(at("traced"), "utf8").match(/^.*AF_INET.*$/gm) : null;
	return [readFileSync(NETWORK_SEEN, "utf8"), ...(sockets ?? [])].join("");
}

/** Every socket that a process and its threads ask the system for. */
const TRACING = ["-f", "--seccomp-bpf", "-qq", "-e", "trace=socket", "-o"];
const hasStrace = spawnSync("strace", [...TRACING, "/dev/null", "true"]).status === 0;

const COMMANDS = {
	rates: [
		"rates",
		SAMPLE,
		"--protect",
		"--benchmark",
		"KAZ@2024",
		"--out",
		at("rates.xlsx"),
		"--chart",
		at("rates.html"),
	],
	compare: ["compare", SAMPLE, "--between", "gender", "--chart", at("compare.png")],
	gaps: ["gaps", SAMPLE, "--chart", at("gaps.svg")],
	means: ["means", SAMPLE, "--variable", "types"],
	model: ["model", SAMPLE, "--outcome", "types", "--predict", "gender"],
	relate: ["relate", SAMPLE, "--variable", "types,TT3G11B"],
	explore: ["explore", "--out", at("explore.html")],
	profile: ["profile", "--country", "KAZ", "--out", at("kaz.pdf")],
	published: ["published", "--topic", "focus", "--country", "KAZ", "--cycle", "2024"],
	inspect: ["inspect", SAMPLE],
	doctor: ["doctor", SAMPLE],
	convert: ["convert", SAMPLE, at("sample.parquet")],
	codebook: ["codebook", "init", OWN, "--out", at("own.yaml")],
	synth: ["synth", "--teachers", "300", "--out", at("synth.csv")],
	report: [
		"report",
		"reports/synthetic-kazakhstan-2018/report.yaml",
		"--allow-outside",
		"--out",
		at("report"),
	],
	protect: ["protect", at("report/results.json")],
	render: ["render", at("report/results.json"), "--format", "html"],
	explain: ["explain", SAMPLE, "--item", "coaching"],
	verify: ["verify", at("report")],
	diff: ["diff", at("report/results.json"), at("report/results.json")],
	cite: ["cite"],
	selftest: ["selftest"],
	reach: ["reach", at("counts.csv")],
	demo: ["demo", "--out", at("demo")],
	complete: ["complete", "bash"],
	man: ["man"],
	help: ["help"],
};

test("every command is among them", () => {
	const commands = createProgram(processIo()).commands.map((command) => command.name());
	expect(Object.keys(COMMANDS).sort()).toEqual(commands.sort());
});

test.each(Object.keys(COMMANDS))(
	"%s asks nothing of the network",
	(name) => {
		const argv = COMMANDS[name as keyof typeof COMMANDS];
		expect(asked("bin/talis-pd.js", ...argv)).toBe("");
	},
	300_000,
);

test("a run that does is seen, also in a thread", () => {
	const code = "require('node:net').connect(9, '127.0.0.1').on('error', () => {})";
	expect(asked("-e", code)).toContain("connect");
	expect(
		asked("-e", `new (require('node:worker_threads').Worker)(${JSON.stringify(code)}, { eval: true })`),
	).toContain("connect");
	expect(existsSync(at("seen"))).toBe(true);
	if (hasStrace) expect(asked("-e", code)).toContain("AF_INET");
});
