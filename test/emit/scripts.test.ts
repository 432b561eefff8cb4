import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run, SAMPLE } from "../cli/support.js";
import "./compare.scripts.js";
import "./models.scripts.js";
import "./rates.scripts.js";
import { askedNames, CLOSE, hasR, type Ran, recomputed, TALIS_2024, withoutR } from "./support.js";

describe.skipIf(!hasR)(`R scripts arrive at the same numbers, all in one R process${withoutR}`, () => {
	let ran: Map<string, Map<string, Ran>>;
	beforeAll(async () => {
		ran = await recomputed();
	}, 7_200_000);

	test.each(askedNames())("%s", (name) => {
		const own = ran.get(name) ?? new Map<string, Ran>();
		expect(own.size).toBeGreaterThan(0);
		for (const [script, { largest, ended }] of own) {
			expect(ended, script).toBe("ok");
			expect(largest, script).toBeLessThan(CLOSE);
		}
	});
});

test.skipIf(!hasR)(`a script reads answers in Kazakh where R takes only ASCII${withoutR}`, async () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-ascii-"));
	const [head = "", ...lines] = readFileSync(SAMPLE, "utf8").split("\n");
	const at = head.split(",").indexOf("TT3G22G");
	const words = new Map([
		["1", "Иә"],
		["2", "Жоқ"],
	]);
	const inKazakh = lines.map((line) =>
		line.split(",").map((cell, place) => (place === at && words.get(cell)) || cell),
	);
	writeFileSync(join(folder, "teachers.csv"), [head, ...inKazakh.map((cells) => cells.join(","))].join("\n"));
	const asked = ["rates", join(folder, "teachers.csv"), "--item", "coaching", "--emit", "r"];
	writeFileSync(join(folder, "teachers.R"), (await run(asked)).out);
	const { status, stdout } = spawnSync("Rscript", [join(folder, "teachers.R")], {
		encoding: "utf8",
		env: { ...process.env, LC_ALL: "C" },
	});
	expect([status, stdout]).toEqual([0, expect.stringMatching(/largest difference: \d/)]);
});

test("what no script works out is refused", async () => {
	const asked = ["compare", SAMPLE, TALIS_2024, "--between", "cycle", "--item", "needs:ict"];
	const { code, err } = await run([...asked, "--emit", "stata"]);
	expect(code).toBe(2);
	expect(err).toContain("needs one set of survey files");
});

test("a script is printed, or written with --out, with paths as they were typed", async () => {
	const { code, out, err } = await run(["rates", SAMPLE, "--item", "coaching", "--emit", "r"]);
	expect([code, err]).toEqual([0, ""]);
	expect(out).toContain(`read_text("${SAMPLE}")`);
	expect(out).toContain("svrepdesign(");
});

test("a script tells rows apart as the tool's own table does, knows the bytes of its files, and fits a page", async () => {
	const { out } = await run(["gaps", SAMPLE, "--item", "ict", "--emit", "r"]);
	expect(out).toContain('"topic" = c("High need", "Covered", "Need, not covered")');
	expect(out).toContain('"a_is" = rep("High need", 1)');
	const sum = createHash("sha256").update(readFileSync(SAMPLE)).digest("hex");
	expect(out.replace(/\s+/g, " ")).toContain(`tell_changes("${SAMPLE}", "${sum}")`);
	expect(out.split("\n").filter((line) => line.length > 120)).toEqual([]);
});

test("models go by the labels of their outcomes and terms", async () => {
	const asked = ["--outcome", "activities:network", "--predict", "gender"];
	const { out } = await run(["model", SAMPLE, ...asked, "--emit", "r"]);
	expect(out).toContain('"of" = rep("Teacher network for professional development KAZ", 2)');
	expect(out).toContain('"label" = c("(Intercept)", "Gender: Male")');
});

test.each([
	["--format", "csv"],
	["--chart", "x.svg"],
])("a script is no result: %s is refused", async (...more) => {
	const { code, err } = await run(["rates", SAMPLE, "--emit", "r", ...more]);
	expect(code).toBe(2);
	expect(err).toContain("--emit writes a script");
});

test.each([
	[["--emit", "r", "--protect"], "protected results are rounded"],
	[["--emit", "sas"], '"sas" is not a value of --emit'],
])("%j is refused", async (more, sentence) => {
	const { code, err } = await run(["rates", SAMPLE, ...more]);
	expect(code).toBe(2);
	expect(err).toContain(sentence);
});
