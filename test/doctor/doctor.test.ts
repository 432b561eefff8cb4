import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Diagnosis, doctor, type Finding, UserError } from "../../src/index.js";
import { worded } from "../../src/present/pages/findings.js";
import { loadLocale } from "../../src/wording/locale.js";
import { run, temporaryFolder } from "../cli/support.js";
import { hasNoisy, noisyFile, root } from "../support/golden.js";

const folder = join(root, "test/fixtures/doctor");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".csv") ? [name.slice(0, -4)] : []));

async function diagnose(path: string): Promise<Diagnosis> {
	return doctor(path);
}

test("there are fixtures, each with what is to be found", () => {
	expect(names.length).toBeGreaterThan(30);
	const expected = readdirSync(folder).filter((name) => name.endsWith(".expected.json"));
	expect(expected.sort()).toEqual(names.map((name) => `${name}.expected.json`).sort());
});

describe.each(names)("%s", (name) => {
	const path = join(folder, `${name}.csv`);
	const { findings: expected } = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), "utf8")) as {
		findings: Finding[];
	};

	test("exactly what was put in is found, with its place", async () => {
		const { findings, errors, warnings } = await diagnose(path);
		const key = ({ code, column, text, more }: Finding) => `${code} ${column} ${more ? "~" : (text ?? "")}`;
		const sorted = (all: readonly Finding[]) => all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
		expect(sorted(findings)).toMatchObject(sorted(expected));
		const count = (severity: string) => expected.filter((one) => one.severity === severity).length;
		expect([errors, warnings]).toEqual([count("error"), count("warning")]);
	});

	test("every finding has a sentence and a hint in three languages", async () => {
		const { findings } = await diagnose(path);
		for (const language of ["en", "kk", "ru"] as const) {
			for (const { message, hint } of worded(findings, loadLocale(language))) {
				expect(message.length).toBeGreaterThan(10);
				expect(hint.length).toBeGreaterThan(10);
				expect(`${message} ${hint}`).not.toMatch(/\{\w+\}|undefined/);
			}
		}
	});

	test("--strict exits with 3 where something is found, else 0", async () => {
		const strict = await run(["doctor", path, "--strict", "--quiet"]);
		expect(strict.code).toBe(expected.length === 0 ? 0 : 3);
		expect((await run(["doctor", path, "--quiet"])).code).toBe(0);
		for (const { code } of expected) expect(strict.out).toContain(code);
	});
});

describe("on the command line", () => {
	const everything = join(folder, "everything-at-once.csv");

	test("a page of 80 columns with severity, code, place and hint", async () => {
		const { out } = await run(["doctor", everything, "--quiet"]);
		expect(out.split("\n").every((line) => [...line].length <= 80)).toBe(true);
		expect(out).toContain("error weight-negative");
		expect(out).toContain("the weight TCHWGT is negative: -1 (line 4)");
		expect(out).toContain("→ a weight is the number of teachers a row stands for");
		expect(out).toContain("5 errors, 3 warnings");
	});

	test("a blank line between files, and their faults together at the end", async () => {
		const files = ["clean", "id-empty", "weight-zero"].map((name) => join(folder, `${name}.csv`));
		const { out, err, code } = await run(["doctor", ...files, "--quiet", "--strict"]);
		expect(out).toMatch(/\n\nid-empty\.csv: 10 rows\n.*\n\nweight-zero\.csv: 10 rows\n/s);
		expect(err).toContain("2 warnings were found in 2 files");
		expect(code).toBe(3);
	});

	test("a hint is said once for findings of one kind, of which the first 20 are told", async () => {
		const many = await run(["doctor", join(folder, "many-codes.csv"), "--quiet"]);
		expect(many.out.match(/is not in the codebook/g)).toHaveLength(10);
		expect(many.out.match(/→/g)).toHaveLength(1);
		const lines = readFileSync(join(folder, "clean.csv"), "utf8").split("\n");
		const path = join(temporaryFolder(), "no-replicates.csv");
		writeFileSync(
			path,
			[lines[0], lines[1]?.replace(/(,[\d.]+){100}$/, ",".repeat(100)), lines[2]].join("\n"),
		);
		const { out } = await run(["doctor", path, "--quiet"]);
		expect(out.match(/is empty/g)).toHaveLength(20);
		expect(out).toContain("… and 80 more");
		expect(out).toContain("100 errors, ");
	});

	test("JSON has the same, with sentences in the language asked for", async () => {
		const { out } = await run(["doctor", everything, "--format", "json", "--lang", "ru", "--quiet"]);
		const found = JSON.parse(out);
		expect(found.schema).toBe("talis-pd/doctor@1");
		expect(found.findings).toHaveLength(8);
		const twice = found.findings.find(({ code }: Finding) => code === "duplicate-id");
		expect(twice).toMatchObject({ severity: "error", line: 3 });
		expect(twice.message).toMatch(/повторяется/);
	});

	test("an absent file and a codebook that is named and absent are refused", async () => {
		expect((await run(["doctor", "no-such.csv"])).code).toBe(2);
		expect((await run(["doctor", everything, "--codebook", "no-such"])).code).toBe(2);
	});
});

// One piece, and more than one, so that the file has begun as UTF-8 when the bytes come.
test.each([3, 10_000])("bytes that are not UTF-8 after %d rows that are do not stop it", async (count) => {
	const clean = readFileSync(join(folder, "clean.csv"), "utf8").trimEnd().split("\n");
	const [header = "", first = "", second = ""] = clean;
	const many = Array.from({ length: count }, (_, row) => first.replace("100101", `2${row}`));
	const last = Buffer.from(second.replace(",ок,", ",@@,"));
	last.fill(0xea, last.indexOf("@@"), last.indexOf("@@") + 2);
	const path = join(temporaryFolder(), "mixed.csv");
	writeFileSync(path, Buffer.concat([Buffer.from(`${[header, ...many].join("\n")}\n`), last]));
	const { findings, rows } = await diagnose(path);
	expect(rows).toBe(count + 1);
	expect(findings.filter(({ code }) => code.startsWith("encoding"))).toMatchObject([
		{ code: "encoding-lost", column: "REMARK", rows: 1, line: count + 2 },
	]);
});

test("what stands before the damage of a packed file is checked all the same", async () => {
	const bytes = gzipSync(readFileSync(join(folder, "weight-other.csv")));
	const path = join(temporaryFolder(), "cut.csv.gz");
	writeFileSync(path, bytes.subarray(0, bytes.length - 40));
	const found = await diagnose(path).catch((error: unknown) => error);
	if (found instanceof UserError) expect(found.message).toMatch(/damaged or cut off/);
	else expect((found as Diagnosis).findings.map(({ code }) => code)).toContain("unreadable");
});

test("thousands of faults are counted and not kept", async () => {
	const [header = "", first = ""] = readFileSync(join(folder, "clean.csv"), "utf8").split("\n");
	const row = (index: number) =>
		first.replace("100101", `2${index >> 1}`).replace(/,ок,\d+/, `,ок,-${index + 1}`);
	const path = join(temporaryFolder(), "many.csv");
	writeFileSync(path, `${[header, ...Array.from({ length: 6000 }, (_, index) => row(index))].join("\n")}\n`);
	const { findings } = await diagnose(path);
	expect(findings.find(({ code }) => code === "weight-negative")).toMatchObject({ rows: 6000, line: 2 });
	const duplicates = findings.filter(({ code }) => code === "duplicate-id");
	expect(duplicates).toHaveLength(11);
	expect(duplicates.reduce((sum, { rows = 0 }) => sum + rows, 0)).toBe(3000);
});

describe.skipIf(!hasNoisy)(hasNoisy ? "the noisy sample" : "the noisy sample (../shared is absent)", () => {
	test("SPSS and CSV have the same faults; rows have numbers instead of lines", async () => {
		const csv = await diagnose(noisyFile);
		const sav = await diagnose(noisyFile.replace(/\.csv$/, ".sav"));
		const without = ({ line, row, ...rest }: Finding) => ({
			...rest,
			place: line === undefined ? row : line - 1,
		});
		expect(sav.findings.map(without)).toEqual(csv.findings.map(without));
		expect(csv.findings.map(({ code }) => code)).toEqual(["impossible-value", "id-column"]);
	});
});
