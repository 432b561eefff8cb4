import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-attack-"));
afterAll(() => rmSync(folder, { recursive: true }));
const SHIPPED = join(root, "reports/synthetic-kazakhstan-2018/build");

/** What the script finds in a built report, a line each; its first line counts. */
function attacked(built: string): string[] {
	const { stdout, stderr, status } = spawnSync(process.execPath, ["test/attack/attack.mjs", built], {
		encoding: "utf8",
		cwd: root,
	});
	if (status === null || stderr !== "") throw new Error(stderr);
	const lines = stdout.trimEnd().split("\n").slice(1);
	expect(status).toBe(lines.length > 0 ? 1 : 0);
	return lines;
}

function built(name: string, change: (config: string) => string): string {
	const config = join(folder, `${name}.yaml`);
	const own = readFileSync(join(root, "reports/synthetic-kazakhstan-2018/report.yaml"), "utf8");
	writeFileSync(config, change(own.replace("../../data", join(root, "data"))));
	const out = join(folder, name);
	execFileSync(
		process.execPath,
		["bin/talis-pd.js", "report", config, "--allow-outside", "--out", out, "--quiet"],
		{
			cwd: root,
		},
	);
	return out;
}

type Row = Record<string, unknown>;

/** Results of a few made-up rows. */
function planted(name: string, rows: Row[], comparisons: Row[] = []): string {
	const out = join(folder, name);
	mkdirSync(out);
	const common = { topic: "activities", item: "coaching", base: "all", statistic: "percent", status: "ok" };
	const nothing = { estimate: null, se: null, n: null, weightedN: null, deff: null };
	writeFileSync(
		join(out, "results.json"),
		JSON.stringify({
			estimates: rows.map((row) => ({ ...common, ...nothing, ...row })),
			comparisons: comparisons.map((row) => ({ ...common, ...row })),
		}),
	);
	return out;
}

const hidden = (group: Row, more: Row = {}) => ({ group, status: "few-teachers", ...more });
const shown = (group: Row, estimate: number, weightedN: number, more: Row = {}) => ({
	...{ group, estimate, weightedN, n: weightedN },
	...more,
});

describe("an attack that solves what is told", () => {
	test("finds nothing in the shipped report", () => {
		expect(attacked(SHIPPED)).toEqual([]);
	});

	test("finds nothing in one that is made now", () => {
		expect(attacked(built("now", (config) => config))).toEqual([]);
	});

	test("finds the two teachers without a gender, of whom all take part, where nothing is protected", () => {
		const found = attacked(built("open", (config) => `${config}protect: false\n`));
		expect(found.length).toBeGreaterThan(50);
		expect(found.join("\n")).toMatch(
			/activities:peer-coaching \(all\) of .*"gender":"".*without a value: between 100.00 and 100.00/,
		);
	});

	test("finds a number that only a chart tells, in its data and by where a mark stands", () => {
		const copy = join(folder, "drawn");
		cpSync(SHIPPED, copy, { recursive: true });
		const data = join(copy, "charts/activities.vl.json");
		writeFileSync(data, readFileSync(data, "utf8").replace(/("estimate":\s*)94,/, "$193.9713,"));
		const svg = join(copy, "charts/activities.svg");
		const moved = readFileSync(svg, "utf8").replace("translate(400.5,87.5)", "translate(400.7,87.5)");
		writeFileSync(svg, moved);
		const found = attacked(copy);
		expect(found.some((line) => /activities\.vl\.json: estimate 93\.9713/.test(line))).toBe(true);
		expect(found.some((line) => /activities\.svg: mark or text 89\.04/.test(line))).toBe(true);
	});
});

describe("a hidden figure is found", () => {
	test("by adding and subtracting", () => {
		const rows = [shown({}, 40, 1000), shown({ sex: "f" }, 35, 980), hidden({ sex: "m" })];
		expect(attacked(planted("sum", rows))[0]).toMatch(/"sex":"m"}, hidden: follows by adding/);
	});

	test("through groups of one column", () => {
		const rows = [
			shown({}, 40, 1000),
			shown({ experience: "0-5" }, 50, 300),
			shown({ experience: "6-10" }, 40, 300),
			shown({ experience: "11-plus" }, 32.5, 400),
			shown({ novice: "no" }, 39, 985),
			hidden({ novice: "yes" }),
		];
		expect(attacked(planted("overlap", rows)).join()).toMatch(/"novice":"yes"}, hidden/);
	});

	test("through a difference that is told", () => {
		const rows = [shown({}, 40, 1000), hidden({ sex: "m" })];
		const between = { variable: "sex", a: "f", b: "m" };
		const nothing = { estimate: null, se: null, n: null };
		const pair = { between, group: {}, a: { ...nothing, estimate: 41 }, b: nothing, difference: 9 };
		expect(attacked(planted("difference", rows, [pair]))).not.toEqual([]);
	});

	test("through an average with it, and through the mean number of types", () => {
		const average = [
			shown({ country: "FRA" }, 40, 100),
			shown({ country: "ITA" }, 50, 100),
			hidden({ country: "MEX" }),
			shown({ country: "average:all" }, 60, 100),
		];
		expect(attacked(planted("average", average)).join()).toMatch(/MEX"}, hidden: through its average/);
		const types = [
			shown({}, 50, 100),
			shown({}, 30, 100, { item: "network" }),
			hidden({}, { item: "online" }),
			shown({}, 1.1, 100, { item: "types", statistic: "mean" }),
		];
		expect(attacked(planted("types", types)).join()).toMatch(/online of {}, hidden: through the mean number/);
	});

	test("and not where enough beside it is hidden", () => {
		const rows = [
			shown({}, 40, 1000),
			...["a", "b"].map((sex) => hidden({ sex })),
			shown({ sex: "c" }, 41, 800),
		];
		expect(attacked(planted("enough", rows))).toEqual([]);
	});
});
