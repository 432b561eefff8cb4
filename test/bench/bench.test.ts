import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agree, figuresOf } from "./agree.mjs";
import { beginning, ownWeights, repeated } from "./data.mjs";
import { inForm, national, realTeachers } from "./forms.mjs";
import { inTurn } from "./measure.mjs";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const HEAD = "country,variable,estimate,se\n";

describe("the bench's check that figures agree", () => {
	const ours = write("ours.csv", `${HEAD}FRA,TT3G22A,50,2\nITA,TT3G22A,60,3\nITA,,70,3\n`);

	test("counts the figures of items that are the same to 1e-9", () => {
		expect(agree(ours, write("same.csv", `${HEAD}ITA,TT3G22A,60.00000000001,3\nFRA,TT3G22A,50,2\n`))).toBe(2);
	});

	test.each([
		[
			"an estimate is another",
			"FRA,TT3G22A,50.000001,2\nITA,TT3G22A,60,3\n",
			/FRA TT3G22A: 50 .* 50\.000001/,
		],
		["a standard error is another", "FRA,TT3G22A,50,2\nITA,TT3G22A,60,3.00001\n", /ITA TT3G22A: 3 /],
		["a figure is missing", "FRA,TT3G22A,50,2\n", /has 2 figures .* has 1/],
		["a figure is no number", "FRA,TT3G22A,50,NA\nITA,TT3G22A,60,3\n", /NaN/],
		["there is none", "", /has 0/],
	])("says where %s", (_, rows, message) => {
		expect(() => agree(ours, write("other.csv", HEAD + rows))).toThrow(message);
	});

	test("lets the other have fewer where that is said", () => {
		expect(agree(ours, write("few.csv", `${HEAD}ITA,TT3G22A,60,3\n`), { all: false })).toBe(1);
	});
});

describe("the bench's files", () => {
	const csv = write("teachers.csv", "A,B\n1,2\n3,4\n5,6\n");

	test("weights of their own for rows that follow each other", () => {
		const weights = Array(101).fill("2.50");
		const line = ["FRA", "1.50", ...weights].join(",");
		const changed = (digit: number) => ["FRA", "1.50", ...weights.map(() => `2.5${digit}`)].join(",");
		const file = write("weights.csv", `HEAD\n${line}\n${line}\n`);
		expect(readFileSync(ownWeights(file), "utf8")).toBe(`HEAD\n${changed(2)}\n${changed(3)}\n`);
	});

	test("have the rows as often as asked under one header", () => {
		expect(readFileSync(repeated(csv, 2), "utf8")).toBe("A,B\n1,2\n3,4\n5,6\n1,2\n3,4\n5,6\n");
	});

	test.each([
		["quoted", '"A","B"\n"FRA",1.5\n'],
		["quoted-throughout", '"A","B"\n"FRA","1.5"\n'],
		["decimal-commas", "A;B\nFRA;1,5\n"],
		["semicolons", "A;B\r\nFRA;1.5\r\n"],
		["utf16", "\ufeffA,B\nFRA,1.5\n"],
	] as const)("in the form %s", (form, text) => {
		const file = inForm(write("plain.csv", "A,B\nFRA,1.5\n"), form);
		expect(readFileSync(file, form === "utf16" ? "utf16le" : "latin1")).toBe(text);
	});

	test("a file for each country", () => {
		const parts = national(write("many.csv", "N,CNTRY\n1,FRA\n2,ITA\n3,FRA\n"), 1);
		expect(readFileSync(join(parts, "FRA.csv"), "utf8")).toBe("N,CNTRY\n1,FRA\n3,FRA\n");
		expect(readFileSync(join(parts, "ITA.csv"), "utf8")).toBe("N,CNTRY\n2,ITA\n");
	});

	test("real teachers as often as fit", () => {
		const real = write("given.csv", "A\n1\n2\n");
		expect(readFileSync(realTeachers(folder, real, 4), "utf8")).toBe("A\n1\n2\n1\n2\n");
	});

	test("or the first of them", () => {
		expect(readFileSync(beginning(csv, 2), "utf8")).toBe("A,B\n1,2\n3,4\n");
	});
});

test("a run is measured whole, and one that fails is told", () => {
	const node = (code: string) => [process.execPath, "-e", code];
	const { slow } = inTurn({ slow: node("setTimeout(() => {}, 100)") }, 2);
	expect(slow?.runs).toBe(2);
	expect(slow?.wall).toBeGreaterThan(0.1);
	expect(() => inTurn({ wrong: node("process.exit(1)") }, 1)).toThrow(/process\.exit/);
});

test("ours and the R script's figures are read by the same names", () => {
	const path = join(folder, "rates.csv");
	const sample = "data/samples/synthetic-kazakhstan-2018.csv";
	execFileSync(process.execPath, ["bin/talis-pd.js", "rates", sample, "--quiet", "--out", path]);
	expect([...figuresOf(path).keys()]).toContain("KAZ TT3G22A");
});

test("docs/benchmarks.md quotes the results as they were written", () => {
	expect(readFileSync("docs/benchmarks.md", "utf8")).toContain(
		readFileSync("test/bench/results.md", "utf8").trim(),
	);
});
