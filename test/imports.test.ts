import { spawnSync } from "node:child_process";
import {
	appendFileSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SCRIPT = resolve("test/support/check-imports.mjs");

/** File that is added to the copy, the module it must not import, and the rule that says so. */
const PLANTED = [
	["no-unresolved", "src/planted.ts", "./no-such-module.js"],
	["no-unlisted-packages", "src/planted.ts", "vega-event-selector"],
	["no-room", "src/cellar/planted.ts", "../base/errors.js"],
	["room-base", "src/base/planted.ts", "../results/result-set.js"],
	["room-stats", "src/stats/planted.ts", "../base/errors.js"],
	["room-platform", "src/platform/planted.ts", "../results/result-set.js"],
	["room-results", "src/results/planted.ts", "../wording/locale.js"],
	["room-wording", "src/wording/planted.ts", "../settings/rates.js"],
	["room-settings", "src/settings/planted.ts", "../codebook/definition/schema.js"],
	["room-read", "src/read/planted.ts", "../codebook/definition/schema.js"],
	["room-codebook-definition", "src/codebook/definition/planted.ts", "../meaning/states.js"],
	["room-codebook-meaning", "src/codebook/meaning/planted.ts", "../recode/recoder.js"],
	["room-codebook-variables", "src/codebook/variables/planted.ts", "../meaning/states.js"],
	["room-codebook-recode", "src/codebook/recode/planted.ts", "../recognise/choose.js"],
	["room-codebook-recognise", "src/codebook/recognise/planted.ts", "../plan/scope.js"],
	["room-codebook-plan", "src/codebook/plan/planted.ts", "../recode/recoder.js"],
	["room-design", "src/design/planted.ts", "../tabulate/cells.js"],
	["room-design", "src/design/planted.ts", "../codebook/recode/recoder.js"],
	["room-emit-sql", "src/emit/sql/planted.ts", "../../tabulate/cells.js"],
	["room-tabulate", "src/tabulate/planted.ts", "../estimate/figures.js"],
	["room-estimate", "src/estimate/planted.ts", "../read/index.js"],
	["room-estimate", "src/estimate/planted.ts", "../wording/locale.js"],
	["room-compare", "src/compare/planted.ts", "../tabulate/cells.js"],
	["room-compare", "src/compare/planted.ts", "../codebook/recode/recoder.js"],
	["room-compare", "src/compare/planted.ts", "../analysis/questions/rates.js"],
	["room-model", "src/model/planted.ts", "../read/index.js"],
	["room-protect", "src/protect/planted.ts", "../estimate/figures.js"],
	["room-published", "src/published/planted.ts", "../codebook/definition/schema.js"],
	["room-published", "src/published/planted.ts", "../compare/figured.js"],
	["room-findings", "src/findings/planted.ts", "../chart/kind.js"],
	["room-chart", "src/chart/planted.ts", "../codebook/definition/schema.js"],
	["room-chart", "src/chart/planted.ts", "../tabulate/cells.js"],
	["room-chart", "src/chart/planted.ts", "../analysis/questions/rates.js"],
	["room-present", "src/present/planted.ts", "../codebook/definition/schema.js"],
	["room-present", "src/present/planted.ts", "../estimate/figures.js"],
	["room-present", "src/present/planted.ts", "../analysis/questions/rates.js"],
	["room-convert", "src/convert/planted.ts", "../codebook/definition/schema.js"],
	["room-inspect", "src/inspect/planted.ts", "../estimate/figures.js"],
	["room-doctor", "src/doctor/planted.ts", "../estimate/figures.js"],
	["room-authoring", "src/authoring/planted.ts", "../estimate/figures.js"],
	["room-authoring", "src/authoring/planted.ts", "../present/index.js"],
	["room-reach", "src/reach/planted.ts", "../codebook/definition/schema.js"],
	["room-synth", "src/synth/planted.ts", "../analysis/questions/rates.js"],
	["room-publisher-columns", "src/publisher-columns/planted.ts", "../tabulate/groups.js"],
	["room-analysis", "src/analysis/planted.ts", "../present/index.js"],
	["room-analysis", "src/analysis/planted.ts", "../chart/index.js"],
	["room-selftest", "src/selftest/planted.ts", "../present/index.js"],
	["room-verify", "src/verify/planted.ts", "../present/index.js"],
	["room-emit", "src/emit/r/planted.ts", "../../estimate/figures.js"],
	["room-profile", "src/profile/planted.ts", "../codebook/definition/schema.js"],
	["room-report", "src/report/planted.ts", "../cli/run.js"],
	["room-explore-model", "src/explore/model/planted.ts", "../../wording/locale.js"],
	["room-explore-client", "src/explore/client/planted.ts", "../packing/source.js"],
	["room-explore", "src/explore/planted.ts", "../report/index.js"],
	["room-library", "src/library/planted.ts", "../cli/run.js"],
	["room-cli", "src/cli/planted.ts", "../analysis/questions/rates.js"],
	["chart-kinds", "src/chart/kinds/rank/planted.ts", "../matrix/matrix.js"],
	["chart-render", "src/chart/render/planted.ts", "../parts/entries.js"],
	["present-content", "src/present/content/planted.ts", "../terminal/terminal-grid.js"],
	["present-formats", "src/present/formats/planted.ts", "../terminal/terminal-grid.js"],
	["file-system", "src/present/planted.ts", "node:fs"],
	["file-system", "src/codebook/meaning/planted.ts", "node:fs/promises"],
	["commander-only-in-cli", "src/planted.ts", "commander"],
] as const;

const folder = mkdtempSync(join(tmpdir(), "talis-pd-imports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of what the check reads. */
function copy(name: string): string {
	const root = join(folder, name);
	cpSync("src", join(root, "src"), { recursive: true });
	for (const file of ["package.json", ".dependency-cruiser.cjs"]) cpSync(file, join(root, file));
	symlinkSync(resolve("node_modules"), join(root, "node_modules"), "junction");
	return root;
}

function check(root: string): { status: number | null; output: string } {
	const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], { cwd: root, encoding: "utf8" });
	return { status, output: stdout + stderr };
}

function plant(root: string, file: string, line: string): void {
	mkdirSync(dirname(join(root, file)), { recursive: true });
	appendFileSync(join(root, file), `\n${line}\n`);
}

describe("import rules", () => {
	let result: ReturnType<typeof check>;
	let rules: { name: string; comment: string }[];

	beforeAll(() => {
		const root = copy("planted");
		for (const [, file, module] of PLANTED) plant(root, file, `import "${module}";`);
		plant(root, "src/ring-a.ts", 'export * from "./ring-b.js";');
		plant(root, "src/ring-b.ts", 'export * from "./ring-a.js";');
		plant(root, "src/stats/typed.ts", 'import type { ResultSet } from "../results/result-set.js";');
		plant(root, "src/stats/late.ts", 'export const late = () => import("../settings/rates.js");');
		const config = join(root, ".dependency-cruiser.cjs");
		const script = `process.stdout.write(JSON.stringify(require(${JSON.stringify(config)}).forbidden))`;
		rules = JSON.parse(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout);
		result = check(root);
	});

	it("fails on forbidden imports", () => {
		expect(result.status).toBe(1);
	});

	it.each(PLANTED)("%s: %s may not import %s", (rule, file, module) => {
		const target = module.replace(/^((\.{1,2}\/)+|node:)/, "").replace(/\.js$/, "");
		const lines = result.output.split("\n").filter((line) => line.startsWith(`${rule}: ${file} → `));
		expect(lines.some((line) => line.split(" → ")[1]?.includes(target))).toBe(true);
	});

	it("sees rings, imports of types and imports at run time", () => {
		expect(result.output).toMatch(/^no-cycles: src\/ring-a\.ts → src\/ring-b\.ts/m);
		expect(result.output).toContain("room-stats: src/stats/typed.ts → src/results/result-set.ts");
		expect(result.output).toContain("room-stats: src/stats/late.ts → src/settings/rates.ts");
	});

	it("has a planted import for every rule, and tells what to do", () => {
		expect(rules.map(({ name }) => name).sort()).toEqual(
			[...new Set<string>(["no-cycles", ...PLANTED.map(([rule]) => rule)])].sort(),
		);
		for (const { comment } of rules) expect(result.output).toContain(comment);
	});
});

describe("the count of modules", () => {
	it("fails when dependency-cruiser reads fewer modules than there are", () => {
		const root = copy("missing");
		const config = join(root, ".dependency-cruiser.cjs");
		const blind = 'module.exports.options.exclude = { path: "^src/stats/" };';
		writeFileSync(config, `${readFileSync(config, "utf8")}\n${blind}\n`);
		const { status, output } = check(root);
		expect(status).toBe(1);
		expect(output).toMatch(/^modules-missing: .*src\/stats\/adjust\.ts/m);
	});

	it("fails when there is nothing to read", () => {
		const root = copy("empty");
		rmSync(join(root, "src"), { recursive: true });
		mkdirSync(join(root, "src"));
		const { status, output } = check(root);
		expect(status).toBe(1);
		expect(output).toContain("modules-missing: ");
	});
});
